"""The parts of an activity in their order, and who has a place in it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from riskassessment.forms.activities import PartForm, PlaceForm
from riskassessment.models import Activity, ActivityPerson, Part
from riskassessment.services import activities as planning
from riskassessment.views.fetching import led_activity
from safeguarding.access import form_page, found, needs, person_of
from safeguarding.permissions import Verb


@form_page
@needs(Verb.PLAN_ACTIVITIES)
def part_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    activity = led_activity(request, pk)
    form = PartForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        planning.add_part(activity=activity, by=person_of(request), **form.cleaned_data)
        messages.success(request, _("Added at the end."))
        return redirect("activity", pk=pk)
    return render(request, "riskassessment/activities/part.html", {"form": form, "activity": activity})


def _part(request: HttpRequest, pk: UUID) -> Part:
    """A standing part of an activity that this person leads."""
    person = person_of(request)
    activities = Activity.objects.led_by(person).values("pk")
    parts = Part.objects.filter(activity__in=activities, removed_at=None).select_related("activity")
    return found(parts, by=person, pk=pk)


@form_page
@needs(Verb.PLAN_ACTIVITIES)
def part_change(request: HttpRequest, pk: UUID) -> HttpResponse:
    part = _part(request, pk)
    form = PartForm(request.POST if request.method == "POST" else None, initial=PartForm.restored(part))
    if form.is_valid():
        planning.change_part(part=part, by=person_of(request), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("activity", pk=part.activity_id)
    told = {"form": form, "activity": part.activity, "part": part}
    return render(request, "riskassessment/activities/part.html", told)


@require_POST
@needs(Verb.PLAN_ACTIVITIES)
def part_remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    part = _part(request, pk)
    planning.remove_part(part=part, by=person_of(request))
    messages.success(request, _("Taken away."))
    return redirect("activity", pk=part.activity_id)


@form_page
@needs(Verb.PLAN_ACTIVITIES)
def place_give(request: HttpRequest, pk: UUID) -> HttpResponse:
    activity = led_activity(request, pk)
    form = PlaceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        planning.give_place(activity=activity, by=person_of(request), **form.cleaned_data)
        messages.success(request, _("Saved. They find it under “Activities” when they sign in."))
        return redirect("activity", pk=pk)
    return render(request, "riskassessment/activities/place.html", {"form": form, "activity": activity})


@require_POST
@needs(Verb.PLAN_ACTIVITIES)
def place_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = person_of(request)
    led = Activity.objects.led_by(person).values("pk")
    places = ActivityPerson.objects.filter(activity__in=led, ended_at=None).select_related("activity")
    place = found(places, by=person, pk=pk)
    planning.end_place(place=place, by=person)
    messages.success(request, _("Ended."))
    return redirect("activities")
