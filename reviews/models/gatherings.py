"""A review while it is held: its code, who takes part, and what each says. One for each cycle."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from reviews.holding_words import Assented, Method, Result, Stance, Way
from reviews.models.cycles import ReviewCycle
from reviews.models.statement import Clause
from riskassessment.models.room_codes import ENDED_BOTH_OR_NEITHER, RoomCode
from safeguarding.crypto import RecordKey, Sealed, sealed_column
from safeguarding.people.models import Person


class Gathering(models.Model):
    """What the two who hold a review write down as it goes. Nobody else reads it before the record is out."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cycle = models.OneToOneField(ReviewCycle, on_delete=models.PROTECT, related_name="gathering")
    key = models.OneToOneField(RecordKey, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True)  # since then everybody reads what was written silently
    ways = models.JSONField(default=list)  # of Way
    took_part_sealed = sealed_column()
    missing_sealed = sealed_column()
    method = models.CharField(max_length=10, choices=Method.choices, blank=True)
    result = models.CharField(max_length=12, choices=Result.choices, blank=True)
    agreed_words_sealed = sealed_column()

    took_part = Sealed()
    missing = Sealed()
    agreed_words = Sealed()

    def __str__(self) -> str:
        return str(self.cycle)

    def record_key(self) -> RecordKey:
        return self.key

    @property
    def ways_in_words(self) -> str:
        return ", ".join(str(Way(way).label) for way in self.ways)


class GatheringCode(RoomCode):
    """The code of one review."""

    hashed_as = "review code"

    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="codes")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gathering"], condition=Q(ended_at=None), name="one_code_of_a_review"
            ),
            models.CheckConstraint(condition=ENDED_BOTH_OR_NEITHER, name="review_code_ended_both_or_neither"),
        ]

    def record_key(self) -> RecordKey:
        return self.gathering.key


class TakingPart(models.Model):
    """Somebody who takes part: a member by their account, a guest by their own link, or typed in for them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="taking_part")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    link_hash = models.BinaryField(max_length=32, null=True, unique=True)
    typed_in_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    joined_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gathering", "person"],
                condition=Q(person__isnull=False),
                name="a_member_takes_part_once",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, link_hash=None, typed_in_by=None)
                | Q(person=None, link_hash__isnull=False),
                name="takes_part_by_account_or_link",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class VoiceQuerySet(models.QuerySet["Voice"]):
    def standing(self) -> VoiceQuerySet:
        return self.filter(withdrawn_at=None).order_by("at", "pk")


class Voice(models.Model):
    """What one person says of one clause, kept as they wrote it. Nothing is merged; they may take it back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="voices")
    by = models.ForeignKey(TakingPart, on_delete=models.PROTECT, related_name="voices")
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="+")
    stance = models.CharField(max_length=10, choices=Stance.choices)
    words_sealed = sealed_column()
    proposed_sealed = sealed_column()
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    words = Sealed()
    proposed = Sealed()
    objects = VoiceQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["gathering", "at"], name="voice_in_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(words_sealed=None, proposed_sealed=None),
                name="voice_taken_back_is_wiped",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def record_key(self) -> RecordKey:
        return self.gathering.key


class AskedFor(models.Model):
    """A clause that somebody wants on the agenda, though nobody wrote about it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="asked_for")
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "asked for"
        constraints = [
            models.UniqueConstraint(fields=["gathering", "clause"], name="a_clause_is_asked_for_once")
        ]

    def __str__(self) -> str:
        return str(self.clause)


class Assent(models.Model):
    """What one person said when it was read aloud. Another answer follows; an objection is never lost."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="assents")
    by = models.ForeignKey(TakingPart, on_delete=models.PROTECT, null=True, related_name="assents")
    typed_in_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    said = models.CharField(max_length=10, choices=Assented.choices)
    words_sealed = sealed_column()
    may_be_shown = models.BooleanField(default=False)  # in the record, without a name
    at = models.DateTimeField()
    followed_at = models.DateTimeField(null=True)

    words = Sealed()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["by"], condition=Q(followed_at=None, by__isnull=False), name="one_assent_stands"
            ),
            models.CheckConstraint(
                condition=Q(by__isnull=False, typed_in_by=None) | Q(by=None, typed_in_by__isnull=False),
                name="assent_of_somebody_or_typed_in",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def record_key(self) -> RecordKey:
        return self.gathering.key
