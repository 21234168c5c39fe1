"""Files that a worker makes: asked for with a purpose, made apart from the request, kept sealed, and expiring."""

from __future__ import annotations

import contextlib
import hashlib
import uuid
from collections.abc import Callable
from datetime import timedelta

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from safeguarding import audit, clock, faults, outbox, transitions
from safeguarding.people.models import Person

LEASE = timedelta(seconds=60)
LONGEST = 30  # seconds one file may take
MOST_TRIES = 3
KEPT_FOR = timedelta(hours=24)


class ExportState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    READY = "ready", _("ready")
    FAILED = "failed", _("could not be made")
    EXPIRED = "expired", _("no longer kept")


TRANSITIONS: dict[str, frozenset[str]] = {
    ExportState.WAITING: frozenset({ExportState.READY, ExportState.FAILED}),
    ExportState.READY: frozenset({ExportState.EXPIRED}),
    ExportState.FAILED: frozenset({ExportState.EXPIRED}),
    ExportState.EXPIRED: frozenset(),
}


class Export(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    about_id = models.UUIDField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="exports")
    purpose = models.CharField(max_length=200)
    options = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=ExportState.choices, default=ExportState.WAITING)
    file_name = models.CharField(max_length=120)
    content = models.BinaryField(null=True)
    digest = models.BinaryField(max_length=32, null=True, db_index=True)
    created_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=80, blank=True)

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_ready(self) -> bool:
        return self.state == ExportState.READY


def ask(
    *, by: Person, kind: str, about: models.Model, purpose: str, file_name: str, **options: object
) -> Export:
    """Put one file in the queue. The caller has authorised; the purpose is recorded."""
    with transaction.atomic():
        export = Export.objects.create(
            kind=kind,
            about_id=about.pk,
            person=by,
            purpose=purpose,
            options=options,
            file_name=file_name,
            created_at=clock.now(),
        )
        outbox.wake()
        audit.record("export_asked", by=by, about=about, export=str(export.pk), kind=kind)
    return export


Maker = Callable[[Export], bytes]
_makers: dict[str, Maker] = {}


def maker(kind: str) -> Callable[[Maker], Maker]:
    """Register how one kind of file is made: a function of the export that returns its bytes."""

    def register(make: Maker) -> Maker:
        _makers[kind] = make
        return make

    return register


def make_due() -> int:
    """Claim and make every waiting file; returns how many were tried."""
    tried = 0
    while (export := _claim()) is not None:
        _make(export)
        tried += 1
    return tried


def _claim() -> Export | None:
    with transaction.atomic():
        now = clock.now()
        free = models.Q(leased_until=None) | models.Q(leased_until__lt=now)
        waiting = Export.objects.filter(free, state=ExportState.WAITING).order_by("created_at")
        export = waiting.select_for_update(skip_locked=True).first()
        if export is None:
            return None
        export.leased_until, export.tries = now + LEASE, export.tries + 1
        export.save(update_fields=["leased_until", "tries"])
    return export


def _make(export: Export) -> None:
    try:
        if export.tries > MOST_TRIES:
            raise TimeoutError
        content = _makers[export.kind](export)
    except Exception as fault:  # whatever went wrong, the page must say so
        faults.note(fault, process="worker", view=f"export {export.kind}")
        _end(export, ExportState.FAILED, fault=type(fault).__name__)
    else:
        _end(export, ExportState.READY, content=content, digest=hashlib.sha256(content).digest())


def _end(export: Export, state: ExportState, **columns: object) -> None:
    with contextlib.suppress(transitions.Conflict):  # another worker finished it first
        transitions.move(
            export, to=state, table=TRANSITIONS, ended_at=clock.now(), leased_until=None, **columns
        )
    outbox.wake()
