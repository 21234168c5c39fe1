"""Which version of a way of working, or of a value, was put into the plan for a worry."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from riskassessment.models.assessments import Worry
from safeguarding.people.models import Person
from safeguarding.statement.models import Value, WayOfWorking


class Mitigation(models.Model):
    """Its words stand in the plan, where the group may change them; this remembers where they came from."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    worry = models.ForeignKey(Worry, on_delete=models.PROTECT, related_name="mitigations")
    way = models.ForeignKey(WayOfWorking, on_delete=models.PROTECT, null=True, related_name="+")
    value = models.ForeignKey(Value, on_delete=models.PROTECT, null=True, related_name="+")
    put_in_at = models.DateTimeField()
    put_in_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["put_in_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(way=None, value__isnull=False) | Q(way__isnull=False, value=None),
                name="mitigation_is_a_way_or_a_value",
            ),
            models.UniqueConstraint(fields=["worry", "way"], name="a_way_once_in_a_worry"),
            models.UniqueConstraint(fields=["worry", "value"], name="a_value_once_in_a_worry"),
        ]

    def __str__(self) -> str:
        return str(self.said)

    @property
    def said(self) -> WayOfWorking | Value:
        said = self.way or self.value
        assert said is not None  # the database says so
        return said
