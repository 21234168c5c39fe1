"""Going ahead without agreement: a reason that the group reads, another person than the author, an end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from riskassessment.models import Assessment, FrozenVersion, GoAhead
from riskassessment.services import changing, telling
from safeguarding import audit, clock, transitions
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can
from safeguarding.statement.pressures import Pressure

LONGEST = timedelta(days=90)


class SamePerson(Exception):
    """Whoever made the last change cannot also decide to go ahead with it."""


class TooLong(Exception):
    """It would end in the past, after the activity, or after more than 90 days."""


def may(assessment: Assessment, by: Person) -> bool:
    """Whoever leads the activity, and the safeguarding lead and deputies."""
    return assessment.activity.is_led_by(by) or can(by, Verb.OVERSEE_ACTIVITIES)


def last_day(assessment: Assessment) -> date:
    """The last day it may hold: the activity's own, and never more than 90 days from today."""
    activity, latest = assessment.activity, _today() + LONGEST
    ends = activity.ends_at or activity.starts_at
    return min(latest, timezone.localtime(ends).date()) if ends else latest


def _today() -> date:
    return timezone.localtime(clock.now()).date()


@transaction.atomic
def go_ahead(
    *,
    frozen: FrozenVersion,
    by: Person,
    reason: str,
    conditions: str,
    until: date,
    pressures: Sequence[Pressure] = (),
) -> GoAhead:
    """`pressures` are those that weighed on it, by their own word. Raises SamePerson; TooLong; Conflict when another version was put, or it changed."""
    locked = Assessment.objects.select_for_update().select_related("activity").get(pk=frozen.assessment_id)
    if not may(locked, by):
        raise PermissionDenied
    if changing.last_author(locked) == by.pk:
        raise SamePerson
    if not _today() <= until <= last_day(locked):
        raise TooLong
    last = locked.frozen_versions.order_by("-version").first()
    if last is None or last.pk != frozen.pk:
        raise transitions.Conflict(frozen)
    made = GoAhead.objects.create(
        frozen=frozen,
        reason=reason,
        conditions=conditions,
        pressures=list(pressures),
        until=until,
        given_on=_today(),
        at=clock.now(),
        by=by,
    )
    audit.record("went_ahead_anyway", by=by, about=locked, version=frozen.version, until=until.isoformat())
    return made


@transaction.atomic
def end(*, go_ahead: GoAhead, by: Person, why: str) -> None:
    """Before its last day, and the group reads why. Whoever might decide it may end it. Twice is once."""
    assessment = go_ahead.frozen.assessment
    if not may(assessment, by):
        raise PermissionDenied
    standing = GoAhead.objects.filter(pk=go_ahead.pk, ended_at=None)
    if standing.update(ended_at=clock.now(), ended_by=by, ended_why=why):
        telling.say_ended(go_ahead.frozen, by=by)
        audit.record("go_ahead_ended", by=by, about=assessment, version=go_ahead.frozen.version)
