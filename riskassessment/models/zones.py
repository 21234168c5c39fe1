"""Zones: one person's answers to the parts of one session, sealed and short-lived; and what is told of them.

An answer is never more than one person, one part, one session. There is no profile, no trend and no list
of those who said nothing: "rather not say" leaves no row.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from riskassessment.enums import Zone
from riskassessment.models.activities import Activity, Part
from riskassessment.models.assessments import Assessment
from riskassessment.models.joining import Guest
from riskassessment.zone_words import Decision, Felt, Origin, Said, Stage
from safeguarding.crypto import RecordKey, Sealed, sealed_column
from safeguarding.people.models import Person

LONGEST_ZONE = max(map(len, Felt.values))  # characters: every sealed zone is as long as the longest


class ZoneRound(models.Model):
    """The time in which a group answers, for one session. How many are invited, and how few are too few, is said once.

    Each session of a series has its own; nothing is carried from one to another.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.OneToOneField(Activity, on_delete=models.PROTECT, related_name="zone_round")
    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, related_name="+"
    )  # whose key seals it
    invited = models.PositiveSmallIntegerField()
    minimum = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    some_rather_not = models.BooleanField(
        null=True
    )  # said once, at a close; None: too few said how it is for them
    after_told_at = models.DateTimeField(null=True)  # how it was is told once
    after_told_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(minimum__gte=4), name="zoneround_never_under_four"),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="zoneround_closed_both_or_neither",
            ),
            models.CheckConstraint(
                condition=Q(after_told_at=None, after_told_by=None)
                | Q(after_told_at__isnull=False, after_told_by__isnull=False),
                name="zoneround_after_told_both_or_neither",
            ),
        ]

    def __str__(self) -> str:
        return str(self.activity)

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def ends_at(self) -> datetime:
        """When its answers are deleted by themselves."""
        held = self.activity.ends_at or self.activity.starts_at or self.opened_at
        return held + timedelta(days=settings.ZONE_DAYS)

    def is_over(self, now: datetime) -> bool:
        return self.ends_at <= now


class ZoneSheet(models.Model):
    """What one person says in one round; all of it sealed, also who may know it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(ZoneRound, on_delete=models.PROTECT, related_name="sheets")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    guest = models.ForeignKey(Guest, on_delete=models.PROTECT, null=True, related_name="zone_sheets")
    words_sealed = sealed_column()

    words = Sealed()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], name="one_sheet_of_a_person"),
            models.UniqueConstraint(fields=["round", "guest"], name="one_sheet_of_a_guest"),
            models.CheckConstraint(
                condition=Q(guest=None, person__isnull=False) | Q(guest__isnull=False, person=None),
                name="zonesheet_of_a_person_or_a_guest",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def record_key(self) -> RecordKey:
        return self.round.assessment.key

    @property
    def said(self) -> Said:
        return Said.opened(self.words or "{}")


class ZoneAnswer(models.Model):
    """One tap: how one part is for one person at one stage."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sheet = models.ForeignKey(ZoneSheet, on_delete=models.CASCADE, related_name="answers")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(max_length=6, choices=Stage.choices)
    zone_sealed = sealed_column()
    changed_at = models.DateTimeField()

    zone = Sealed()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "part", "stage"], name="one_answer_to_a_part_and_stage")
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def record_key(self) -> RecordKey:
        return self.sheet.record_key()

    @property
    def felt(self) -> Felt:
        return Felt((self.zone or "").strip())

    @felt.setter
    def felt(self, zone: str) -> None:
        self.zone = zone.ljust(LONGEST_ZONE)


class GroupPicture(models.Model):
    """What was told of one part, in words; the database refuses to change it (migration 0007)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(ZoneRound, on_delete=models.PROTECT, related_name="pictures")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="pictures")
    stage = models.CharField(max_length=6, choices=Stage.choices, default=Stage.BEFORE)  # never "now"
    number = models.PositiveSmallIntegerField()  # the first release, or a later one
    words = models.JSONField()  # an Amount for each of Felt that is shown
    released_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "part", "stage", "number"], name="a_picture_is_released_once"
            ),
            models.CheckConstraint(condition=~Q(stage=Stage.NOW), name="no_picture_of_what_is_now"),
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.number}"


class ZoneGuess(models.Model):
    """What one who facilitates thinks most will say of a part, from before the group is told; for them alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(ZoneRound, on_delete=models.PROTECT, related_name="guesses")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    zone = models.CharField(max_length=10, choices=Zone.choices)
    guessed_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "zone guesses"
        constraints = [
            models.UniqueConstraint(fields=["round", "part", "person"], name="one_guess_of_each_about_a_part")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Adjustment(models.Model):
    """Something to change in one session. A need that was passed on is never linked to its person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="adjustments")
    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, related_name="+"
    )  # whose key seals it
    part = models.ForeignKey(Part, on_delete=models.PROTECT, null=True, related_name="adjustments")
    origin = models.CharField(max_length=10, choices=Origin.choices)
    what_sealed = sealed_column()
    decision = models.CharField(max_length=6, choices=Decision.choices, blank=True)
    words = models.TextField(blank=True)  # told to the group: what is done, or why not
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    what = Sealed()

    class Meta:
        ordering = ["pk"]  # drawn by chance: the order tells nothing
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None, decided_by=None)
                | (~Q(decision="") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="adjustment_decided_all_or_nothing",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
                name="adjustment_done_both_or_neither",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def record_key(self) -> RecordKey:
        return self.assessment.key


class ZoneSeen(models.Model):
    """Who has read what somebody shared by name; told to that person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sheet = models.ForeignKey(ZoneSheet, on_delete=models.CASCADE, related_name="seen")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "zones seen"
        constraints = [models.UniqueConstraint(fields=["sheet", "person"], name="seen_is_noted_once")]

    def __str__(self) -> str:
        return str(self.pk)
