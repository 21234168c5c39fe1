"""Reads of concerns, as words; the instance twins live on the model."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, F, GeneratedField, OuterRef, PositiveSmallIntegerField, Q, When
from django.utils.timezone import localdate

from concerns.enums import Pressing, State
from safeguarding.audit import AuditEntry
from safeguarding.outbox import OutboxMessage
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can

if TYPE_CHECKING:
    from concerns.models import Concern  # noqa: F401

ROW = (
    "reference",
    "state",
    "raised_at",
    "how_soon",
    "under_18",
    "acknowledge_by",
    "acknowledged_at",
    "next_step",
    "next_step_on",
    "unread_replies",
    "second_look_by",
)
OPENED = Q(verb="read", facts__may_act=True)  # the audit row of a reading by somebody who may act


def pressing_column() -> GeneratedField:
    """What presses most of what anybody may do, derived by the database; empty when nothing does."""
    return GeneratedField(
        expression=Case(
            When(acknowledged_at=None, then=Pressing.WAITING),
            When(unread_replies__gt=0, then=Pressing.REPLIES),
            When(second_look_by__isnull=False, then=Pressing.SECOND_LOOK),
        ),
        output_field=PositiveSmallIntegerField(null=True, choices=Pressing.choices),
        db_persist=True,
    )


def _names() -> models.QuerySet[models.Model]:
    return apps.get_model("concerns", "NameToken").objects.all()


class ConcernQuerySet(models.QuerySet["Concern"]):
    def visible_to(self, person: Person) -> ConcernQuerySet:
        """What this person may know of. For an excluded person a concern does not exist."""
        excluded = apps.get_model("concerns", "Exclusion").objects.filter(person=person)
        mine = self.exclude(pk__in=excluded.values("concern_id"))
        if can(person, Verb.READ_CONCERNS):
            return mine
        if can(person, Verb.READ_TOLD_CONCERNS):
            told = apps.get_model("concerns", "Telling").objects.filter(person=person).values("concern_id")
            assigned = self.model._default_manager.filter(assigned_to=person).values("pk")
            return mine.filter(pk__in=told.union(assigned))
        return self.none()

    def not_closed(self) -> ConcernQuerySet:
        return self.exclude(state=State.CLOSED)

    def unacknowledged(self) -> ConcernQuerySet:
        return self.filter(acknowledged_at=None)

    def unopened(self) -> ConcernQuerySet:
        """Read by nobody who may act: no page view marks a concern, the audit knows."""
        return self.unacknowledged().filter(
            ~Exists(AuditEntry.objects.filter(OPENED, about_id=OuterRef("pk")).order_by())
        )

    def overdue(self, now: datetime) -> ConcernQuerySet:
        return self.unacknowledged().filter(acknowledge_by__lt=now)

    def with_replies_waiting(self) -> ConcernQuerySet:
        return self.filter(unread_replies__gt=0)

    def closed(self) -> ConcernQuerySet:
        return self.filter(state=State.CLOSED)

    def with_step_due(self, now: datetime) -> ConcernQuerySet:
        """The day of the next step has come."""
        return self.not_closed().filter(next_step_on__lte=localdate(now))

    def second_look_wanted(self) -> ConcernQuerySet:
        return self.filter(second_look_by__isnull=False)

    def not_delivered(self, now: datetime) -> ConcernQuerySet:
        """A message about it is in trouble, and nobody has dealt with it yet."""
        return self.filter(pk__in=OutboxMessage.objects.in_trouble(now).values("about_id"))

    def named(self, tokens: Iterable[bytes]) -> ConcernQuerySet:
        """Where every one of these blind words is part of somebody's name."""
        found = self
        for token in tokens:
            found = found.filter(Exists(_names().filter(concern=OuterRef("pk"), token=token)))
        return found

    def pressing(self, person: Person) -> ConcernQuerySet:
        """What waits for somebody, this person included: nobody looks a second time at what they closed."""
        waiting = self.filter(pressing__isnull=False)
        return waiting.exclude(pressing=Pressing.SECOND_LOOK, closed_by=person)

    def as_rows(self) -> ConcernQuerySet:
        """Only what a list shows, with the handler's name: no sealed words, no key."""
        return self.annotate(handler=F("assigned_to__preferred_name")).only(*ROW)

    def to_read(self) -> ConcernQuerySet:
        """With what a record needs beside it. Its people are few; planning a join for each costs 7 ms."""
        return self.select_related("key", "activity", "assigned_to")

    def newest_first(self) -> ConcernQuerySet:
        return self.order_by("-raised_at", "-id")
