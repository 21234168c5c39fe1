"""Where a plan stands, and the one next thing to do: in words, for lists and for the activity's page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from riskassessment.models import Activity, Assessment
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
    """Each with its plan's state, in the same few queries however many there are."""
    rows = list(activities)
    found = {r.assessment.activity_id: r for r in _rounds(rows)}
    return [_plan(row, found.get(row.pk)) for row in rows]


def _rounds(rows: Sequence[Activity]) -> Iterable[Round]:
    return rounds.rounds_of(Assessment.objects.filter(activity__in=rows).select_related("key")).values()


def _plan(activity: Activity, found: Round | None) -> Plan:
    standing = _standing(activity, found)
    ahead = found.go_ahead if found and standing == Standing.AHEAD else None
    return Plan(activity, standing, found.assessment.pk if found else None, ahead.until if ahead else None)


def _standing(activity: Activity, found: Round | None) -> Standing:
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
