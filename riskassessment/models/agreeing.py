"""Agreeing on one frozen version: what was put to the group, each answer, each change since, going ahead."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from riskassessment.enums import Reply, Size, Stance
from riskassessment.models.assessments import Assessment
from riskassessment.models.joining import Guest
from safeguarding.crypto import RecordKey, Sealed, sealed_column
from safeguarding.people.models import Person
from safeguarding.statement.pressures import Pressure

ONE_VOICE = Q(person=None, guest__isnull=False) | Q(person__isnull=False, guest=None)


class FrozenVersion(models.Model):
    """A version put to the group, word for word; the database refuses to change it (migration 0005).

    What a room agreed aloud is kept as an AgreedVersion: who was there is said in words, and nobody is asked.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="frozen_versions")
    version = models.PositiveIntegerField()  # the assessment's, at that moment
    text = models.JSONField()  # see services.freezing.text_of
    digest = models.BinaryField(max_length=32)  # SHA-256 of the text
    put_at = models.DateTimeField()
    put_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "version"], name="a_version_is_put_once")
        ]

    def __str__(self) -> str:
        return f"{self.assessment} {self.version}"

    @property
    def agreed_at(self) -> datetime:
        """When it was said that the group agrees; only of one that has its conclusion."""
        return self.conclusion.at


class Agreement(models.Model):
    """One answer of one person to one frozen version. A later one takes its place; none is ever changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="agreements")
    number = models.PositiveIntegerField()  # their order in the assessment
    frozen = models.ForeignKey(FrozenVersion, on_delete=models.PROTECT, related_name="agreements")
    digest = models.BinaryField(max_length=32)  # of what they read
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    guest = models.ForeignKey(Guest, on_delete=models.PROTECT, null=True, related_name="agreements")
    stance = models.CharField(max_length=10, choices=Stance.choices)
    words_sealed = sealed_column()
    is_named = models.BooleanField(default=False)  # they want the group to know that it is them
    name_sealed = sealed_column()  # a guest's, only where they want it known
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    words = Sealed()
    name = Sealed()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "number"], name="agreements_have_an_order"),
            models.CheckConstraint(condition=ONE_VOICE, name="agreement_of_one_voice"),
            models.CheckConstraint(
                condition=Q(is_named=True) | Q(name_sealed=None), name="agreement_name_only_if_named"
            ),
            models.CheckConstraint(
                condition=Q(stance__in=[Stance.AGREE, Stance.NOT_YET]) | Q(words_sealed__isnull=False),
                name="agreement_but_and_object_say_why",
            ),
        ]

    def __str__(self) -> str:
        return self.get_stance_display()

    def record_key(self) -> RecordKey:
        return self.assessment.key


class TakenBack(models.Model):
    """An answer that does not count any more: by its author, or by whoever had typed it in for them.

    The answer itself is frozen: it stays sealed, and no page shows it.
    """

    agreement = models.OneToOneField(
        Agreement, on_delete=models.PROTECT, primary_key=True, related_name="taken_back"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")  # none: a guest

    class Meta:
        verbose_name_plural = "taken back"

    def __str__(self) -> str:
        return str(self.agreement)


class ObjectionAnswer(models.Model):
    """What those who facilitate say to an objection, or to "not yet"; and what its author says to that."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="answers")
    words = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reply = models.CharField(max_length=10, choices=Reply.choices, blank=True)
    replied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reply="", replied_at=None) | (~Q(reply="") & Q(replied_at__isnull=False)),
                name="objectionanswer_reply_both_or_neither",
            )
        ]

    def __str__(self) -> str:
        return self.words[:60]


class Conclusion(models.Model):
    """Somebody who facilitates says: the group agrees on this version. Not while an objection is open."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    frozen = models.OneToOneField(FrozenVersion, on_delete=models.PROTECT, related_name="conclusion")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.frozen)


class GoAhead(models.Model):
    """Going ahead without agreement: by another person than its author, with a reason, until a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    frozen = models.ForeignKey(FrozenVersion, on_delete=models.PROTECT, related_name="go_aheads")
    reason = models.TextField()
    conditions = models.TextField(blank=True)
    pressures = ArrayField(models.CharField(max_length=20, choices=Pressure.choices), default=list)
    until = models.DateField()  # the last day
    given_on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)  # before its last day
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ended_why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, ended_why="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_why="")),
                name="goahead_ended_all_or_nothing",
            ),
            models.CheckConstraint(condition=Q(until__gte=F("given_on")), name="goahead_ends_after_it_began"),
            models.CheckConstraint(condition=~Q(reason=""), name="goahead_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.frozen} {self.until}"

    @property
    def noticed(self) -> list[str]:
        return [str(Pressure(each).label) for each in self.pressures]


class Change(models.Model):
    """One line that changed after a version was frozen. A small one can be challenged by whoever takes part."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="changes")
    version = models.PositiveIntegerField()  # the assessment's, after it
    key = models.CharField(max_length=80)  # of the line; see services.freezing.lines
    heading = models.CharField(max_length=200)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    size = models.CharField(max_length=10, choices=Size.choices)
    why = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    challenged_at = models.DateTimeField(null=True)
    challenged_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    challenged_guest = models.ForeignKey(Guest, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["version", "heading", "key"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "version", "key"], name="a_line_changes_once_in_a_version"
            ),
            models.CheckConstraint(
                condition=Q(challenged_at=None, challenged_by=None, challenged_guest=None)
                | Q(challenged_at__isnull=False, challenged_by__isnull=False, challenged_guest=None)
                | Q(challenged_at__isnull=False, challenged_by=None, challenged_guest__isnull=False),
                name="change_challenged_by_one_voice",
            ),
        ]

    def __str__(self) -> str:
        return self.heading

    @property
    def is_small(self) -> bool:
        return self.size == Size.SMALL and self.challenged_at is None
