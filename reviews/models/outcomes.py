"""What a review decides, and the record of it that anybody reads."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Exists, OuterRef, Q

from reviews.holding_words import Decided
from reviews.models.files import PublicFile
from reviews.models.gatherings import Gathering
from reviews.models.statement import Clause, StatementVersion
from reviews.models.suggestions import Suggestion
from safeguarding.crypto import RecordKey, Sealed, sealed_column
from safeguarding.people.models import Person


class ClauseDecisionQuerySet(models.QuerySet["ClauseDecision"]):
    def standing(self) -> ClauseDecisionQuerySet:
        return self.filter(followed_at=None).order_by("at", "pk")

    def waiting_in_draft(self) -> ClauseDecisionQuerySet:
        """Changes whose record is out, and since when no version was published."""
        later = StatementVersion.objects.published().filter(
            valid_from__gte=OuterRef("gathering__record__published_at")
        )
        changes = self.standing().filter(decided=Decided.CHANGE, gathering__record__statement=None)
        return changes.filter(~Exists(later), gathering__record__isnull=False)


class ClauseDecision(models.Model):
    """What was decided on one clause. A later decision follows; the database lets none be changed or lost."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="decisions")
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="decisions")
    decided = models.CharField(max_length=10, choices=Decided.choices)
    before = models.TextField()
    after = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    again_on = models.DateField(null=True)
    answers = models.ManyToManyField(Suggestion, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    followed_at = models.DateTimeField(null=True)

    objects = ClauseDecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gathering", "clause"], condition=Q(followed_at=None), name="one_decision_stands"
            ),
            models.CheckConstraint(
                condition=(Q(decided="change") & ~Q(after="") & ~Q(reason=""))
                | (~Q(decided="change") & Q(after="")),
                name="a_change_says_what_and_why",
            ),
            models.CheckConstraint(
                condition=Q(decided="discuss", again_on__isnull=False)
                | (~Q(decided="discuss") & Q(again_on=None)),
                name="talked_about_again_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return str(self.clause)


class PressureLook(models.Model):
    """Whether a decision shows one of the five pressures. A later look follows; none is lost."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="looks")
    of = models.UUIDField()  # a decision of this review, or one of the sample
    is_ours = models.BooleanField()  # decided in this review
    seen = models.JSONField()  # of each pressure: Seen
    words_sealed = sealed_column()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    followed_at = models.DateTimeField(null=True)

    words = Sealed()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["gathering", "of"], condition=Q(followed_at=None), name="one_look_stands"
            )
        ]

    def __str__(self) -> str:
        return str(self.of)

    def record_key(self) -> RecordKey:
        return self.gathering.key


class ReviewRecord(models.Model):
    """What anybody reads of a review, as it was published. The database refuses to change it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gathering = models.OneToOneField(Gathering, on_delete=models.PROTECT, related_name="record")
    held_on = models.DateField()
    summary = models.TextField()
    said_did = models.TextField()  # you said, we did, we could not because
    content = models.JSONField()  # the rest, see services.recording
    statement = models.ForeignKey(StatementVersion, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.gathering)


class RecordCorrection(models.Model):
    """New words for a record that is out. What it said before stays; the database lets none be changed or lost."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    record = models.ForeignKey(ReviewRecord, on_delete=models.PROTECT, related_name="corrections")
    number = models.PositiveSmallIntegerField()  # the first is 1
    summary = models.TextField()
    said_did = models.TextField(blank=True)
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["record", "number"], name="a_record_is_corrected_in_turn"),
            models.CheckConstraint(
                condition=Q(number__gte=1) & ~Q(summary="") & ~Q(reason=""),
                name="a_correction_says_what_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record} ({self.number})"


class ReviewRecordFile(PublicFile):
    """The record as a file for anybody: made once by a worker, and anew when it was corrected."""

    record = models.ForeignKey(ReviewRecord, on_delete=models.PROTECT, related_name="files")
    number = models.PositiveSmallIntegerField(
        default=0
    )  # of the correction that it has; 0: as it first went out

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record", "number", "ending"], name="a_review_record_once_as_each_file"
            )
        ]

    def __str__(self) -> str:
        return f"review.{self.ending}"
