"""The page for the day, and what is noted from it. It can be kept on a phone: see today_worker."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from riskassessment import limits as our_limits
from riskassessment import today
from riskassessment.forms.the_day import MissedForm, NoteForm, PauseForm
from riskassessment.models import Activity, Assessment, DayNote, Guest, Missed, Pause
from riskassessment.services import the_day
from riskassessment.views.fetching import guest_by, plan_for, seen_activity
from safeguarding import clock, limits
from safeguarding.access import found, person_of
from safeguarding.permissions import Verb, can

WORKER = settings.BASE_DIR / "static" / "build" / "today-worker.js"


def _page(request: HttpRequest, activity: Activity, **bound: Any) -> HttpResponse:
    """For somebody with a place: all of it."""
    told = today.page_of(activity, clock.now()) | {"private": True, "here": request.path}
    told["different"] = today.different(activity)
    if told["plan"] is not None:
        told |= {
            "note": NoteForm(assessment=told["plan"], initial={"once": uuid4()}),
            "missed": MissedForm(initial={"once": uuid4()}),
            "pause": PauseForm(initial={"once": uuid4()}),
            "notes": _notes(activity.day_notes.all(), told["plan"]),
            "leads": activity.is_led_by(person_of(request)),
        }
    told |= {"worker": reverse("day_worker", kwargs={"pk": activity.pk})} | bound
    return render(request, "riskassessment/day/today.html", told)


def _notes(rows: QuerySet[DayNote], plan: Assessment) -> list[DayNote]:
    notes = list(rows.select_related("by", "worry"))
    for note in notes:
        note.assessment = plan  # one key for all of them
    return notes


@require_safe
def day(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _page(request, seen_activity(request, pk))


def _worker() -> HttpResponse:
    """Its own address is below the page's: so no page but that one is ever its own."""
    return HttpResponse(WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")


@require_safe
def day_worker(request: HttpRequest, pk: UUID) -> HttpResponse:
    seen_activity(request, pk)
    return _worker()


@require_POST
def day_note(request: HttpRequest, pk: UUID) -> HttpResponse:
    activity = seen_activity(request, pk)
    form = NoteForm(request.POST, assessment=plan_for(activity))
    if not form.is_valid():
        return _page(request, activity, note=form, form=form)
    the_day.note(activity=activity, by=person_of(request), **form.cleaned_data)
    messages.success(request, _("Noted."))
    return redirect("day", pk=pk)


@require_POST
def day_missed(request: HttpRequest, pk: UUID) -> HttpResponse:
    activity, person = seen_activity(request, pk), person_of(request)
    plan_for(activity)
    form = MissedForm(request.POST)
    if not form.is_valid():
        return _page(request, activity, missed=form, form=form)
    if limits.is_over(our_limits.MISSED_HERE, str(person.pk)):
        return render(request, "429.html", status=429)
    the_day.say_missed(activity=activity, by=person, **form.cleaned_data)
    messages.success(request, _("Thank you for saying so. It was passed on."))
    return redirect("day", pk=pk)


@require_POST
def day_pause(request: HttpRequest, pk: UUID) -> HttpResponse:
    activity = seen_activity(request, pk)
    plan_for(activity)
    form = PauseForm(request.POST)
    if not form.is_valid():
        return _page(request, activity, pause=form, form=form)
    the_day.note_pause(activity=activity, by=person_of(request), **form.cleaned_data)
    messages.success(request, _("Noted. You can raise a concern as well, if that helps."))
    return redirect("day", pk=pk)


@require_POST
def pause_done(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = person_of(request)
    activities = Activity.objects.visible_to(person).values("pk")
    pauses = Pause.objects.filter(activity__in=activities)
    pause = found(pauses.select_related("activity__series"), by=person, pk=pk)
    the_day.finish_pause(pause=pause, by=person)
    messages.success(request, _("Noted as given."))
    return redirect("after", pk=pause.activity_id)


def _heard_activity(request: HttpRequest, pk: UUID, notes: QuerySet[Missed]) -> Activity:
    """One that they see; or one that they know only by a note that was meant for them, or will be."""
    person = person_of(request)
    waits_for_proof = Missed.told_to(person).filter(activity=pk).exists() and not person.used_second_factor
    if waits_for_proof or notes.exists():
        return Activity.objects.get(pk=pk)
    return seen_activity(request, pk)


@require_safe
def missed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """For whoever hears it: the watchers, or the lead after their second step, or who was told in their place."""
    person = person_of(request)
    notes = Missed.objects.visible_to(person).filter(activity=pk)
    activity = _heard_activity(request, pk, notes)
    told = {
        "activity": activity,
        "sees_activity": activity.is_visible_to(person),
        "notes": notes.select_related("assessment__key", "seen_by").order_by("-at"),
        "wants_second_factor": can(person, Verb.TRIAGE_CONCERNS) and not person.used_second_factor,
        "private": True,
    }
    return render(request, "riskassessment/day/missed.html", told)


@require_POST
def missed_seen(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = person_of(request)
    notes = Missed.objects.visible_to(person).select_related("activity")
    missed = found(notes, by=person, pk=pk)
    the_day.see_missed(missed=missed, by=person)
    return redirect("missed", pk=missed.activity_id)


def _guests_page(request: HttpRequest, guest: Guest, token: str, **bound: Any) -> HttpResponse:
    now = clock.now()
    told = today.page_of(today.guests_day(guest.assessment, now), now) | {"private": True, "guest": guest}
    told |= {"missed": MissedForm(initial={"once": uuid4()}), "token": token}
    told |= {"note": NoteForm(assessment=guest.assessment, initial={"once": uuid4()})}
    told["notes"] = _notes(told["activity"].day_notes.filter(guest=guest), guest.assessment)
    told |= {"worker": reverse("joined_day_worker", kwargs={"token": token})} | bound
    return render(request, "riskassessment/day/today.html", told)


@require_safe
@login_not_required
def joined_day(request: HttpRequest, token: str) -> HttpResponse:
    return _guests_page(request, guest_by(token), token)


@require_safe
@login_not_required
def joined_day_worker(request: HttpRequest, token: str) -> HttpResponse:
    guest_by(token)
    return _worker()


@require_POST
@login_not_required
def joined_missed(request: HttpRequest, token: str) -> HttpResponse:
    guest, form = guest_by(token), MissedForm(request.POST)
    if not form.is_valid():
        return _guests_page(request, guest, token, missed=form, form=form)
    if limits.is_over(our_limits.MISSED_HERE, str(guest.pk)):
        return render(request, "429.html", status=429)
    activity = today.guests_day(guest.assessment, clock.now())
    the_day.say_missed(activity=activity, by=guest, **form.cleaned_data)
    messages.success(request, _("Thank you for saying so. It was passed on."))
    return redirect("joined_day", token=token)


@require_POST
@login_not_required
def joined_note(request: HttpRequest, token: str) -> HttpResponse:
    guest = guest_by(token)
    form = NoteForm(request.POST, assessment=guest.assessment)
    if not form.is_valid():
        return _guests_page(request, guest, token, note=form, form=form)
    if limits.is_over(our_limits.NOTED_HERE, str(guest.pk)):
        return render(request, "429.html", status=429)
    activity = today.guests_day(guest.assessment, clock.now())
    the_day.note(activity=activity, by=guest, **form.cleaned_data)
    messages.success(request, _("Noted. Those who have a place in it can read it."))
    return redirect("joined_day", token=token)
