"""Decision records: written without anybody in them, checked by somebody else, then found when a choice is alike."""

from __future__ import annotations

import hashlib
import itertools
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from reviews.models import Clause, DecisionCheck, DecisionLook, DecisionRecord
from reviews.models.decisions import PARTS
from reviews.weighing import Verdict
from safeguarding import audit, clock, crypto
from safeguarding.people.models import Person
from safeguarding.permissions import ROLES, Verb, authorise, can
from safeguarding.statement.models import Value
from safeguarding.transitions import Conflict


@dataclass(frozen=True)
class Told:
    """A decision as its writer tells it; who checks it is somebody else."""

    situation: str
    options: str
    chosen: str
    reason: str
    choice: str
    basis: str
    doubter: str
    checker: Person
    pressures: Collection[str] = ()
    values: Collection[Value] = ()
    clauses: Collection[Clause] = field(default=())


def sample(since: date, until: date, size: int) -> list[DecisionRecord]:
    """Some of the records that were checked in these days, both included, of every kind of choice in turn.

    The same days always give the same ones, and which they are cannot be guessed from when they were written.
    """
    kinds: defaultdict[str, list[DecisionRecord]] = defaultdict(list)
    for record in DecisionRecord.objects.checked().to_read().filter(checked_on__range=(since, until)):
        kinds[record.choice].append(record)
    by_chance = [sorted(kinds[kind], key=lambda each: _lot(each, since, until)) for kind in sorted(kinds)]
    in_turn = itertools.chain.from_iterable(itertools.zip_longest(*by_chance))
    return [record for record in in_turn if record is not None][:size]


def _lot(record: DecisionRecord, since: date, until: date) -> bytes:
    return hashlib.sha256(f"{since} {until} {record.pk}".encode()).digest()


def checkers(*, but: Person) -> list[Person]:
    """Who may be asked to check what this person writes."""
    roles = [role for role, verbs in ROLES.items() if Verb.CHECK_DECISIONS in verbs]
    return list(Person.objects.holding(*roles).exclude(pk=but.pk).order_by("preferred_name", "pk"))


@transaction.atomic
def write(*, told: Told, by: Person, once: UUID | None = None) -> DecisionRecord:
    """Keep it sealed for its writer and its checker; a day is kept, and nothing of where it came from.

    The same page sent twice is kept once.
    """
    authorise(by, Verb.RECORD_DECISIONS)
    pk = once or uuid4()
    if (there := DecisionRecord.objects.filter(pk=pk, written_by=by).first()) is not None:
        return there
    key = crypto.new_key()
    key.save(force_insert=True)
    record = DecisionRecord(pk=pk, key=key, written_by=by, written_on=timezone.localdate(clock.now()))
    _take(record, told)
    record.save(force_insert=True)
    _link(record, told)
    audit.record("decision_written", by=by, about=record, choice=told.choice)
    return record


@transaction.atomic
def rewrite(*, record: DecisionRecord, told: Told, by: Person, version: int) -> None:
    """Its writer changes it before it is checked. Raises Conflict where somebody was first."""
    authorise(by, Verb.RECORD_DECISIONS)
    locked = _locked(record, version)
    if locked.written_by_id != by.pk:
        raise PermissionDenied
    _take(locked, told)
    locked.version, locked.waits_for_writer = version + 1, False
    sealed = [f"{part}_sealed" for part in PARTS]
    plain = ["choice", "basis", "doubter", "checker", "pressures", "version", "waits_for_writer"]
    locked.save(update_fields=[*sealed, *plain])
    _link(locked, told)
    audit.record("decision_rewritten", by=by, about=locked)


def _locked(record: DecisionRecord, version: int) -> DecisionRecord:
    """Not checked, and as whoever acts has seen it."""
    waiting = DecisionRecord.objects.select_for_update(of=("self",)).select_related("key").unchecked()
    locked = waiting.filter(pk=record.pk, version=version).first()
    if locked is None:
        raise Conflict(record)
    return locked


def _take(record: DecisionRecord, told: Told) -> None:
    if told.checker.pk == record.written_by_id or not can(told.checker, Verb.CHECK_DECISIONS):
        raise PermissionDenied
    for part in PARTS:
        setattr(record, part, getattr(told, part))
    record.choice, record.basis, record.doubter = told.choice, told.basis, told.doubter
    record.checker, record.pressures = told.checker, list(told.pressures)


def _link(record: DecisionRecord, told: Told) -> None:
    record.values.set(told.values)
    record.clauses.set(told.clauses)


@transaction.atomic
def check(
    *, record: DecisionRecord, by: Person, version: int, verdict: str, words: dict[str, str], why: str = ""
) -> None:
    """Whoever was asked lets it pass, as it is or with these words, or sends it back. Never its writer.

    Raises Conflict where it changed, or was checked or sent back already.
    """
    authorise(by, Verb.CHECK_DECISIONS, record)
    locked = _locked(record, version)
    if by.pk != locked.checker_id:
        raise PermissionDenied
    if locked.waits_for_writer:
        raise Conflict(record)
    made = DecisionCheck(decision=locked, verdict=verdict, by=by, at=clock.now())
    made.why = why or None
    made.save(force_insert=True)
    if verdict == Verdict.NOT_YET:
        locked.waits_for_writer = True
        locked.save(update_fields=["waits_for_writer"])
    else:
        _open(locked, by, words if verdict == Verdict.REWORDED else locked.told)
    audit.record("decision_checked", by=by, about=locked, verdict=verdict)


def _open(record: DecisionRecord, by: Person, words: dict[str, str]) -> None:
    """What was checked stands open; what was sealed stays sealed, and nobody is shown it any more."""
    for part in PARTS:
        setattr(record, f"{part}_text", words[part])
    record.checked_by, record.checked_on = by, timezone.localdate(clock.now())
    record.save(update_fields=[*(f"{part}_text" for part in PARTS), "checked_by", "checked_on"])


@transaction.atomic
def look_back(
    *, record: DecisionRecord, by: Person, again: str, words: str = "", once: UUID | None = None
) -> DecisionLook:
    """Say later whether we would decide so again. Others read the words once somebody else let them pass.

    The same page sent twice is kept once.
    """
    authorise(by, Verb.RECORD_DECISIONS, record)
    if not record.is_checked:
        raise PermissionDenied
    DecisionRecord.objects.select_for_update().get(pk=record.pk)
    pk = once or uuid4()
    if (there := DecisionLook.objects.filter(pk=pk, by=by).first()) is not None:
        return there
    look = DecisionLook(pk=pk, decision=record, again=again, on=timezone.localdate(clock.now()), by=by)
    look.words = words or None
    look.save(force_insert=True)
    audit.record("decision_looked_back", by=by, about=record, again=again)
    return look


@transaction.atomic
def pass_look(*, look: DecisionLook, by: Person) -> None:
    """Nobody can be known from these words: said by somebody who did not write them. Twice is once."""
    authorise(by, Verb.CHECK_DECISIONS, look.decision)
    if look.by_id == by.pk:
        raise PermissionDenied
    waiting = DecisionLook.objects.filter(pk=look.pk, checked_at=None)
    if waiting.update(checked_by=by, checked_at=clock.now()):
        audit.record("decision_look_checked", by=by, about=look.decision)
