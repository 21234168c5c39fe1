"""What a review promises: by whom, until when, and what came of it."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models
from django.db.models import Q

from reviews.holding_words import Accepted, Kept
from reviews.models.gatherings import Gathering
from safeguarding.crypto import RecordKey, Sealed, sealed_column
from safeguarding.people.models import Person


class PromiseQuerySet(models.QuerySet["Promise"]):
    def due(self, today: date) -> PromiseQuerySet:
        """Its day has come, nobody said what became of it, and nobody was asked yet."""
        return self.filter(due_on__lte=today, kept="", asked_at=None).exclude(accepted=Accepted.NO)


class Promise(models.Model):
    """Its words and whose it is are public, in words that name nobody who did not choose it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="promises")
    words = models.TextField()
    owner = models.CharField(max_length=200)  # as anybody may read it: a role, or a name they chose
    due_on = models.DateField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    address_sealed = sealed_column()  # of an owner without an account
    link_hash = models.BinaryField(max_length=32, unique=True)
    accepted = models.CharField(max_length=3, choices=Accepted.choices, blank=True)
    accepted_at = models.DateTimeField(null=True)
    kept = models.CharField(max_length=10, choices=Kept.choices, blank=True)
    kept_words_sealed = sealed_column()
    kept_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)  # by mail, on its day, once
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    address = Sealed()
    kept_words = Sealed()
    objects = PromiseQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted="", accepted_at=None) | (~Q(accepted="") & Q(accepted_at__isnull=False)),
                name="promise_accepted_both_or_neither",
            ),
            models.CheckConstraint(
                condition=Q(kept="", kept_at=None, kept_words_sealed=None)
                | (~Q(kept="") & Q(kept_at__isnull=False)),
                name="promise_kept_both_or_neither",
            ),
            models.CheckConstraint(
                condition=Q(person=None) | Q(address_sealed=None), name="promise_owner_reached_one_way"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def record_key(self) -> RecordKey:
        return self.gathering.key

    @property
    def is_told(self) -> bool:
        """Its owner has no mail: whoever holds the review asks them."""
        return self.person_id is None and self.address_sealed is None
