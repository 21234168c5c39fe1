"""Files that a worker makes: asked for with a purpose, made apart from the request, kept sealed, and expiring.

Only the person who asked may have a file, and only while they may still see what it is about. Each
export has a key of its own; when its time is over the key goes, and with it what every copy holds.
"""

from __future__ import annotations

import contextlib
import hashlib
import signal
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import FrameType
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from safeguarding import audit, clock, crypto, faults, leases, outbox, transitions
from safeguarding.people.models import Person

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


class Purpose(models.TextChoices):
    HAND_ON = "hand_on", _("to pass it to people who must act on it")
    LOOK = "look", _("for a second look, a review or supervision")
    ASKED = "asked", _("the person it is about asked for it")
    LAW = "law", _("the law or a court asks for it")
    OTHER = "other", _("something else")


class ExportQuerySet(models.QuerySet["Export"]):
    def visible_to(self, person: Person) -> ExportQuerySet:
        """Whoever asked. Ask `is_visible_to` as well: what it is about may since be kept from them."""
        return self.filter(person=person).select_related("key", "person")

    def kept_about(self, thing: models.Model) -> ExportQuerySet:
        """What is being made, or can still be fetched, of one thing; newest first."""
        states = (ExportState.WAITING, ExportState.READY)
        return self.filter(about_id=thing.pk, state__in=states).order_by("-created_at")

    def due(self, now: datetime) -> ExportQuerySet:
        return self.exclude(leases.held(now)).filter(state=ExportState.WAITING)

    def overdue(self, now: datetime) -> ExportQuerySet:
        return self.due(now).filter(created_at__lte=now - OVERDUE_AFTER)

    def outlived(self, now: datetime) -> ExportQuerySet:
        ended = (ExportState.READY, ExportState.FAILED)
        return self.filter(state__in=ended, ended_at__lt=now - KEPT_FOR)


class Export(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    about_id = models.UUIDField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="exports")
    key = models.ForeignKey(crypto.RecordKey, on_delete=models.SET_NULL, null=True, related_name="+")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    words_sealed = crypto.sealed_column()  # why, in the words of the person who asked
    options = models.JSONField(default=dict)  # choices only, never words
    state = models.CharField(max_length=10, choices=ExportState.choices, default=ExportState.WAITING)
    name = models.CharField(max_length=80)  # of its files, without the ending
    created_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=80, blank=True)

    words = crypto.Sealed()
    objects = ExportQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def record_key(self) -> crypto.RecordKey:
        if self.key is None:
            raise crypto.CannotOpen("this file is no longer kept")
        return self.key

    @property
    def is_ready(self) -> bool:
        return self.state == ExportState.READY

    @property
    def is_waiting(self) -> bool:
        return self.state == ExportState.WAITING

    def is_visible_to(self, person: Person) -> bool:
        """The twin of `visible_to`, and whether they may still see what the file is about."""
        return self.person_id == person.pk and _kinds[self.kind].may_have(self, person)


class ExportFile(models.Model):
    """One file of an export. The digest stays when the content has gone: see /verify/."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    export = models.ForeignKey(Export, on_delete=models.CASCADE, related_name="files")
    ending = models.CharField(max_length=4)
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()  # bytes
    digest = models.BinaryField(max_length=32, db_index=True)
    content_sealed = crypto.sealed_column()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["export", "ending"], name="one_file_per_ending")]

    def __str__(self) -> str:
        return f"{self.export.name}.{self.ending}"

    def content(self) -> bytes:
        """Raises CannotOpen once it has expired."""
        sealed = bytes(self.content_sealed or b"")
        return self.export.record_key().open_bytes(sealed, bound_to=self._place)

    def seal(self, content: bytes) -> None:
        self.size, self.digest = len(content), hashlib.sha256(content).digest()
        self.content_sealed = self.export.record_key().seal_bytes(content, bound_to=self._place)

    @property
    def _place(self) -> str:
        return f"{self._meta.db_table}.content_sealed:{self.pk}"


@dataclass(frozen=True)
class Made:
    ending: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Kind:
    """How one kind of export is made, who may have it (asked again at every step), and what fetching it
    leaves in the audit: written before any content is given."""

    make: Callable[[Export], Sequence[Made]]
    may_have: Callable[[Export, Person], bool]
    note_fetching: Callable[[ExportFile, Person], None]


_kinds: dict[str, Kind] = {}


def register(name: str, kind: Kind) -> None:
    _kinds[name] = kind


def ask(
    *, by: Person, kind: str, about: models.Model, purpose: str, words: str, name: str, **options: Any
) -> Export:
    """Put one export in the queue. The caller has authorised; the purpose is recorded."""
    with transaction.atomic():
        key = crypto.new_key()
        key.save(force_insert=True)
        export = Export(
            kind=kind,
            about_id=about.pk,
            person=by,
            key=key,
            purpose=purpose,
            options=options,
            name=name,
            created_at=clock.now(),
        )
        export.words = words
        export.save(force_insert=True)
        outbox.wake()
        facts = {"export": str(export.pk), "kind": kind, "purpose": purpose, **options}
        audit.record("export_asked", by=by, about=about, **facts)
    return export


def fetch(*, export: Export, ending: str, by: Person) -> tuple[ExportFile, bytes] | None:
    """The file with its content, or None. The audit row is written before any content is given."""
    file = export.files.select_related("export__key").filter(ending=ending).first()
    if file is None or not export.is_ready:
        return None
    content = file.content()
    _kinds[export.kind].note_fetching(file, by)
    return file, content


def expire(*, now: datetime) -> int:
    """Forget what has outlived its time, keys first; returns how many exports."""
    with transaction.atomic():
        outlived = Export.objects.outlived(now).select_for_update(skip_locked=True)
        ids, keys = [], []
        for export in outlived:
            ids.append(export.pk)
            keys += [export.key_id] if export.key_id else []
        ExportFile.objects.filter(export__in=ids).update(content_sealed=None)
        Export.objects.filter(pk__in=ids).update(state=ExportState.EXPIRED, key=None, words_sealed=None)
        crypto.RecordKey.objects.filter(pk__in=keys).delete()
    return len(ids)


def digest_known(digest: bytes) -> ExportFile | None:
    """The file with this digest, for whoever holds it. Needs the system scope."""
    return ExportFile.objects.filter(digest=digest).select_related("export").first()


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
        return leases.claim(lambda now: Export.objects.due(now).order_by("created_at"), counted="tries")


def _make(export: Export) -> None:
    try:
        if export.tries > MOST_TRIES:
            raise TimeoutError
        with _alarm(LONGEST):
            made = _kinds[export.kind].make(export)
    except Exception as fault:  # whatever went wrong, the page must say so
        faults.note(fault, process="worker", view=f"export {export.kind}")
        _end(export, ExportState.FAILED, fault=type(fault).__name__)
    else:
        _keep(export, made)


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


def _keep(export: Export, made: Sequence[Made]) -> None:
    with transaction.atomic():
        if not _end(export, ExportState.READY):
            return
        for each in made:
            file = ExportFile(export=export, ending=each.ending, media_type=each.media_type)
            file.seal(each.content)
            file.save(force_insert=True)
        audit.record("export_made", by=audit.Other.SYSTEM, about=export, files=[m.ending for m in made])


def _end(export: Export, state: ExportState, fault: str = "") -> bool:
    """Whether it ended here; another worker may have finished it first."""
    with contextlib.suppress(transitions.Conflict):
        now = clock.now()
        transitions.move(export, to=state, table=TRANSITIONS, ended_at=now, leased_until=None, fault=fault)
        outbox.wake()
        return True
    return False
