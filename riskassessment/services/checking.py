"""One question before each session of a series: is anything different? One tap where nothing is."""

from __future__ import annotations

from django.db import transaction

from riskassessment.models import Activity, Assessment, SessionCheck
from riskassessment.services import hard_parts, rounds
from riskassessment.services.activities import lead
from riskassessment.services.assessing import RouteFirst
from safeguarding import audit, clock
from safeguarding.people.models import Person


class NotAgreed(Exception):
    """The shared plan is not agreed, or has changed since: there is nothing that could hold."""


class NoPlan(Exception):
    """No plan holds for it: there is nothing to note beside, or to look back on."""


def plan_of(activity: Activity) -> Assessment | None:
    """The plan that holds for it: its own, or the one its series shares."""
    return Assessment.objects.filter(activity=activity.home_id).select_related("activity", "key").first()


def needed_plan_of(activity: Activity) -> Assessment:
    """Raises NoPlan."""
    plan = plan_of(activity)
    if plan is None:
        raise NoPlan
    return plan


def last(activity: Activity) -> SessionCheck | None:
    return activity.checks.select_related("checked_by", "agreed_by").first()


@transaction.atomic
def answer(*, activity: Activity, by: Person, different: str = "", said_by: str = "") -> SessionCheck:
    """Nothing is different, or these words are; the same answer twice is once.

    Raises NotAgreed, RouteFirst, HardPart.
    """
    lead(activity, by)
    version = _agreed_version(activity)
    Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    there = last(activity)
    if there and (there.plan_version, there.different, there.said_by) == (version, different, said_by):
        return there
    made = SessionCheck.objects.create(
        activity=activity,
        plan_version=version,
        different=different,
        said_by=said_by,
        checked_at=clock.now(),
        checked_by=by,
    )
    audit.record("session_checked", by=by, about=activity, is_different=bool(different))
    return made


def _agreed_version(activity: Activity) -> int:
    plan = plan_of(activity)
    if plan is None or not rounds.round_of(plan).is_agreed:
        raise NotAgreed
    if activity.waits_for_route or plan.activity.waits_for_route:
        raise RouteFirst
    hard_parts.check(activity, plan)
    return plan.version


@transaction.atomic
def agree(*, check: SessionCheck, by: Person, who_was_there: str = "") -> None:
    """What is different was read aloud and agreed for this session. Twice is once. Raises NotAgreed."""
    lead(check.activity, by)
    if check.plan_version != _agreed_version(check.activity):
        raise NotAgreed
    waiting = SessionCheck.objects.filter(pk=check.pk, agreed_at=None).exclude(different="")
    if waiting.update(agreed_at=clock.now(), agreed_by=by, who_was_there=who_was_there):
        audit.record("session_agreed", by=by, about=check.activity, version=check.plan_version)
