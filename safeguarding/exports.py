"""Files that a worker makes: asked for with a purpose, made apart from the request, kept sealed, and expiring."""

from __future__ import annotations

import contextlib
import hashlib
import signal
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from types import FrameType

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from safeguarding import audit, clock, faults, outbox, transitions
from safeguarding.people.models import Person

LEASE = timedelta(seconds=60)
LONGEST = 30  # seconds one file may take; then an alarm ends it
BATCH = 10  # seconds after which one look claims no further file
LONGEST_BATCH = BATCH + LONGEST + 5  # seconds; then the process that makes them is killed
OVERDUE_AFTER = timedelta(seconds=20)
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


class ExportQuerySet(models.QuerySet["Export"]):
    def due(self, now: datetime) -> ExportQuerySet:
        free = models.Q(leased_until=None) | models.Q(leased_until__lt=now)
        return self.filter(free, state=ExportState.WAITING)

    def overdue(self, now: datetime) -> ExportQuerySet:
        return self.due(now).filter(created_at__lte=now - OVERDUE_AFTER)


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

    objects = ExportQuerySet.as_manager()

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
    """Claim and make waiting files, for BATCH seconds and one file more; returns how many were tried.

    Only in a process's main thread: the alarm that ends a slow file rings nowhere else.
    """
    tried, until = 0, time.monotonic() + BATCH
    while time.monotonic() < until and (export := _claim()) is not None:
        _make(export)
        tried += 1
    return tried


def _claim() -> Export | None:
    with transaction.atomic():
        now = clock.now()
        due = Export.objects.due(now).order_by("created_at")
        export = due.select_for_update(skip_locked=True).first()
        if export is None:
            return None
        export.leased_until, export.tries = now + LEASE, export.tries + 1
        export.save(update_fields=["leased_until", "tries"])
    return export


def _make(export: Export) -> None:
    try:
        if export.tries > MOST_TRIES:
            raise TimeoutError
        with _alarm(LONGEST):
            content = _makers[export.kind](export)
    except Exception as fault:  # whatever went wrong, the page must say so
        faults.note(fault, process="worker", view=f"export {export.kind}")
        _end(export, ExportState.FAILED, fault=type(fault).__name__)
    else:
        _end(export, ExportState.READY, content=content, digest=hashlib.sha256(content).digest())


@contextlib.contextmanager
def _alarm(seconds: int) -> Iterator[None]:
    """Raise TimeoutError in the block when its time is up."""

    def ring(number: int, frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _end(export: Export, state: ExportState, **columns: object) -> None:
    with contextlib.suppress(transitions.Conflict):  # another worker finished it first
        transitions.move(
            export, to=state, table=TRANSITIONS, ended_at=clock.now(), leased_until=None, **columns
        )
    outbox.wake()
