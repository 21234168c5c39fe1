"""What a review is held on: a pack of evidence, frozen with its checksum, and its files."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from reviews.evidence import section
from reviews.models.cycles import ReviewCycle
from reviews.models.files import PublicFile
from reviews.packs import LONGEST_FAULT, MOST_TRIES
from safeguarding import leases
from safeguarding.people.models import Person


class EvidencePackQuerySet(models.QuerySet["EvidencePack"]):
    def visible_to(self, person: Person | None) -> EvidencePackQuerySet:
        """Whoever signed in; and everybody, once the review was held."""
        if person is not None and person.is_active:
            return self
        return self.filter(cycle__held_on__isnull=False)

    def made(self) -> EvidencePackQuerySet:
        """The newest first."""
        return self.filter(made_at__isnull=False).order_by("-version")

    def due(self, now: datetime) -> EvidencePackQuerySet:
        return self.exclude(leases.held(now)).filter(made_at=None, tries__lt=MOST_TRIES)


class EvidencePack(models.Model):
    """Asked for, made once by a worker, and from then on the database refuses every change to it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cycle = models.ForeignKey(ReviewCycle, on_delete=models.PROTECT, related_name="packs")
    version = models.PositiveIntegerField()
    asked_at = models.DateTimeField()
    # none: it came by itself when the review opened
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    leased_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(max_length=LONGEST_FAULT, blank=True)
    made_at = models.DateTimeField(null=True)
    body = models.TextField(blank=True)  # canonical JSON: its UTF-8 bytes are what the checksum is of
    checksum = models.CharField(max_length=64, blank=True)  # SHA-256, in hexadecimal

    objects = EvidencePackQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cycle", "version"], name="a_pack_once_in_each_version"),
            models.CheckConstraint(
                condition=Q(made_at=None, body="", checksum="")
                | (Q(made_at__isnull=False) & ~Q(body="") & ~Q(checksum="")),
                name="pack_made_all_or_nothing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cycle} {self.version}"

    @property
    def is_made(self) -> bool:
        return self.made_at is not None

    def has_failed(self, now: datetime) -> bool:
        """Nobody tries again by themselves, and nobody is at it."""
        is_held = self.leased_until is not None and now <= self.leased_until <= now + leases.LEASE
        return not self.is_made and self.tries >= MOST_TRIES and not is_held

    def is_visible_to(self, person: Person | None) -> bool:
        """The instance twin of `visible_to`."""
        return (person is not None and person.is_active) or self.cycle.held_on is not None

    @property
    def contents(self) -> dict[str, Any]:
        return section.read(self.body)

    @property
    def sections(self) -> list[section.Section]:
        return section.sections_of(self.body)


class PackFile(PublicFile):
    """A frozen pack as a file: made once by a worker."""

    pack = models.ForeignKey(EvidencePack, on_delete=models.PROTECT, related_name="files")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pack", "ending"], name="a_pack_once_as_each_file")]

    def __str__(self) -> str:
        return f"evidence-{self.pack.cycle.opens_on}-{self.pack.version}.{self.ending}"
