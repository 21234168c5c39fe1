"""How deep an assessment goes: who asked for what, who chose what, and why."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext

from riskassessment.enums import Depth
from riskassessment.models.assessments import Assessment
from riskassessment.models.joining import Guest
from safeguarding.people.models import Person


class DepthStep(models.Model):
    """A wish to go up, or a choice by those who lead; written once. A choice answers the wishes before it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="depth_steps")
    is_wish = models.BooleanField()
    depth = models.CharField(max_length=10, choices=Depth.choices)
    why = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    guest = models.ForeignKey(Guest, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(by__isnull=False, guest=None) | Q(by=None, guest__isnull=False, is_wish=True),
                name="depthstep_of_one_voice_and_guests_wish",
            )
        ]

    def __str__(self) -> str:
        return self.get_depth_display()

    @property
    def voice_id(self) -> uuid.UUID | None:
        return self.by_id or self.guest_id

    @property
    def whose(self) -> str:
        return str(self.by) if self.by else gettext("a guest")
