"""Writing down what we learnt, seeing what becomes of it, and checking it for names and traces."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from concerns.models import Concern
from reviews.enums.learning import UNSETTLED, Audience, LearningState, PersonsView
from reviews.forms.learning import LearnForm, ViewForm
from reviews.forms.learning_checks import CheckForm
from reviews.models import LearningPoint
from reviews.services import checking, drafting, learning
from riskassessment.models import Activity
from riskassessment.services import naming
from safeguarding.access import form_page, found, needs, person_of
from safeguarding.people.models import Person
from safeguarding.permissions import READING, Verb, can
from safeguarding.transitions import Conflict, NotAllowed

PAGE = 25  # on one page
NEW: dict[str, Any] = {"audience": Audience.EVERYONE, "detail_changed": "no"}


def seen_point(request: HttpRequest, pk: UUID) -> LearningPoint:
    """Their own, or one that they may check, before it is published and after."""
    person = person_of(request)
    return found(LearningPoint.objects.filter(pk=pk).visible_to(person), by=person, pk=pk)


def own_point(request: HttpRequest, pk: UUID) -> LearningPoint:
    point = seen_point(request, pk)
    if point.written_by_id != person_of(request).pk:
        raise Http404
    return point


def form_of(request: HttpRequest, usual: Any, initial: dict[str, Any]) -> LearnForm:
    stands = drafting.in_force()
    texts = list(stands.texts.select_related("clause")) if stands else []
    data = request.POST if request.method == "POST" else None
    return LearnForm(data, initial={"once": uuid4()} | initial, texts=texts, usual=usual)


@form_page
def learning_write(request: HttpRequest) -> HttpResponse:
    return _write(request, None)


@form_page
@needs(*READING)
def learning_write_concern(request: HttpRequest, reference: str) -> HttpResponse:
    """Once it is closed, for those who may read it."""
    person = person_of(request)
    closed = Concern.objects.visible_to(person).closed()
    return _write(request, found(closed, by=person, reference=reference))


@form_page
@needs(Verb.PLAN_ACTIVITIES)
def learning_write_activity(request: HttpRequest, pk: UUID) -> HttpResponse:
    """For those who facilitate it."""
    person = person_of(request)
    activity = found(Activity.objects.visible_to(person), by=person, pk=pk)
    if not activity.is_led_by(person):
        raise Http404
    return _write(request, activity)


def _write(request: HttpRequest, source: Concern | Activity | None) -> HttpResponse:
    usual = learning.earliest(learning.today())
    form = form_of(request, usual, NEW | {"not_before": usual})
    if form.is_valid():
        once, by = form.cleaned_data["once"], person_of(request)
        learning.write(learnt=form.learnt(), once=once, by=by, source=source)
        messages.success(request, _("Written down. Somebody else checks it before it is published."))
        return redirect("learning_mine")
    told = {"form": form, "source": source, "is_concern": isinstance(source, Concern), "private": True}
    return render(request, "reviews/learning/write.html", told)


@require_safe
def learning_mine(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    points = LearningPoint.objects.written_by(person).visible_to(person)
    page = Paginator(points.select_related("key"), PAGE).get_page(request.GET.get("page"))
    return render(request, "reviews/learning/mine.html", {"page": page, "private": True})


@require_safe
@needs(Verb.CHECK_LEARNING)
def learning_to_check(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    points = LearningPoint.objects.waiting().visible_to(person).select_related("key", "corrects")
    waiting = [point for point in points if not point.was_written_or_worded_by(person)]
    page = Paginator(waiting, PAGE).get_page(request.GET.get("page"))
    told = {"page": page, "passed": LearningPoint.objects.passed().visible_to(person), "private": True}
    return render(request, "reviews/learning/to_check.html", told)


@require_safe
def learning_work(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What became of one, where it came from, and what can be done."""
    point, person = seen_point(request, pk), person_of(request)
    is_writer = point.written_by_id == person.pk
    if not is_writer and point.state not in UNSETTLED:
        raise Http404  # what is out has a page of its own, the same for all who check
    told: dict[str, Any] = {"point": point, "source": point.source_for(person), "is_writer": is_writer}
    told["source_is_concern"] = isinstance(told["source"], Concern)
    told["checks"], told["private"] = list(point.checks.all()), True
    told["may_check"] = point.state == LearningState.WAITING and _may_check(point, request)
    return render(request, "reviews/learning/work.html", told)


def _may_check(point: LearningPoint, request: HttpRequest) -> bool:
    person = person_of(request)
    return can(person, Verb.CHECK_LEARNING) and learning.may_check(point, person)


@form_page
def learning_rewrite(request: HttpRequest, pk: UUID) -> HttpResponse:
    point = own_point(request, pk)
    if point.state != LearningState.BACK and request.method != "POST":
        raise Http404
    usual = point.written_on if point.is_correction else learning.earliest(point.written_on)
    form = form_of(request, usual, said_in(point))
    if form.is_valid() and _rewritten(form, point, person_of(request)):
        messages.success(request, _("Sent again. Somebody else checks it before it is published."))
        return redirect("learning_mine")
    told = {"form": form, "point": point, "checks": list(point.checks.all()), "private": True}
    return render(request, "reviews/learning/write.html", told)


def _rewritten(form: LearnForm, point: LearningPoint, by: Person) -> bool:
    try:
        learning.rewrite(point=point, learnt=form.learnt(), by=by)
    except (Conflict, NotAllowed):
        form.add_error(None, _("It does not wait for you any more. Your words are still here."))
        return False
    return True


def said_in(point: LearningPoint) -> dict[str, Any]:
    """What was said, as the form shows it."""
    return {
        "words": point.draft,
        "kind": point.kind,
        "asked": point.asked,
        "detail_changed": "yes" if point.detail_changed else "no",
        "audience": point.audience,
        "clauses": ", ".join(str(clause) for clause in point.clauses.order_by("serial")),
        "values": list(point.values.values_list("pk", flat=True)),
        "ways": list(point.ways.values_list("pk", flat=True)),
        "not_before": point.delay_until,
        "delay_why": point.delay_why or "",
    }


@form_page
def learning_view(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the person says, heard later; by whoever wrote it, or who checks, until it is out."""
    point = seen_point(request, pk)
    if point.written_by_id != person_of(request).pk and point.state not in UNSETTLED:
        raise Http404
    form = ViewForm(request.POST if request.method == "POST" else None, initial={"asked": point.asked})
    if form.is_valid():
        asked = form.cleaned_data["asked"]
        learning.note_view(point=point, by=person_of(request), asked=asked)
        said_no = asked == PersonsView.NO
        messages.success(request, _("Saved. It is not published.") if said_no else _("Saved."))
        return redirect("learning_work", pk)
    return render(request, "reviews/learning/view.html", {"form": form, "point": point, "private": True})


@form_page
@needs(Verb.CHECK_LEARNING)
def learning_check(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Not for who wrote it. Where somebody else was first, the page says so."""
    point = seen_point(request, pk)
    is_over = point.state not in UNSETTLED and request.method != "POST"
    if is_over or not _may_check(point, request):
        raise Http404
    data = request.POST if request.method == "POST" else None
    form = CheckForm(data, point=point, initial={"not_before": point.delay_until})
    if form.is_valid() and _checked(form, point, person_of(request)):
        messages.success(request, _("Thank you. It goes on from here by itself."))
        return redirect("learning_to_check")
    told = {"form": form, "point": point, "names": naming.in_words(point.draft or ""), "private": True}
    told["source"] = point.source_for(person_of(request))
    told["source_is_concern"] = isinstance(told["source"], Concern)
    return render(request, "reviews/learning/check.html", told)


def _checked(form: CheckForm, point: LearningPoint, by: Person) -> bool:
    try:
        checking.check(point=point, by=by, looked=form.looked())
    except (Conflict, NotAllowed):
        form.add_error(None, _("Somebody else was first. Your words are still here."))
        return False
    return True
