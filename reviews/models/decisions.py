"""Decisions that were made, told without anybody in them: so that alike ones can be laid side by side."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import GeneratedField, Q

from reviews.models.statement import Clause
from reviews.weighing import Again, Basis, Choice, Doubter, Verdict
from safeguarding.crypto import RecordKey, Sealed, sealed_column
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can
from safeguarding.statement.models import Value
from safeguarding.statement.pressures import Pressure

PARTS = ("situation", "options", "chosen", "reason")


class DecisionQuerySet(models.QuerySet["DecisionRecord"]):
    def checked(self) -> DecisionQuerySet:
        return self.filter(checked_on__isnull=False)

    def unchecked(self) -> DecisionQuerySet:
        return self.filter(checked_on=None)

    def visible_to(self, person: Person) -> DecisionQuerySet:
        """Before it is checked: its writer, and whom they asked to check. Then everybody with an account."""
        asked = Q(checker=person) if can(person, Verb.CHECK_DECISIONS) else Q(pk=None)
        return self.filter(Q(checked_on__isnull=False) | Q(written_by=person) | asked)

    def to_check(self, person: Person) -> DecisionQuerySet:
        """Asked of this person, and not sent back to its writer since it was last written."""
        waiting = self.unchecked().filter(waits_for_writer=False, checker=person)
        return waiting if can(person, Verb.CHECK_DECISIONS) else self.none()

    def to_read(self) -> DecisionQuerySet:
        return self.select_related("key").prefetch_related("values", "clauses", "looks")

    def newest_first(self) -> DecisionQuerySet:
        return self.order_by("-written_on", "pk")


class DecisionRecord(models.Model):
    """Sealed until somebody else has looked for people in it; then its words stand open, and are found.

    What it came from is not kept: days only, and no way to a concern or a plan.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.OneToOneField(RecordKey, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    choice = models.CharField(max_length=12, choices=Choice.choices)
    basis = models.CharField(max_length=10, choices=Basis.choices)
    doubter = models.CharField(max_length=12, choices=Doubter.choices, default=Doubter.NOBODY)
    pressures = ArrayField(models.CharField(max_length=20, choices=Pressure.choices), default=list)
    values = models.ManyToManyField(Value, related_name="+")
    clauses = models.ManyToManyField(Clause, related_name="+")
    situation_sealed = sealed_column()
    options_sealed = sealed_column()
    chosen_sealed = sealed_column()
    reason_sealed = sealed_column()
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_on = models.DateField()
    checker = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    waits_for_writer = models.BooleanField(default=False)
    checked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    checked_on = models.DateField(null=True)
    situation_text = models.TextField(blank=True)  # these four: as they were checked
    options_text = models.TextField(blank=True)
    chosen_text = models.TextField(blank=True)
    reason_text = models.TextField(blank=True)
    search = GeneratedField(
        expression=SearchVector(
            "situation_text", "options_text", "chosen_text", "reason_text", config="english"
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    situation = Sealed()
    options = Sealed()
    chosen = Sealed()
    reason = Sealed()
    objects = DecisionQuerySet.as_manager()

    class Meta:
        indexes = [
            GinIndex(fields=["search"], name="decision_search"),
            models.Index(fields=["checked_on"], name="decision_checked"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(checked_by=None, checked_on=None, situation_text="", chosen_text="")
                | Q(checked_by__isnull=False, checked_on__isnull=False) & ~Q(situation_text=""),
                name="decision_open_only_when_checked",
            ),
            models.CheckConstraint(
                condition=Q(checked_by=None) | ~Q(checked_by=models.F("written_by")),
                name="decision_checked_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(checker=models.F("written_by")), name="decision_another_is_asked_to_check"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def record_key(self) -> RecordKey:
        return self.key

    def is_visible_to(self, person: Person) -> bool:
        """The instance twin of `visible_to`."""
        asked = self.checker_id == person.pk and can(person, Verb.CHECK_DECISIONS)
        return self.is_checked or self.written_by_id == person.pk or asked

    @property
    def is_checked(self) -> bool:
        return self.checked_on is not None

    @property
    def told(self) -> dict[str, str]:
        """Each part as it may be read: the checked words, or for those who may, the sealed ones."""
        if self.is_checked:
            return {part: getattr(self, f"{part}_text") for part in PARTS}
        return {part: getattr(self, part) or "" for part in PARTS}

    @property
    def noticed(self) -> list[str]:
        return [str(Pressure(each).label) for each in self.pressures]


class DecisionCheck(models.Model):
    """What somebody who did not write it said of it. Why not yet is for its writer only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    decision = models.ForeignKey(DecisionRecord, on_delete=models.PROTECT, related_name="checks")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    why_sealed = sealed_column()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    why = Sealed()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(verdict="not_yet") | Q(why_sealed__isnull=False),
                name="decision_not_yet_says_why",
            )
        ]

    def __str__(self) -> str:
        return self.verdict

    def record_key(self) -> RecordKey:
        return self.decision.key


class DecisionLook(models.Model):
    """Looked back at: would we decide so again? Its words are read by others once somebody else checked them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    decision = models.ForeignKey(DecisionRecord, on_delete=models.PROTECT, related_name="looks")
    again = models.CharField(max_length=10, choices=Again.choices)
    words_sealed = sealed_column()
    on = models.DateField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    checked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)

    words = Sealed()

    class Meta:
        ordering = ["on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(checked_by=None, checked_at=None)
                | Q(checked_by__isnull=False, checked_at__isnull=False),
                name="decision_look_checked_both_or_neither",
            ),
            models.CheckConstraint(
                condition=Q(checked_by=None) | ~Q(checked_by=models.F("by")),
                name="decision_look_checked_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.again

    def record_key(self) -> RecordKey:
        return self.decision.key
