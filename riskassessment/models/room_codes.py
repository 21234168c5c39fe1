"""What lets a room take part without accounts, in a plan and in a review: a code that works for a day."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar, Self, TypeVar

from django.db import models

from safeguarding.crypto import Sealed, sealed_column
from safeguarding.people.models import Person

Code = TypeVar("Code", bound="RoomCode")


class RoomCodeQuerySet(models.QuerySet[Code]):
    def open(self, now: datetime) -> Self:
        return self.filter(ended_at=None, ends_at__gt=now)


class RoomCode(models.Model):
    """Six letters and digits; found by their keyed hash, shown from their sealed copy.

    What a code is for says so beside it, with whose key it is sealed, and that only one is open at a time.
    """

    hashed_as: ClassVar[str]  # two codes that read the same lead each to its own

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code_hash = models.BinaryField(max_length=32, unique=True)
    code_sealed = sealed_column()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    code = Sealed()
    objects = RoomCodeQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.pk)


ENDED_BOTH_OR_NEITHER = models.Q(ended_at=None, ended_by=None) | models.Q(
    ended_at__isnull=False, ended_by__isnull=False
)
