"""Where a plan stands, and the one next thing to do: in words, for lists and for the activity's page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import TextChoices, prefetch_related_objects
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from riskassessment.models import Activity, Assessment, SessionCheck
from riskassessment.services import rounds
from riskassessment.services.rounds import Round


class Standing(TextChoices):
    NONE = "none", _("no plan yet")
    ROUTE = "route", _("the university’s route comes first")
    WRITING = "writing", _("being written")
    OUT = "out", _("out for agreement")
    OBJECTED = "objected", _("somebody objects, or is not ready")
    AHEAD = "ahead", _("going ahead anyway")
    CHANGED = "changed", _("changed since it was agreed")
    AGREED = "agreed", _("agreed")
    ASK = "ask", _("agreed; ask if anything is different this time")
    DIFFERENT = "different", _("something is different this time; agree on it")
    CANCELLED = "cancelled", _("cancelled")


@dataclass(frozen=True)
class Plan:
    """An activity with the state of its plan."""

    activity: Activity
    standing: Standing
    assessment_id: UUID | None
    until: date | None = None  # of going ahead anyway

    @property
    def words(self) -> str:
        """The standing in words, with the day it ends."""
        if self.until is None:
            return str(self.standing.label)
        day = date_format(self.until, "j F Y")
        return gettext("going ahead anyway, until %(day)s") % {"day": day}

    @property
    def href(self) -> str:
        return reverse("activity", kwargs={"pk": self.activity.pk})


def of(activities: Iterable[Activity]) -> list[Plan]:
    """Each with its plan's state: the same few queries however many there are, a few more for sessions of series."""
    rows = list(activities)
    prefetch_related_objects(rows, "series__first")
    assessments = Assessment.objects.select_related("key").of_each(rows)
    found = rounds.rounds_of(set(assessments.values()))
    plans = [_plan(row, assessments.get(row.pk), found) for row in rows]
    return _with_sessions(plans, assessments)


def _plan(activity: Activity, assessment: Assessment | None, found: Mapping[UUID, Round]) -> Plan:
    if assessment is None:
        return Plan(activity, _standing(activity, None), None)
    here = found[assessment.pk]
    standing = _standing(activity, here)
    ahead = here.go_ahead if standing == Standing.AHEAD else None
    return Plan(activity, standing, assessment.pk, ahead.until if ahead else None)


def _standing(activity: Activity, found: Round | None) -> Standing:
    if activity.is_cancelled:
        return Standing.CANCELLED
    if activity.waits_for_route:
        return Standing.ROUTE
    if found is None:
        return Standing.NONE
    if found.go_ahead:
        return Standing.AHEAD
    if found.open:
        return Standing.OBJECTED
    if found.is_agreed:
        return Standing.AGREED
    if found.was_agreed and (found.is_changed or not found.asks_each):
        return Standing.CHANGED
    return Standing.OUT if found.frozen and not found.is_changed else Standing.WRITING


def _with_sessions(plans: list[Plan], assessments: Mapping[UUID, Assessment]) -> list[Plan]:
    """A later session of a series asks whether anything is different before the shared agreement holds."""
    later = [plan.activity for plan in plans if plan.activity.is_later_session]
    checks = SessionCheck.objects.filter(activity__in=later).order_by("checked_at", "pk") if later else ()
    newest = {check.activity_id: check for check in checks}
    return [_session(plan, assessments, newest) if plan.activity in later else plan for plan in plans]


def _session(plan: Plan, assessments: Mapping[UUID, Assessment], newest: Mapping[UUID, SessionCheck]) -> Plan:
    if plan.standing != Standing.CANCELLED and plan.activity.home.waits_for_route:
        return replace(plan, standing=Standing.ROUTE)
    if plan.standing != Standing.AGREED:
        return plan
    check, version = newest.get(plan.activity.pk), assessments[plan.activity.pk].version
    if check is None or check.plan_version != version:
        return replace(plan, standing=Standing.ASK)
    return plan if check.is_settled else replace(plan, standing=Standing.DIFFERENT)
