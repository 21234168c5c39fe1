"""How telling us was for somebody, kept apart from what they told: no way leads from one to the other."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from reviews.weighing import Felt
from safeguarding import crypto
from safeguarding.crypto import RecordKey, Sealed, sealed_column

KEY = "process"  # one key for all of them: a key of its own would have a place in a row of keys


class ProcessAnswer(models.Model):
    """Of its time only the half-year is kept; of its writer, the concern and its handler, nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    half = models.DateField()  # the first day of the half-year
    heard = models.CharField(max_length=10, choices=Felt.choices, blank=True)
    safe = models.CharField(max_length=10, choices=Felt.choices, blank=True)
    words_sealed = sealed_column()

    words = Sealed()

    class Meta:
        indexes = [models.Index(fields=["half"], name="process_half")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(heard="", safe="", words_sealed=None), name="process_answer_says_something"
            ),
            models.CheckConstraint(
                condition=Q(half__month__in=(1, 7), half__day=1), name="process_half_year_only"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def record_key(self) -> RecordKey:
        return crypto.service_key(KEY)


class ProcessAsked(models.Model):
    """This receipt was asked: a keyed hash, and nothing that an answer has too."""

    asked_hash = models.BinaryField(primary_key=True, max_length=32)

    def __str__(self) -> str:
        return "asked"
