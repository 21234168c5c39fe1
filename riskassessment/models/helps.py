"""A "What helps me" card: a person's own words, shared with those who facilitate one activity, for a time."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models

from riskassessment.models.activities import Activity
from safeguarding.crypto import RecordKey, Sealed, sealed_column
from safeguarding.people.models import Person


class HelpsCard(models.Model):
    """One for each person, written once and used again; about what helps, never about a diagnosis."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="helps_card")
    key = models.OneToOneField(RecordKey, on_delete=models.PROTECT, related_name="+")
    words_sealed = sealed_column()
    changed_at = models.DateTimeField()

    words = Sealed()

    def __str__(self) -> str:
        return str(self.pk)

    def record_key(self) -> RecordKey:
        return self.key


class CardShareQuerySet(models.QuerySet["CardShare"]):
    def current(self, now: datetime) -> CardShareQuerySet:
        return self.filter(until__gt=now)


class CardShare(models.Model):
    """For one activity, until a moment; ended by deleting it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    card = models.ForeignKey(HelpsCard, on_delete=models.CASCADE, related_name="shares")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="card_shares")
    shared_at = models.DateTimeField()
    until = models.DateTimeField()

    objects = CardShareQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["card", "activity"], name="a_card_is_shared_once")]

    def __str__(self) -> str:
        return str(self.pk)


class CardView(models.Model):
    """Who has read it, and when first; told to its owner."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    share = models.ForeignKey(CardShare, on_delete=models.CASCADE, related_name="views")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["share", "person"], name="a_view_is_noted_once")]

    def __str__(self) -> str:
        return str(self.pk)
