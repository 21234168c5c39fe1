"""A space to reflect: on which day, about what, how many were there. Nothing that was said is kept."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from safeguarding.people.models import Person


class ReflectionSpace(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    held_on = models.DateField()
    theme = models.CharField(max_length=120)
    people = models.PositiveSmallIntegerField()  # how many; never who
    aftercare_offered = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-held_on", "-added_at"]
        constraints = [models.CheckConstraint(condition=Q(people__gte=1), name="reflection_has_people")]

    def __str__(self) -> str:
        return self.theme
