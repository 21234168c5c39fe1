"""Reads of concerns, as words; the instance twins live on the model."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from concerns.enums import State
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can

if TYPE_CHECKING:
    from concerns.models import Concern  # noqa: F401


class ConcernQuerySet(models.QuerySet["Concern"]):
    def visible_to(self, person: Person) -> ConcernQuerySet:
        """What this person may know of. For an excluded person a concern does not exist."""
        excluded = apps.get_model("concerns", "Exclusion").objects.filter(
            concern=OuterRef("pk"), person=person
        )
        mine = self.filter(~Exists(excluded))
        if can(person, Verb.READ_CONCERNS):
            return mine
        if can(person, Verb.READ_TOLD_CONCERNS):
            told = apps.get_model("concerns", "Telling").objects.filter(concern=OuterRef("pk"), person=person)
            return mine.filter(Exists(told) | Q(assigned_to=person))
        return self.none()

    def not_closed(self) -> ConcernQuerySet:
        return self.exclude(state=State.CLOSED)

    def unacknowledged(self) -> ConcernQuerySet:
        return self.filter(acknowledged_at=None)

    def unopened(self) -> ConcernQuerySet:
        return self.filter(opened_at=None)

    def overdue(self, now: datetime) -> ConcernQuerySet:
        return self.unacknowledged().filter(acknowledge_by__lt=now)

    def with_replies_waiting(self) -> ConcernQuerySet:
        return self.filter(unread_replies__gt=0)

    def newest_first(self) -> ConcernQuerySet:
        return self.order_by("-raised_at", "-id")
