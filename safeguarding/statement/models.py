"""Values and ways of working, each from a moment to a moment: old plans keep the words that applied then."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q

from safeguarding.people.models import Person


class DatedQuerySet(models.QuerySet[Any]):
    def current(self, now: datetime) -> DatedQuerySet:
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=now), valid_from__lte=now).order_by(
            "order", "valid_from", "pk"
        )

    def ended(self, now: datetime) -> DatedQuerySet:
        return self.filter(valid_to__lte=now).order_by("-valid_to", "pk")


class Dated(models.Model):
    """A change ends the old words and begins the new ones, which know what they follow."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=80)
    text = models.TextField(max_length=1000)
    order = models.PositiveSmallIntegerField(default=1)
    follows = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="followed_by")
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="%(class)s_dates_in_order"
            ),
            models.UniqueConstraint(
                fields=["name"], condition=Q(valid_to=None), name="%(class)s_stands_once_by_its_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_current(self, now: datetime) -> bool:
        return self.valid_from <= now and (self.valid_to is None or self.valid_to > now)


class Value(Dated):
    """What the Collective stands for. The text says what it asks of us."""

    written_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )  # None: came with the product


class WayOfWorking(Dated):
    """Something we do so that people are safe; a plan can take it up as it stands."""

    written_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+"
    )  # None: came with the product

    class Meta(Dated.Meta):
        abstract = False
        verbose_name_plural = "ways of working"
