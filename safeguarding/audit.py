"""The only writer of audit rows: who did what to which thing, never what it said.

The database chains the rows by hash and refuses every change to them (migration 0002). Write late in
a transaction: the chain's lock lasts to the commit. `by` is a person or one of the two named others.
"""

from __future__ import annotations

import enum
import hashlib
import uuid
from collections.abc import Iterator
from typing import Any

from django.db import models

from safeguarding import clock
from safeguarding.people.models import Person


class Other(enum.Enum):
    REPORTER = "reporter"  # whoever raised the concern, named or not
    SYSTEM = "system"  # dispatch, worker, beat, a command
    VISITOR = "visitor"  # someone who has not signed in


Actor = Person | Other
BATCH = 2000  # rows read at once when the chain is walked


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    def about(self, thing: models.Model) -> AuditQuerySet:
        return self.filter(about_type=thing._meta.label_lower, about_id=thing.pk)


class AuditEntry(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    seq = models.BigIntegerField(unique=True)
    recorded_at = models.DateTimeField()  # set by the database
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_id = models.UUIDField(null=True)  # no foreign key: the row outlives the person
    verb = models.CharField(max_length=60)
    about_type = models.CharField(max_length=60, blank=True)
    about_id = models.UUIDField(null=True)
    facts = models.JSONField(default=dict)  # ids, states and counts only
    previous_hash = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering = ["seq"]
        indexes = [models.Index(fields=["about_id", "seq"]), models.Index(fields=["actor_id", "at"])]

    def __str__(self) -> str:
        return f"{self.seq} {self.verb}"


def record(verb: str, *, by: Actor, about: models.Model | None = None, **facts: Any) -> None:
    """Write one row. `facts` holds ids, states and counts; the database adds sequence and hash."""
    now = clock.now()
    AuditEntry(
        seq=0,
        recorded_at=now,
        at=now,
        actor_kind="person" if isinstance(by, Person) else by.value,
        actor_id=by.pk if isinstance(by, Person) else None,
        verb=verb,
        about_type=about._meta.label_lower if about else "",
        about_id=about.pk if about else None,
        facts=facts,
        previous_hash=b"",
        hash=b"",
    ).save(force_insert=True)


def head() -> tuple[int, str]:
    """The newest sequence and hash (hex); printed in mails and exports so that a rollback shows."""
    last = AuditEntry.objects.order_by("-seq").values_list("seq", "hash").first()
    return (last[0], bytes(last[1]).hex()) if last else (0, "")


def faults() -> Iterator[str]:
    """Walk the chain in order; yield one sentence for each fault, the first bad row first."""
    previous, seq = b"", 0
    for row, text in _rows_with_text():
        seq += 1
        if row.seq != seq:
            yield f"row {seq} is missing (found {row.seq})"
            seq = row.seq
        if bytes(row.previous_hash) != previous:
            yield f"row {row.seq} does not follow the row before it"
        if hashlib.sha256(bytes(row.previous_hash) + text.encode()).digest() != bytes(row.hash):
            yield f"row {row.seq} was changed"
        previous = bytes(row.hash)


def _rows_with_text() -> Iterator[tuple[AuditEntry, str]]:
    """Every row in order, with the text that the database hashed; read in batches, however long the chain."""
    seq = 0
    while True:
        batch = list(
            AuditEntry.objects.raw(
                "SELECT *, safeguarding_audit_text(a) AS text FROM safeguarding_auditentry a"
                " WHERE seq > %s ORDER BY seq LIMIT %s",
                [seq, BATCH],
            )
        )
        if not batch:
            return
        yield from ((row, row.text) for row in batch)  # type: ignore[attr-defined]  # the query adds it
        seq = batch[-1].seq


def contains(seq: int, digest: str) -> bool:
    """Whether a printed head is still in the chain: it is not, once rows were rolled back or rewritten."""
    return AuditEntry.objects.filter(seq=seq, hash=bytes.fromhex(digest)).exists()
