"""Where a plan stands, and the one next thing to do: in words, for lists and for the activity's page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import TextChoices, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from riskassessment.models import Activity, AgreedVersion, Assessment, SessionCheck


class Standing(TextChoices):
    NONE = "none", _("no plan yet")
    ROUTE = "route", _("the university’s route comes first")
    WRITING = "writing", _("being written")
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

    @property
    def href(self) -> str:
        return reverse("activity", kwargs={"pk": self.activity.pk})


def of(activities: Iterable[Activity]) -> list[Plan]:
    """Each with its plan's state: two queries however many there are, and three more for sessions of series."""
    rows = list(activities)
    prefetch_related_objects(rows, "series__first")
    assessments = Assessment.objects.of_each(rows)
    pairs = AgreedVersion.objects.filter(assessment__in=assessments.values()).values_list(
        "assessment_id", "version"
    )
    agreed: dict[UUID, int] = {}
    for pk, version in pairs:
        agreed[pk] = max(version, agreed.get(pk, 0))
    plans = [_plan(row, assessments.get(row.pk), agreed) for row in rows]
    return _with_sessions(plans, assessments)


def _plan(activity: Activity, assessment: Assessment | None, agreed: Mapping[UUID, int]) -> Plan:
    return Plan(activity, _standing(activity, assessment, agreed), assessment.pk if assessment else None)


def _standing(activity: Activity, assessment: Assessment | None, agreed: Mapping[UUID, int]) -> Standing:
    if activity.is_cancelled:
        return Standing.CANCELLED
    if activity.waits_for_route:
        return Standing.ROUTE
    if assessment is None:
        return Standing.NONE
    version = agreed.get(assessment.pk)
    if version is None:
        return Standing.WRITING
    return Standing.AGREED if version == assessment.version else Standing.CHANGED


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
