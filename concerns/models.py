"""A concern, the people in it, its timeline, and who was told. Words are sealed with the concern's own key.

Row-level security keeps every table here empty for a query without a context (migration 0002).
"""

from __future__ import annotations

import uuid
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from concerns.enums import (
    AtRisk,
    Channel,
    EntryKind,
    HowSoon,
    Kind,
    NextStep,
    Relationship,
    ReporterMode,
    RoleInConcern,
    State,
    Step,
    Under18,
    WhyExcluded,
)
from concerns.querysets import OPENED, ConcernQuerySet, pressing_column
from riskassessment.models import Activity
from safeguarding.audit import AuditEntry
from safeguarding.crypto import RecordKey, Sealed, sealed_column
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can

if TYPE_CHECKING:
    from safeguarding.contacts.models import Contact


def _id() -> models.UUIDField[uuid.UUID, uuid.UUID]:
    return models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)


NEWEST = ("-raised_at", "-id")


def _index(name: str, *fields: str, only: Q | None = None) -> models.Index:
    return models.Index(fields=fields, name=name, condition=only)


def _both_or_neither(act: str) -> models.CheckConstraint:
    """Who and when: a concern has both of an act, or neither."""
    neither = Q(**{f"{act}_at": None, f"{act}_by": None})
    both = Q(**{f"{act}_at__isnull": False, f"{act}_by__isnull": False})
    return models.CheckConstraint(condition=neither | both, name=f"concern_{act}_both_or_neither")


class Concern(models.Model):
    id = _id()
    reference = models.CharField(max_length=9, unique=True)  # opaque, like K7M4-Q2XR; safe in a mail
    key = models.ForeignKey(RecordKey, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    version = models.PositiveIntegerField(default=1)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.UNSORTED)
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.WEB)
    raised_at = models.DateTimeField()  # when it was entered here
    told_at = models.DateTimeField()  # when it was told: the same, unless it came on paper or by phone
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    words_sealed = sealed_column()  # the original; locked for ever by a trigger
    rather_not_write = models.BooleanField(default=False)
    how_soon_asked = models.CharField(max_length=10, choices=HowSoon.choices)
    how_soon = models.CharField(max_length=10, choices=HowSoon.choices)
    under_18 = models.CharField(max_length=10, choices=Under18.choices, blank=True)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, null=True, related_name="concerns")
    details_sealed = sealed_column()  # "add more if it helps", as JSON: see concerns.details
    held_for_review = models.BooleanField(default=False)
    acknowledge_by = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    assigned_to = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="assigned_concerns"
    )
    next_step = models.CharField(max_length=20, choices=NextStep.choices, blank=True)
    next_step_on = models.DateField(null=True)
    unread_replies = models.PositiveSmallIntegerField(default=0)
    handed_over_at = models.DateTimeField(null=True)
    handed_over_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    second_look_by = models.DateTimeField(null=True)  # after a weighty act, by somebody else
    pressing = pressing_column()

    words = Sealed()
    details = Sealed()
    objects = ConcernQuerySet.as_manager()

    class Meta:
        indexes = [
            _index("concern_newest", *NEWEST),
            _index("concern_waiting", "acknowledge_by", "id", only=Q(acknowledged_at=None)),
            _index("concern_look_by", "acknowledge_by", "id"),
            _index("concern_not_closed", *NEWEST, only=~Q(state="closed")),
            _index("concern_assigned", "assigned_to", *NEWEST),
            _index("concern_how_soon", "how_soon", *NEWEST),
            _index("concern_kind", "kind", *NEWEST),
            _index("concern_next_step", "next_step_on", "id", only=Q(next_step_on__isnull=False)),
            _index("concern_second_look", "second_look_by", "id", only=Q(second_look_by__isnull=False)),
            _index("concern_replies", *NEWEST, only=Q(unread_replies__gt=0)),
            _index("concern_pressing", "pressing", "acknowledge_by", "id", only=Q(pressing__isnull=False)),
        ]
        constraints = [
            _both_or_neither("acknowledged"),
            _both_or_neither("handed_over"),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False, closed_by__isnull=False)
                | (~Q(state="closed") & Q(closed_at=None, closed_by=None)),
                name="concern_closed_iff_closed_at",
            ),
            models.CheckConstraint(
                condition=Q(words_sealed__isnull=False) | Q(rather_not_write=True),
                name="concern_words_or_contact",
            ),
            models.CheckConstraint(
                condition=Q(told_at__lte=F("raised_at")), name="concern_told_before_entered"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def record_key(self) -> RecordKey:
        return self.key

    def is_visible_to(self, person: Person) -> bool:
        """The instance twin of `visible_to`."""
        if can(person, Verb.READ_CONCERNS):
            return not self.exclusions.filter(person=person).exists()
        if can(person, Verb.READ_TOLD_CONCERNS):
            told = self.tellings.filter(person=person).exists() or self.assigned_to_id == person.pk
            return told and not self.exclusions.filter(person=person).exists()
        return False

    @property
    def is_acknowledged(self) -> bool:
        return self.acknowledged_at is not None

    @property
    def is_closed(self) -> bool:
        return self.state == State.CLOSED

    @property
    def waits_for_hand_over(self) -> bool:
        """Under 18: local decisions and closing wait until the university has it."""
        return self.under_18 == Under18.YES and self.handed_over_at is None

    @cached_property
    def opened_at(self) -> datetime | None:
        """When somebody who may act first read it: derived from the audit, since a page view writes nothing else."""
        return AuditEntry.objects.filter(OPENED, about_id=self.pk).values_list("at", flat=True).first()

    def is_overdue(self, now: datetime) -> bool:
        return self.acknowledged_at is None and self.acknowledge_by < now


class SealedByConcern(models.Model):
    """A row that belongs to a concern and is sealed with its key."""

    class Meta:
        abstract = True

    def record_key(self) -> RecordKey:
        concern: Concern = self.concern  # type: ignore[attr-defined]
        return concern.key


class ReporterIdentity(SealedByConcern):
    """Who raised it, as much as they chose; shown masked, revealed by an audited act."""

    id = _id()
    concern = models.OneToOneField(Concern, on_delete=models.PROTECT, related_name="reporter")
    mode = models.CharField(max_length=10, choices=ReporterMode.choices, default=ReporterMode.ANONYMOUS)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    on_behalf = models.BooleanField(default=False)
    do_not_contact = models.BooleanField(default=False)
    show_words = models.BooleanField(default=False)  # may the original be shown to the holder of the receipt
    receipt_hash = models.BinaryField(max_length=32, unique=True)  # finds it; keyed
    receipt_verifier = models.CharField(max_length=200)  # proves it; Argon2id with a pepper
    name_sealed = sealed_column()
    email_sealed = sealed_column()
    phone_sealed = sealed_column()
    safe_ways_sealed = sealed_column()

    name = Sealed()
    email = Sealed()
    phone = Sealed()
    safe_ways = Sealed()

    def __str__(self) -> str:
        return self.get_mode_display()

    @property
    def is_anonymous(self) -> bool:
        return self.mode == ReporterMode.ANONYMOUS


class InvolvedPerson(SealedByConcern):
    """Somebody in a concern: a role in it, and a relationship if that was said."""

    id = _id()
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="involved")
    # one of our own
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=10, choices=RoleInConcern.choices)
    relationship = models.CharField(max_length=40, choices=Relationship.choices, blank=True)
    added_at = models.DateTimeField()
    # null: reporter
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    name_sealed = sealed_column()
    relationship_words_sealed = sealed_column()  # the list is open: words of one's own, or None

    name = Sealed()
    relationship_words = Sealed()

    def __str__(self) -> str:
        return self.get_role_display()


class NameToken(models.Model):
    """The blind index of one word, or the whole, of a name in a concern. Narratives are never indexed."""

    id = _id()
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="name_tokens")
    token = models.BinaryField(max_length=16, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["concern", "token"], name="one_token_per_concern")]

    def __str__(self) -> str:
        return str(self.concern_id)


class Exclusion(models.Model):
    """For this person, this concern does not exist."""

    id = _id()
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="exclusions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=10, choices=WhyExcluded.choices)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["concern", "person"], name="excluded_once")]

    def __str__(self) -> str:
        return self.get_why_display()


class Telling(models.Model):
    """Who was told of a concern, at which step, by which message. At each step each is told once."""

    id = _id()
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="tellings")
    contact: models.ForeignKey[Contact, Contact] = models.ForeignKey(
        "safeguarding.Contact", on_delete=models.PROTECT, related_name="+"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    step = models.CharField(max_length=10, choices=Step.choices)
    at = models.DateTimeField()
    message_id = models.UUIDField()  # of the outbox
    sent_at = models.DateTimeField(null=True)  # kept when the outbox forgets the message

    class Meta:
        indexes = [models.Index(fields=["contact", "at"], name="telling_of_a_contact")]
        constraints = [models.UniqueConstraint(fields=["concern", "contact", "step"], name="told_once")]

    def __str__(self) -> str:
        return self.get_step_display()


class WeeklyMail(models.Model):
    """One person's "your week", queued once for each week. It names no concern."""

    id = _id()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    week = models.DateField()  # its Monday
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "week"], name="one_mail_a_week")]

    def __str__(self) -> str:
        return f"{self.week}"


class Entry(SealedByConcern):
    """One entry of the timeline: written once; a correction is another entry that names it.

    Four times: when it happened, when it was told, when it was written, when it was entered here.
    """

    id = _id()
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=10, choices=EntryKind.choices)
    act = models.CharField(max_length=40, blank=True)  # for a `moved` entry: which act
    # null: the reporter
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="corrections")
    happened_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    written_at = models.DateTimeField()
    entered_at = models.DateTimeField()
    facts = models.JSONField(default=dict)  # states and choices only, never words
    words_sealed = sealed_column()
    reason_sealed = sealed_column()  # why, for an act that asks for a reason

    words = Sealed()
    reason = Sealed()

    class Meta:
        indexes = [models.Index(fields=["concern", "entered_at"])]

    def __str__(self) -> str:
        return self.get_kind_display()


class Message(SealedByConcern):
    """What goes between the reporter and those who handle it; the reporter reads it at /follow-up/."""

    id = _id()
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="messages")
    from_reporter = models.BooleanField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0, db_default=0)  # that the concern got with it
    words_sealed = sealed_column()

    words = Sealed()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(from_reporter=True, by=None) | Q(from_reporter=False, by__isnull=False),
                name="message_has_one_author",
            )
        ]

    def __str__(self) -> str:
        return "from the reporter" if self.from_reporter else "to the reporter"


class Closing(SealedByConcern):
    """The three answers of one closing, and the pressures when nothing was done."""

    id = _id()
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="closings")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    acted = models.BooleanField()
    still_at_risk = models.CharField(max_length=10, choices=AtRisk.choices)
    pressures = ArrayField(models.CharField(max_length=20), default=list)
    what_we_did_sealed = sealed_column()
    what_they_say_sealed = sealed_column()
    risk_words_sealed = sealed_column()

    what_we_did = Sealed()
    what_they_say = Sealed()
    risk_words = Sealed()

    def __str__(self) -> str:
        return f"closed {self.at}"


class Draft(models.Model):
    """Words not sent yet, on the server and sealed; found by the session, or by a code for 30 days.

    Never shown to staff. `idempotency` makes the receipt, so a double click sends once.
    """

    id = _id()
    key = models.ForeignKey(RecordKey, on_delete=models.PROTECT, related_name="+")
    idempotency = models.UUIDField(unique=True, default=uuid.uuid4)
    version = models.PositiveIntegerField(default=1)
    code_hash = models.BinaryField(max_length=32, null=True, unique=True)  # finds it; keyed
    code_verifier = models.CharField(max_length=200, blank=True)  # proves it; Argon2id with a pepper
    answers_sealed = sealed_column()  # JSON
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    concern_id = models.UUIDField(null=True)  # once sent, until the receipt is confirmed

    answers = Sealed()

    def __str__(self) -> str:
        return str(self.pk)

    def record_key(self) -> RecordKey:
        return self.key
