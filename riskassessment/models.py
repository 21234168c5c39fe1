"""Activities: what the Collective does together. Assessments and zones come to stand on these."""

import uuid
from datetime import datetime

from django.db import models

from safeguarding.people.models import Person


class ActivityQuerySet(models.QuerySet["Activity"]):
    def recent(self, now: datetime) -> "ActivityQuerySet":
        """Newest first: what someone raising a concern may want to name."""
        return self.filter(starts_at__lte=now).order_by("-starts_at")


class Activity(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=160)
    starts_at = models.DateTimeField(null=True)
    organiser = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="activities")
    created_at = models.DateTimeField()

    objects = ActivityQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title
