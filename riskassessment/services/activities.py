"""Planning an activity: only a title is needed to begin, and everything else can follow."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max

from riskassessment.enums import Place
from riskassessment.models import Activity, ActivityPerson, Part
from safeguarding import audit, clock, transitions
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, authorise


@transaction.atomic
def plan(*, by: Person, title: str, **columns: Any) -> Activity:
    """Whoever plans it is its organiser and facilitates it, until somebody else does."""
    authorise(by, Verb.PLAN_ACTIVITIES)
    now = clock.now()
    activity = Activity.objects.create(title=title, organiser=by, created_at=now, **columns)
    _give_place(activity, by, Place.FACILITATES, by=by)
    audit.record("activity_planned", by=by, about=activity)
    return activity


def lead(activity: Activity, by: Person) -> None:
    """The first beat of every change: only those who organise or facilitate it. Raises PermissionDenied."""
    authorise(by, Verb.PLAN_ACTIVITIES, _Led(activity))


class _Led:
    """An activity as `authorise` asks about it: to be changed, and not only to be seen."""

    def __init__(self, activity: Activity) -> None:
        self.activity = activity

    def is_visible_to(self, person: Person) -> bool:
        return self.activity.is_led_by(person)


@transaction.atomic
def change(*, activity: Activity, by: Person, version: int, **columns: Any) -> None:
    """Raises Conflict when somebody else changed it since `version`."""
    lead(activity, by)
    if "under_18" in columns and columns["under_18"] != activity.under_18:
        columns |= {"route_seen_at": None, "route_seen_by": None}
    transitions.change(activity, version=version, **columns)
    audit.record("activity_changed", by=by, about=activity, columns=sorted(columns))


@transaction.atomic
def see_route(*, activity: Activity, by: Person) -> None:
    """Somebody has read the university's route for under-18s. Twice is once."""
    lead(activity, by)
    seen = Activity.objects.filter(pk=activity.pk, route_seen_at=None)
    if seen.update(route_seen_at=clock.now(), route_seen_by=by):
        audit.record("under_18_route_seen", by=by, about=activity)
    activity.refresh_from_db()


@transaction.atomic
def give_place(*, activity: Activity, person: Person, place: str, by: Person) -> None:
    """Twice is once."""
    lead(activity, by)
    if _give_place(activity, person, place, by=by):
        audit.record("place_given", by=by, about=activity, person=str(person.pk), place=place)


def _give_place(activity: Activity, person: Person, place: str, *, by: Person) -> bool:
    _row, made = ActivityPerson.objects.get_or_create(
        activity=activity,
        person=person,
        place=place,
        ended_at=None,
        defaults={"added_at": clock.now(), "added_by": by},
    )
    return made


@transaction.atomic
def end_place(*, place: ActivityPerson, by: Person) -> None:
    """Twice is once."""
    lead(place.activity, by)
    standing = ActivityPerson.objects.filter(pk=place.pk, ended_at=None)
    if standing.update(ended_at=clock.now(), ended_by=by):
        audit.record("place_ended", by=by, about=place.activity, person=str(place.person_id))


@transaction.atomic
def add_part(*, activity: Activity, by: Person, **columns: Any) -> Part:
    """At the end of the session."""
    lead(activity, by)
    Activity.objects.select_for_update().get(pk=activity.pk)
    last = activity.parts.filter(removed_at=None).aggregate(last=Max("order"))["last"] or 0
    part = Part.objects.create(activity=activity, order=last + 1, **columns)
    audit.record("part_added", by=by, about=activity)
    return part


@transaction.atomic
def change_part(*, part: Part, by: Person, **columns: Any) -> None:
    lead(part.activity, by)
    Part.objects.filter(pk=part.pk, removed_at=None).update(**columns)
    audit.record("part_changed", by=by, about=part.activity, columns=sorted(columns))


@transaction.atomic
def remove_part(*, part: Part, by: Person) -> None:
    """Twice is once."""
    lead(part.activity, by)
    if Part.objects.filter(pk=part.pk, removed_at=None).update(removed_at=clock.now()):
        audit.record("part_removed", by=by, about=part.activity)
