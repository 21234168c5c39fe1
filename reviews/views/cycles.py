"""The reviews of our statement: for anybody to read; held and arranged by those who may."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reviews import feeds, years
from reviews.enums import State
from reviews.forms.cycles import HeldForm, HoldersForm, NotHeldForm
from reviews.models import ReviewCycle, StatementVersion
from reviews.services import cycles, gathering, recording
from safeguarding import calendars, clock
from safeguarding.access import form_page, found, needs, person_of
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can

MOST_YEARS = 10  # of reviews on one page


@require_safe
@login_not_required
def reviews(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate(clock.now())
    every = list(ReviewCycle.objects.order_by("-opens_on")[: MOST_YEARS * 12])
    year = years.chosen(request.GET.get("year", ""), every, today)
    told = {
        "strip": years.strip(year, every, today, versions=_versions()),
        "rows": [years.Told(cycle, cycle.state(today)) for cycle in every],
        "before": year - 1 if year > years.first(every, today) else None,
        "after": year + 1 if year < years.last(every, today) else None,
    }
    return render(request, "reviews/reviews.html", told)


def _versions() -> list[tuple[date, int]]:
    rows = StatementVersion.objects.published().order_by("number").values_list("valid_from", "number")
    return [(timezone.localdate(day), number) for day, number in rows if day is not None]


@require_safe
@login_not_required
def calendar(request: HttpRequest) -> HttpResponseBase:
    return calendars.answer(request, feeds.write())


@require_safe
@login_not_required
def review(request: HttpRequest, pk: UUID) -> HttpResponse:
    cycle, person = get_object_or_404(ReviewCycle, pk=pk), request.user
    today = timezone.localdate(clock.now())
    told: dict[str, Any] = {"cycle": cycle, "state": cycle.state(today), "today": today}
    told["record"] = recording.of(cycle)
    if isinstance(person, Person):
        told["holders"] = list(cycle.holders.standing().select_related("person").order_by("since", "pk"))
        told["arranges"] = can(person, Verb.ARRANGE_REVIEWS)
        told["says"] = cycle.opened_at is not None and cycles.may_say(cycle, person)
        told["meets"] = gathering.is_open(cycle)
        told["is_over"] = today > cycle.closes_on
    return render(request, "reviews/review.html", told)


@form_page
@needs(Verb.ARRANGE_REVIEWS)
def holders(request: HttpRequest, pk: UUID) -> HttpResponse:
    cycle = found(ReviewCycle.objects.all(), by=person_of(request), pk=pk)
    standing = cycle.holders.standing().values_list("person", flat=True)
    form = HoldersForm(request.POST if request.method == "POST" else None, initial={"people": list(standing)})
    if form.is_valid():
        people = list(form.cleaned_data["people"])
        cycles.name_holders(cycle=cycle, by=person_of(request), people=people)
        hear = _("Saved. They hear by mail when it is time.")
        messages.success(request, hear if people else _("Saved. Nobody holds it now."))
        return redirect("review", pk=pk)
    return render(request, "reviews/holders.html", {"form": form, "cycle": cycle})


@form_page
def held(request: HttpRequest, pk: UUID) -> HttpResponse:
    cycle, person = _told_by(request, pk)
    if request.method != "POST" and not gathering.is_open(cycle):
        return redirect("review_record", pk=pk)
    form = _held_form(request, cycle)
    if form.is_valid() and _noted(form, cycle, person):
        messages.success(request, _("Thank you. Anybody can read now that it was held."))
        return redirect("review", pk=pk)
    return render(request, "reviews/held.html", {"form": form, "cycle": cycle})


def _held_form(request: HttpRequest, cycle: ReviewCycle) -> HeldForm:
    today = timezone.localdate(clock.now())
    initial = {"held_on": cycle.held_on or today, "summary": cycle.summary}
    data = request.POST if request.method == "POST" else None
    return HeldForm(data, cycle=cycle, today=today, initial=initial)


def _noted(form: HeldForm, cycle: ReviewCycle, by: Person) -> bool:
    try:
        cycles.note_held(cycle=cycle, by=by, **form.cleaned_data)
    except gathering.Over:
        form.add_error(None, _("Its record is out, and is corrected on its page. Your words are still here."))
        return False
    return True


@form_page
def not_held(request: HttpRequest, pk: UUID) -> HttpResponse:
    cycle, person = _told_by(request, pk)
    if request.method != "POST" and cycle.state(timezone.localdate(clock.now())) != State.MISSED:
        messages.error(request, _was_held() if cycle.held_on else _not_over())
        return redirect("review", pk=pk)
    data = request.POST if request.method == "POST" else None
    form = NotHeldForm(data, initial={"why": cycle.missed_why})
    if form.is_valid() and _missed(form, cycle, person):
        messages.success(request, _("Thank you. Anybody can read why it was not held."))
        return redirect("review", pk=pk)
    return render(request, "reviews/not_held.html", {"form": form, "cycle": cycle})


def _was_held() -> str:
    return _("It was held already.")


def _not_over() -> str:
    return _("Its time is not over. It can still be held.")


def _missed(form: NotHeldForm, cycle: ReviewCycle, by: Person) -> bool:
    try:
        cycles.note_missed(cycle=cycle, by=by, why=form.cleaned_data["why"])
    except cycles.AlreadyHeld:
        form.add_error(None, _was_held())
        return False
    except cycles.NotYet:
        form.add_error(None, _not_over())
        return False
    return True


def _told_by(request: HttpRequest, pk: UUID) -> tuple[ReviewCycle, Person]:
    """For whoever holds or arranges it, once it is open; for others this page does not exist."""
    person = person_of(request)
    cycle = found(ReviewCycle.objects.opened(), by=person, pk=pk)
    if not cycles.may_say(cycle, person):
        raise Http404
    return cycle, person
