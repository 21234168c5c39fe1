"""The statement: clauses that keep their number for ever, and what they say in each version."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q

from reviews.enums import Level, Strength, VersionState
from reviews.models.files import PublicFile
from reviews.querysets import ClauseTextQuerySet, StatementQuerySet
from safeguarding.people.models import Person
from safeguarding.statement.models import Value


class StatementVersion(models.Model):
    """A draft that somebody edits, or a published text. The database refuses to change what is published."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveIntegerField(unique=True)
    state = models.CharField(max_length=10, choices=VersionState.choices, default=VersionState.DRAFT)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    summary = models.TextField(blank=True)  # what changed, in plain words
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    valid_from = models.DateTimeField(null=True)
    valid_to = models.DateTimeField(null=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["state"], condition=Q(state="draft"), name="one_draft_at_once"),
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="published", valid_to=None), name="one_statement_in_force"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", valid_from=None, valid_to=None, published_by=None)
                | Q(state="published", valid_from__isnull=False, published_by__isnull=False),
                name="statement_published_all_or_nothing",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="statement_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)

    @property
    def is_draft(self) -> bool:
        return self.state == VersionState.DRAFT

    def is_in_force(self, now: datetime) -> bool:
        started = self.valid_from is not None and self.valid_from <= now
        return started and (self.valid_to is None or self.valid_to > now)


class Clause(models.Model):
    """What a number of the statement means: never another thing, never given again, kept when it goes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    serial = models.PositiveIntegerField(unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"c{self.serial}"


class ClauseText(models.Model):
    """What one clause says in one version, and where it stands there."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    statement = models.ForeignKey(StatementVersion, on_delete=models.PROTECT, related_name="texts")
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="texts")
    order = models.PositiveIntegerField()
    level = models.PositiveSmallIntegerField(choices=Level.choices, default=Level.WORDS)
    number = models.CharField(max_length=20, blank=True)  # as it is printed: 5.1, a, •
    words = models.TextField()
    strength = models.CharField(max_length=10, choices=Strength.choices, blank=True)
    values = models.ManyToManyField(Value, related_name="+")
    features = models.JSONField(default=list)  # keys of reviews.features
    reason = models.TextField(blank=True)  # why it changed in this version
    version = models.PositiveIntegerField(default=1)  # who comes second is told

    objects = ClauseTextQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statement", "clause"], name="a_clause_once_in_a_version"),
            models.UniqueConstraint(
                fields=["statement", "order"],
                name="one_clause_in_one_place",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clause} in {self.statement}"

    @property
    def is_heading(self) -> bool:
        return self.level != Level.WORDS


class TextImport(models.Model):
    """A text that somebody brought, taken apart; nothing of the draft changes until they say so."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    statement = models.ForeignKey(StatementVersion, on_delete=models.CASCADE, related_name="imports")
    brought_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    brought_at = models.DateTimeField()
    blocks = models.JSONField()  # words, level and number of each
    matches = models.JSONField()  # the serial of the clause that each block is; none: a new one
    taken_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.pk)


class StatementFile(PublicFile):
    """A published version as a file for anybody: made once by a worker."""

    statement = models.ForeignKey(StatementVersion, on_delete=models.PROTECT, related_name="files")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["statement", "ending"], name="a_statement_once_as_each_file")
        ]

    def __str__(self) -> str:
        return f"statement-{self.statement}.{self.ending}"


class Acknowledgement(models.Model):
    """Somebody read what a version changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    statement = models.ForeignKey(StatementVersion, on_delete=models.PROTECT, related_name="read_by")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["statement", "person"], name="a_version_is_read_once")]

    def __str__(self) -> str:
        return f"{self.person_id} read {self.statement}"
