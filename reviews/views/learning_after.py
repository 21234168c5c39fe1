"""After publishing: corrected, taken back, and whether it made a difference. The same for all who check."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reviews.enums.learning import PersonsView
from reviews.forms.learning import LearnForm
from reviews.forms.learning_checks import DifferenceForm, TakeBackForm
from reviews.models import LearningDifference, LearningPoint
from reviews.services import correcting, learning
from reviews.views.learning import was_for
from reviews.views.learning_work import form_of, said_in
from safeguarding.access import form_page, found, needs, person_of
from safeguarding.people.models import Person
from safeguarding.permissions import Verb
from safeguarding.transitions import Conflict, NotAllowed

CHECK = Verb.CHECK_LEARNING


def _out(request: HttpRequest, pk: UUID) -> LearningPoint:
    """For what is sent, also one that was out when its page was opened: no words are lost for that."""
    person, points = person_of(request), LearningPoint.objects.select_related("key")
    if request.method != "POST":
        return found(points.readable_by(person), by=person, public_id=pk)
    point = found(points, by=person, public_id=pk)
    if not was_for(point, person):
        raise Http404
    return point


def _gone() -> str:
    return _("It was taken back or corrected meanwhile. Your words are still here.")


@form_page
@needs(CHECK)
def learning_take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    point = _out(request, pk)
    form = TakeBackForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _taken_back(form, point, person_of(request)):
        messages.success(request, _("It is taken back. Its page says so, without its words."))
        return redirect("learning_point", pk)
    return render(request, "reviews/learning/take_back.html", {"form": form, "point": point})


def _taken_back(form: TakeBackForm, point: LearningPoint, by: Person) -> bool:
    try:
        correcting.take_back(point=point, by=by, why=form.cleaned_data["why"])
    except (Conflict, NotAllowed):
        form.add_error(None, _gone())
        return False
    return True


@form_page
@needs(CHECK)
def learning_correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    point, today = _out(request, pk), learning.today()
    said = said_in(point) | {"words": point.words, "not_before": today, "delay_why": ""}
    form = form_of(request, today, said | {"asked": said["asked"] or PersonsView.NOT_YET})
    if form.is_valid() and _corrected(form, point, person_of(request)):
        messages.success(
            request, _("Written down. Somebody else checks it, then it takes the place of the old.")
        )
        return redirect("learning_point", pk)
    return render(request, "reviews/learning/write.html", {"form": form, "corrects": point, "private": True})


def _corrected(form: LearnForm, point: LearningPoint, by: Person) -> bool:
    try:
        correcting.correct(point=point, by=by, learnt=form.learnt(), once=form.cleaned_data["once"])
    except correcting.Unchanged:
        form.add_error("words", _("Nothing is different yet. Change what is not right, then send it."))
        return False
    except (Conflict, NotAllowed):
        waits = _("A correction of it waits already. Your words are still here.")
        form.add_error(None, waits if point.is_published else _gone())
        return False
    return True


@form_page
def learning_difference(request: HttpRequest, pk: UUID) -> HttpResponse:
    """By who wrote it, or who checks."""
    point, person = _out(request, pk), person_of(request)
    if not correcting.may_say(point, person):
        raise Http404
    form = DifferenceForm(request.POST if request.method == "POST" else None, initial={"once": uuid4()})
    if form.is_valid() and _said(form, point, person):
        messages.success(request, _("Thank you. Your answer stands beside it."))
        return redirect("learning_point", pk)
    return render(request, "reviews/learning/difference.html", {"form": form, "point": point})


def _said(form: DifferenceForm, point: LearningPoint, by: Person) -> bool:
    try:
        correcting.say_difference(point=point, by=by, **form.cleaned_data)
    except NotAllowed:
        form.add_error(None, _gone())
        return False
    return True


@require_safe
@needs(CHECK)
def learning_ask(request: HttpRequest) -> HttpResponse:
    """What was published long enough ago, and words beside it that nobody else has looked at."""
    points = LearningPoint.objects.to_ask_about(learning.asked_since(learning.today()))
    words = LearningDifference.objects.to_look_at().exclude(by=person_of(request))
    told = {"points": points.as_shown(), "private": True}
    told["differences"] = words.select_related("point__key", "point").order_by("on", "pk")
    return render(request, "reviews/learning/ask.html", told)


@require_POST
@needs(CHECK)
def learning_difference_show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Pressed twice, or by two people at once, it says the same."""
    person = person_of(request)
    words = LearningDifference.objects.worded().exclude(by=person)
    correcting.show_words(difference=found(words, by=person, pk=pk), by=person)
    messages.success(request, _("The words stand beside it now."))
    return redirect("learning_ask")
