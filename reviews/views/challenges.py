"""Values not followed, for those who signed in: those who answer, and those who linked one to their account."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reviews.forms.challenges import AgainForm, BookForm, ReallyForm, ReplyForm
from reviews.models import Challenge, ChallengeAction
from reviews.services import challenging, chasing
from reviews.views.challenging import sent_back, shown
from reviews.views.fetching import seen_challenge, seen_challenges
from reviews.views.heard import kept_heard
from safeguarding import clock
from safeguarding.access import form_page, needs, person_of
from safeguarding.permissions import Verb, can

PAGE = 25  # challenges on one page


@require_safe
def values_all(request: HttpRequest) -> HttpResponse:
    """What waits comes first by itself; everything is one press away."""
    answers, shows_all = _answers(request), request.GET.get("show") == "all"
    things = seen_challenges(request)
    things = things if shows_all or not answers else things.waiting()
    page = Paginator(things.to_read().order_by("at", "pk"), PAGE).get_page(request.GET.get("page"))
    told = {"page": page, "answers": answers, "shows_all": shows_all, "private": True}
    return render(request, "reviews/values/all.html", told | {"today": timezone.localdate(clock.now())})


def _answers(request: HttpRequest) -> bool:
    person = person_of(request)
    return person.used_second_factor and can(person, Verb.ANSWER_CHALLENGES)


@require_safe
def values_challenge(request: HttpRequest, pk: UUID) -> HttpResponse:
    found, person = seen_challenge(request, pk), person_of(request)
    told = shown(found) | {"answers": _answers(request), "is_mine": found.person_id == person.pk}
    return render(request, "reviews/values/challenge.html", told | {"form": ReallyForm()})


@form_page
@needs(Verb.ANSWER_CHALLENGES)
def values_answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = seen_challenge(request, pk)
    form = ReplyForm(request.POST if request.method == "POST" else None, initial={"once": uuid4()})
    if form.is_valid():
        challenging.answer(challenge=found, by=person_of(request), **form.cleaned_data)
        messages.success(request, _("Answered. Whoever said it reads it by their code or in their list."))
        return redirect("values_challenge", pk)
    told = {"form": form, "challenge": found, "answers": True, "private": True}
    return render(request, "reviews/values/answer.html", told)


@form_page
@needs(Verb.ANSWER_CHALLENGES)
def values_book(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Time to look at it together. Only those who may know of it can have it."""
    found = seen_challenge(request, pk)
    about = list(found.about.values_list("person_id", flat=True))
    data = request.POST if request.method == "POST" else None
    form = BookForm(data, owners=chasing.able(about), initial={"once": uuid4()})
    if form.is_valid():
        once = form.cleaned_data["once"]
        challenging.book(challenge=found, by=person_of(request), booked=form.as_booked(), once=once)
        messages.success(request, _("The time is booked."))
        return redirect("values_challenge", pk)
    return render(request, "reviews/values/book.html", {"form": form, "challenge": found, "private": True})


@require_POST
@needs(Verb.ANSWER_CHALLENGES)
def values_done(request: HttpRequest, pk: UUID) -> HttpResponse:
    seen = seen_challenges(request).values("pk")
    action = ChallengeAction.objects.filter(pk=pk, challenge__in=seen).select_related("challenge").first()
    if action is None:
        raise Http404
    challenging.note_done(action=action, by=person_of(request))
    return redirect("values_challenge", action.challenge_id)


def _own(request: HttpRequest, pk: UUID) -> Challenge:
    found, person = seen_challenge(request, pk), person_of(request)
    if found.person_id != person.pk:
        raise PermissionDenied
    return found


@require_POST
def values_mark(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Whoever raised it, from their own list."""
    found, form = _own(request, pk), ReallyForm(request.POST)
    if kept_heard(request, form, found, by=person_of(request)):
        return redirect("values_challenge", pk)
    return render(request, "reviews/values/challenge.html", shown(found) | {"is_mine": True, "form": form})


@form_page
def values_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    found = _own(request, pk)
    form = AgainForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" and not challenging.may_come_again(found):
        return redirect("values_challenge", pk)
    if form.is_valid() and sent_back(form, found, by=person_of(request)):
        messages.success(request, _("Sent back. Somebody answers again."))
        return redirect("values_challenge", pk)
    return render(request, "reviews/values/again.html", {"form": form, "challenge": found, "private": True})
