"""What became of a question that a looking back would ask again, and of a copied line: is it still true?"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import MD5

from riskassessment.models.after import AfterReview
from riskassessment.models.areas import Prompt
from riskassessment.models.assessments import Assessment
from safeguarding.people.models import Person


class SuggestionAnswer(models.Model):
    """The library took it, or set it aside with a reason. Other words of the same looking back wait anew."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    review = models.ForeignKey(AfterReview, on_delete=models.PROTECT, related_name="suggestion_answers")
    words = models.TextField()  # as they were suggested
    prompt = models.ForeignKey(
        Prompt, on_delete=models.PROTECT, null=True, related_name="+"
    )  # None: set aside
    why = models.TextField(blank=True)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint("review", MD5("words"), name="a_suggestion_is_answered_once"),
            models.CheckConstraint(
                condition=Q(prompt__isnull=False, why="") | (Q(prompt=None) & ~Q(why="")),
                name="a_suggestion_is_taken_or_set_aside_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.words[:60]


class StillTrue(models.Model):
    """That somebody looked at a copied line and said that it holds here too, as it was copied."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="still_true")
    line = models.CharField(max_length=60)  # the key of the line, see services.freezing
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "still true"
        constraints = [
            models.UniqueConstraint(fields=["assessment", "line"], name="a_line_is_still_true_once")
        ]

    def __str__(self) -> str:
        return self.line
