"""Reads of activities, as words; the instance twins live on the models."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from riskassessment.enums import Place
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can

if TYPE_CHECKING:
    from riskassessment.models import Activity, AfterReview, Assessment, Prompt, Worry  # noqa: F401


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
        return self.with_place_for(person)

    def with_place_for(self, person: Person) -> ActivityQuerySet:
        """Those one is a part of oneself: whoever only oversees plans is not in the room.

        A place in the first of a series holds in every session.
        """
        places = _places(person).values("activity_id")
        return self.filter(Q(organiser=person) | Q(pk__in=places) | Q(series__first__in=places))

    def led_by(self, person: Person) -> ActivityQuerySet:
        """Those one may change: as organiser or facilitator, while one's role lets one plan."""
        if not can(person, Verb.PLAN_ACTIVITIES):
            return self.none()
        places = _places(person).filter(place=Place.FACILITATES).values("activity_id")
        return self.filter(Q(organiser=person) | Q(pk__in=places) | Q(series__first__in=places))

    def sharing_the_plan_of(self, activity: Activity) -> ActivityQuerySet:
        """The other sessions of the series that this one is the first of."""
        return self.filter(series__first=activity).exclude(pk=activity.pk)

    def with_plan(self, plan: Assessment) -> ActivityQuerySet:
        """All that this plan holds for: its own activity, and every session of a series that it begins."""
        return self.filter(Q(pk=plan.activity_id) | Q(series__first=plan.activity_id))

    def between(self, begin: datetime, end: datetime) -> ActivityQuerySet:
        """Those that begin in that time, in their order."""
        return self.filter(starts_at__gte=begin, starts_at__lt=end).order_by("starts_at", "title", "pk")

    def coming(self, now: datetime) -> ActivityQuerySet:
        """What has not ended, the next one first; what has no date yet comes last."""
        ahead = Q(starts_at=None) | Q(starts_at__gte=now) | Q(ends_at__gte=now)
        return self.filter(ahead).order_by(models.F("starts_at").asc(nulls_last=True), "title", "pk")

    def past(self, now: datetime) -> ActivityQuerySet:
        over = Q(starts_at__lt=now) & (Q(ends_at=None) | Q(ends_at__lt=now))
        return self.filter(over).order_by("-starts_at", "pk")

    def to_look_back_on(self, now: datetime) -> ActivityQuerySet:
        """What took place with a plan, its own or its series', and nobody has summed up yet."""
        planned = Q(assessment__isnull=False) | Q(series__first__assessment__isnull=False)
        return self.past(now).filter(planned, cancelled_at=None, after_review=None)


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def visible_to(self, person: Person) -> AssessmentQuerySet:
        activities = apps.get_model("riskassessment", "Activity").objects.visible_to(person)
        return self.filter(activity__in=activities.values(home=Coalesce("series__first_id", "pk")))

    def of_each(self, activities: Iterable[Activity]) -> dict[UUID, Assessment]:
        """The plan of each of these activities that has one, by the activity's id; a series shares one."""
        homes = {each.pk: each.home_id for each in activities}
        found = {plan.activity_id: plan for plan in self.filter(activity__in=homes.values())}
        return {pk: found[home] for pk, home in homes.items() if home in found}

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


class AfterReviewQuerySet(models.QuerySet["AfterReview"]):
    def with_a_suggestion(self) -> AfterReviewQuerySet:
        """Those whose question for the library has no answer in these words, whoever waited longest first."""
        answers = apps.get_model("riskassessment", "SuggestionAnswer").objects
        given = answers.filter(review=OuterRef("pk"), words=OuterRef("keep_prompt"))
        waiting = self.exclude(keep_prompt="").filter(~Exists(given))
        return waiting.order_by("changed_at", "pk")
