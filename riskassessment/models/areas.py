"""Things to think about, area by area: a versioned library, and what a group left out with a reason."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from riskassessment.enums import Area
from riskassessment.models.assessments import Assessment
from riskassessment.querysets import PromptQuerySet
from safeguarding.people.models import Person


class Prompt(models.Model):
    """Something to think about, never to be filled in. A change writes the next version and retires this one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    area = models.CharField(max_length=10, choices=Area.choices)
    text = models.CharField(max_length=300)
    learning = models.CharField(max_length=300, blank=True)  # what it grew from
    order = models.PositiveSmallIntegerField(default=1)
    version = models.PositiveIntegerField(default=1)
    follows = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="followed_by")
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )  # None: came with the product
    retired_at = models.DateTimeField(null=True)
    retired_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    objects = PromptQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(retired_at=None, retired_by=None)
                | Q(retired_at__isnull=False, retired_by__isnull=False),
                name="prompt_retired_both_or_neither",
            ),
            models.CheckConstraint(
                condition=Q(version=1, follows=None) | Q(version__gt=1, follows__isnull=False),
                name="prompt_only_the_first_follows_nothing",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class NotRelevant(models.Model):
    """Why an area is not relevant here. Empty words: it is, after all."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="not_relevant")
    area = models.CharField(max_length=10, choices=Area.choices)
    words = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "not relevant"
        constraints = [models.UniqueConstraint(fields=["assessment", "area"], name="one_reason_for_an_area")]

    def __str__(self) -> str:
        return self.get_area_display()
