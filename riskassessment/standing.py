"""Where a plan stands, and the one next thing to do: in words, for lists and for the activity's page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from riskassessment.models import Activity, AgreedVersion, Assessment


class Standing(TextChoices):
    NONE = "none", _("no plan yet")
    ROUTE = "route", _("the university’s route comes first")
    WRITING = "writing", _("being written")
    CHANGED = "changed", _("changed since it was agreed")
    AGREED = "agreed", _("agreed")


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
    """Each with its plan's state, in two queries however many there are."""
    rows = list(activities)
    assessments = {a.activity_id: a for a in Assessment.objects.filter(activity__in=rows)}
    pairs = AgreedVersion.objects.filter(assessment__in=assessments.values()).values_list(
        "assessment_id", "version"
    )
    agreed: dict[UUID, int] = {}
    for pk, version in pairs:
        agreed[pk] = max(version, agreed.get(pk, 0))
    return [_plan(row, assessments.get(row.pk), agreed) for row in rows]


def _plan(activity: Activity, assessment: Assessment | None, agreed: Mapping[UUID, int]) -> Plan:
    return Plan(activity, _standing(activity, assessment, agreed), assessment.pk if assessment else None)


def _standing(activity: Activity, assessment: Assessment | None, agreed: Mapping[UUID, int]) -> Standing:
    if activity.waits_for_route:
        return Standing.ROUTE
    if assessment is None:
        return Standing.NONE
    version = agreed.get(assessment.pk)
    if version is None:
        return Standing.WRITING
    return Standing.AGREED if version == assessment.version else Standing.CHANGED
