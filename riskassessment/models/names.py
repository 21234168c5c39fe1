"""Names in the shared text: asked about, never refused."""

from __future__ import annotations

import uuid

from django.db import models

from riskassessment.models.assessments import Assessment
from safeguarding.people.models import Person


class NameKept(models.Model):
    """A name that the group wants in this line. It is not asked about there again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="names_kept")
    line = models.CharField(max_length=60)  # the key of the line, see services.freezing
    name = models.CharField(max_length=240)  # casefolded, which can double its length
    kept_at = models.DateTimeField()
    kept_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "names kept"
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "line", "name"], name="a_name_is_kept_once_in_a_line"
            )
        ]

    def __str__(self) -> str:
        return self.name
