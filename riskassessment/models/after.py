"""Looking back: what those who facilitate write, what each person says for themselves, aftercare, and feeding back.

Was it safe, and did it feel safe, are two questions. Nothing that anybody writes takes another's answer away.
Each session of a series is looked back on by itself; what was contributed to its plan is answered once.
"""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.db import models
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from riskassessment.models.activities import Activity
from riskassessment.models.assessments import Assessment, Worry
from riskassessment.querysets import AfterReviewQuerySet
from safeguarding.crypto import RecordKey, Sealed, sealed_column
from safeguarding.people.models import Person


class Felt(TextChoices):
    """An answer to "was it safe?", and to "did it feel safe?"."""

    YES = "yes", _("yes")
    MOSTLY = "mostly", _("mostly")
    PARTLY = "partly", _("only in part")
    NO = "no", _("no")
    UNSURE = "unsure", _("not sure")


class Use(TextChoices):
    """What became of a plan on the day."""

    USED = "used", _("it was used, and it helped")
    NOT_ENOUGH = "not_enough", _("it was used, and it was not enough")
    NOT_NEEDED = "not_needed", _("it was not needed")
    MISSED = "missed", _("it was needed, and we did not use it")


class Cared(TextChoices):
    """Whose aftercare it is."""

    TELLERS = "tellers", _("those who told something")
    HEARERS = "hearers", _("those who listened")
    FACILITATORS = "facilitators", _("those who facilitated")
    NOTE_TAKERS = "note_takers", _("those who took notes")


class AfterReview(models.Model):
    """The summary of those who facilitate. It stands beside what each person says, never instead of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(default=1)
    activity = models.OneToOneField(Activity, on_delete=models.PROTECT, related_name="after_review")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="+")
    worked = models.TextField(blank=True)
    hard = models.TextField(blank=True)
    change = models.TextField(blank=True)
    learnt = models.TextField(blank=True)
    was_safe = models.CharField(max_length=10, choices=Felt.choices, blank=True)
    was_safe_words = models.TextField(blank=True)
    felt_safe = models.CharField(max_length=10, choices=Felt.choices, blank=True)
    felt_safe_words = models.TextField(blank=True)
    missed = models.TextField(blank=True)  # contributions that were missed, and what we do about them
    keep_prompt = models.TextField(blank=True)  # a question to ask again: for the library
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects = AfterReviewQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.activity)


class PlanOutcome(models.Model):
    """What became of one plan on the day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="outcomes")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="+")
    worry = models.ForeignKey(Worry, on_delete=models.PROTECT, related_name="outcomes")
    use = models.CharField(max_length=12, choices=Use.choices)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["worry", "activity"], name="one_outcome_of_each_plan")]

    def __str__(self) -> str:
        return self.get_use_display()


class Aftercare(models.Model):
    """One line of aftercare for those of one part: what, by whom, until when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="aftercare")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="+")
    whose = models.CharField(max_length=12, choices=Cared.choices)
    words = models.TextField(blank=True)
    who = models.CharField(max_length=120, blank=True)  # who sees to it
    due = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name_plural = "aftercare"
        constraints = [
            models.UniqueConstraint(fields=["activity", "whose"], name="one_aftercare_of_each"),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
                name="aftercare_done_both_or_neither",
            ),
        ]

    def __str__(self) -> str:
        return self.get_whose_display()


class Voice(models.Model):
    """What one person says of how it was. Who they are is kept as a keyed hash, so that they can change it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="voices")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="+")
    author_hash = models.BinaryField(max_length=32, unique=True)
    answers_sealed = sealed_column()  # JSON: the two answers and all words
    name_sealed = sealed_column()
    may_show = models.BooleanField(default=False)  # also while fewer than five have answered
    changed_at = models.DateTimeField()

    answers = Sealed()
    name = Sealed()

    def __str__(self) -> str:
        return str(self.pk)

    def record_key(self) -> RecordKey:
        return self.assessment.key

    def read(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.answers or "{}")
        return found


class FedBack(models.Model):
    """That those who contributed were told what became of their words: once, by somebody who facilitates."""

    assessment = models.OneToOneField(
        Assessment, on_delete=models.PROTECT, primary_key=True, related_name="fed_back"
    )
    words = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "fed back"

    def __str__(self) -> str:
        return str(self.assessment)
