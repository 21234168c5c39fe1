"""A count that was told once. It is never told again in another way; the true number is kept nowhere."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q


class FigureReleased(models.Model):
    """Of one measure in one window. The database refuses a second one whose window overlaps (migration 0005)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    measure = models.CharField(max_length=40)  # a key of reviews.measures
    starts_on = models.DateField()
    ends_before = models.DateField()
    rounded = models.PositiveIntegerField(null=True)  # none: fewer than eight, or no measure of a time
    released_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure", "starts_on"], name="a_figure_is_told_once"),
            models.CheckConstraint(condition=Q(ends_before__gt=F("starts_on")), name="figure_days_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.starts_on}"
