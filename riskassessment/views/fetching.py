"""To fetch is to check: what one may see, and, of that, what one may change."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from riskassessment.models import Activity, Assessment, Guest, Worry
from riskassessment.services import checking, joining
from safeguarding.access import found, person_of


def seen_activity(request: HttpRequest, pk: UUID) -> Activity:
    person = person_of(request)
    things = Activity.objects.visible_to(person).select_related("organiser", "series__first")
    return found(things, by=person, pk=pk)


def led_activity(request: HttpRequest, pk: UUID) -> Activity:
    """404 for what does not exist for them; 403 for what they may see and not change."""
    activity = seen_activity(request, pk)
    if not activity.is_led_by(person_of(request)):
        raise PermissionDenied
    return activity


def plan_for(activity: Activity) -> Assessment:
    """The plan that holds for it, its own or its series'; 404 where there is none."""
    plan = checking.plan_of(activity)
    if plan is None:
        raise Http404
    return plan


def seen_assessment(request: HttpRequest, pk: UUID) -> Assessment:
    person = person_of(request)
    things = Assessment.objects.visible_to(person).select_related("activity", "key")
    return found(things, by=person, pk=pk)


def led_assessment(request: HttpRequest, pk: UUID) -> Assessment:
    assessment = seen_assessment(request, pk)
    if not assessment.activity.is_led_by(person_of(request)):
        raise PermissionDenied
    return assessment


def led_worry(request: HttpRequest, pk: UUID) -> Worry:
    person = person_of(request)
    things = Worry.objects.visible_to(person).select_related("assessment__activity", "changed_by")
    worry = found(things, by=person, pk=pk)
    if not worry.assessment.activity.is_led_by(person):
        raise PermissionDenied
    return worry


def shared_activity(request: HttpRequest, pk: UUID) -> Activity:
    """For those in the room: whoever only oversees plans is told nothing of zones."""
    person = person_of(request)
    things = Activity.objects.with_place_for(person).select_related("organiser", "series__first")
    return found(things, by=person, pk=pk)


def session_with(plan: Assessment, pk: UUID) -> Activity:
    """One that this plan holds for; 404 for any other."""
    shared = Activity.objects.with_plan(plan).select_related("organiser", "series__first")
    return get_object_or_404(shared, pk=pk)


def guest_by(token: str) -> Guest:
    """Whoever holds this link; 404 where nobody does."""
    guest = joining.guest_of(token)
    if guest is None:
        raise Http404
    return guest
