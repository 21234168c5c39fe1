"""What we recognise as harm: words that change, the old beside the new; and looking back when one is new."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from concerns.models import Concern
from safeguarding.people.models import Person


class RecognitionQuerySet(models.QuerySet["RecognitionTerm"]):
    def standing(self) -> RecognitionQuerySet:
        return self.filter(replaced_by=None).order_by("name", "pk")

    def as_listed(self) -> RecognitionQuerySet:
        """With what each replaced and whether somebody looked back."""
        return self.standing().select_related("replaces", "look_back")


class RecognitionTerm(models.Model):
    """A kind of harm, as we say it. Public. A new word follows an old one and never wipes it out."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    meaning = models.TextField(max_length=2000)
    added_on = models.DateField()
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")

    objects = RecognitionQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class LookBack(models.Model):
    """Going once more through what came before, with a word that was not there then."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    term = models.OneToOneField(RecognitionTerm, on_delete=models.PROTECT, related_name="look_back")
    begun_at = models.DateTimeField()
    closed_on = models.DateField(null=True)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    seen = models.PositiveIntegerField(null=True)  # as they were when it closed; shown in small-number words
    differently = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on=None, closed_by=None, seen=None, differently=None)
                | Q(closed_on__isnull=False, closed_by__isnull=False, seen__isnull=False)
                & Q(differently__isnull=False),
                name="look_back_closed_all_or_nothing",
            )
        ]

    def __str__(self) -> str:
        return str(self.term)

    @property
    def is_closed(self) -> bool:
        return self.closed_on is not None


class LookBackMark(models.Model):
    """That one concern was looked at again. Why stands in its own record; row-level security hides this with it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    look_back = models.ForeignKey(LookBack, on_delete=models.PROTECT, related_name="marks")
    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="+")
    differently = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["look_back", "concern"], name="looked_back_once")]

    def __str__(self) -> str:
        return str(self.pk)
