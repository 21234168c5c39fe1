"""Words that somebody who did not write them has read for the pack, and what may stand there."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from reviews.packs import Outcome, Source
from safeguarding.crypto import RecordKey, Sealed, sealed_column
from safeguarding.people.models import Person


class WordsReadQuerySet(models.QuerySet["WordsRead"]):
    def standing(self) -> WordsReadQuerySet:
        return self.filter(followed_at=None)


class WordsRead(models.Model):
    """It holds for the words as they were: where they change later, they are unread again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.OneToOneField(RecordKey, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=20, choices=Source.choices)
    source_id = models.UUIDField()
    words_hash = models.BinaryField(max_length=32)  # of what was read; keyed
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    instead_sealed = sealed_column()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    followed_at = models.DateTimeField(null=True)  # somebody read them again

    instead = Sealed()
    objects = WordsReadQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "words read"
        constraints = [
            models.UniqueConstraint(
                fields=["source", "source_id"], condition=Q(followed_at=None), name="one_reading_stands"
            ),
            models.CheckConstraint(
                condition=Q(outcome="instead", instead_sealed__isnull=False)
                | (~Q(outcome="instead") & Q(instead_sealed=None)),
                name="other_words_only_where_they_stand_instead",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.outcome}"

    def record_key(self) -> RecordKey:
        return self.key
