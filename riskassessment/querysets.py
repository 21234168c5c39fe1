"""Reads of activities, as words; the instance twins live on the models."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Q

from riskassessment.enums import Place
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can

if TYPE_CHECKING:
    from riskassessment.models import Activity, Assessment, Prompt, Worry  # noqa: F401


def _places(person: Person) -> models.QuerySet[models.Model]:
    return apps.get_model("riskassessment", "ActivityPerson").objects.filter(person=person, ended_at=None)


class ActivityQuerySet(models.QuerySet["Activity"]):
    def recent(self, now: datetime) -> ActivityQuerySet:
        """Newest first: what someone raising a concern may want to name."""
        return self.filter(starts_at__lte=now).order_by("-starts_at")

    def visible_to(self, person: Person) -> ActivityQuerySet:
        """Those one has a place in; all of them for whoever looks after the plans."""
        if can(person, Verb.OVERSEE_ACTIVITIES):
            return self
        return self.filter(Q(organiser=person) | Q(pk__in=_places(person).values("activity_id")))

    def with_place_for(self, person: Person) -> ActivityQuerySet:
        """Those one is a part of oneself: whoever only oversees plans is not in the room."""
        return self.filter(Q(organiser=person) | Q(pk__in=_places(person).values("activity_id")))

    def led_by(self, person: Person) -> ActivityQuerySet:
        """Those one may change: as organiser or facilitator, while one's role lets one plan."""
        if not can(person, Verb.PLAN_ACTIVITIES):
            return self.none()
        facilitated = _places(person).filter(place=Place.FACILITATES)
        return self.filter(Q(organiser=person) | Q(pk__in=facilitated.values("activity_id")))

    def coming(self, now: datetime) -> ActivityQuerySet:
        """What has not ended, the next one first; what has no date yet comes last."""
        ahead = Q(starts_at=None) | Q(starts_at__gte=now) | Q(ends_at__gte=now)
        return self.filter(ahead).order_by(models.F("starts_at").asc(nulls_last=True), "title", "pk")

    def past(self, now: datetime) -> ActivityQuerySet:
        over = Q(starts_at__lt=now) & (Q(ends_at=None) | Q(ends_at__lt=now))
        return self.filter(over).order_by("-starts_at", "pk")


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def visible_to(self, person: Person) -> AssessmentQuerySet:
        activities = apps.get_model("riskassessment", "Activity").objects.visible_to(person)
        return self.filter(activity__in=activities.values("pk"))

    def with_place_for(self, person: Person) -> AssessmentQuerySet:
        activities = apps.get_model("riskassessment", "Activity").objects.with_place_for(person)
        return self.filter(activity__in=activities.values("pk"))

    def led_by(self, person: Person) -> AssessmentQuerySet:
        activities = apps.get_model("riskassessment", "Activity").objects.led_by(person)
        return self.filter(activity__in=activities.values("pk"))


class WorryQuerySet(models.QuerySet["Worry"]):
    def visible_to(self, person: Person) -> WorryQuerySet:
        assessments = apps.get_model("riskassessment", "Assessment").objects.visible_to(person)
        return self.filter(assessment__in=assessments.values("pk"))


class PromptQuerySet(models.QuerySet["Prompt"]):
    def current(self) -> PromptQuerySet:
        return self.filter(retired_at=None).order_by("order", "written_at", "pk")
