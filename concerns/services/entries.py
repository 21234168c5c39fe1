"""The timeline: notes, decisions and corrections, each written once; and the steps the acts leave behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from concerns.enums import EntryKind
from concerns.models import Concern, Entry
from concerns.services import versions
from safeguarding import audit, clock
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, authorise
from safeguarding.transitions import NotAllowed

NOTES = (EntryKind.SEEN, EntryKind.JUDGEMENT)


class HandOverFirst(NotAllowed):
    """Someone under 18 is involved: the university's procedure comes before local decisions and closing."""


@dataclass(frozen=True)
class When:
    """When it happened, was told and was written down. `day_only`: which of these have no time of day."""

    happened_at: datetime | None = None
    told_at: datetime | None = None
    written_at: datetime | None = None
    day_only: tuple[str, ...] = ()


def expect_hand_over(concern: Concern) -> None:
    if concern.waits_for_hand_over:
        raise HandOverFirst("the hand-over is not recorded yet")


def written(once: UUID | None) -> Entry | None:
    """What the same form wrote already."""
    return Entry.objects.filter(pk=once).first() if once else None


def write(
    concern: Concern,
    *,
    kind: EntryKind,
    by: Person | None,
    act: str = "",
    words: str | None = None,
    reason: str | None = None,
    when: When | None = None,
    corrects: Entry | None = None,
    once: UUID | None = None,
    **facts: Any,
) -> Entry:
    """Write one entry; without `by`, the reporter's. `once` is the form's own id: sent twice, it is one entry."""
    now, when = clock.now(), when or When()
    if when.day_only:
        facts["day_only"] = list(when.day_only)
    entry = Entry(
        id=once or uuid4(),
        concern=concern,
        kind=kind,
        act=act,
        by=by,
        corrects=corrects,
        happened_at=when.happened_at,
        told_at=when.told_at,
        written_at=min(when.written_at or now, now),
        entered_at=now,
        facts={"version": concern.version, **facts},
    )
    entry.words, entry.reason = words or None, reason or None
    entry.save(force_insert=True)
    return entry


def step(concern: Concern, act: str, *, by: Person | None, once: UUID | None = None, **more: Any) -> Entry:
    """What an act leaves in the timeline: which act, its choices as facts, words and reason where asked."""
    return write(concern, kind=EntryKind.MOVED, by=by, act=act, once=once, **more)


@transaction.atomic
def add_note(
    *,
    concern: Concern,
    by: Person,
    kind: EntryKind,
    words: str,
    when: When | None = None,
    once: UUID | None = None,
) -> Entry:
    """Add what was seen or heard, or our judgement. Never waits for anything."""
    authorise(by, Verb.TRIAGE_CONCERNS, concern)
    if kind not in NOTES:
        raise NotAllowed("a note is what was seen or heard, or a judgement")
    versions.touch(concern)
    if (done := written(once)) is not None:
        return done
    note = write(concern, kind=kind, by=by, words=words, when=when, once=once)
    audit.record("note_added", by=by, about=concern, entry=str(note.pk), kind=kind)
    return note


@transaction.atomic
def correct(*, entry: Entry, by: Person, words: str, once: UUID | None = None) -> Entry:
    """Append a correction: what stood stays, and both are shown."""
    concern = entry.concern
    authorise(by, Verb.TRIAGE_CONCERNS, concern)
    versions.touch(concern)
    if (done := written(once)) is not None:
        return done
    correction = write(concern, kind=EntryKind.CORRECTION, by=by, words=words, corrects=entry, once=once)
    audit.record("entry_corrected", by=by, about=concern, entry=str(entry.pk), correction=str(correction.pk))
    return correction


@transaction.atomic
def decide(
    *,
    concern: Concern,
    by: Person,
    decided: str,
    reason: str,
    version: int | None = None,
    once: UUID | None = None,
) -> Entry:
    """Record a decision with its reason. Under 18 it waits: raises HandOverFirst."""
    authorise(by, Verb.TRIAGE_CONCERNS, concern)
    versions.expect(concern, version)
    expect_hand_over(concern)
    versions.change(concern, version)
    decision = write(concern, kind=EntryKind.DECISION, by=by, words=decided, reason=reason, once=once)
    audit.record("decided", by=by, about=concern, entry=str(decision.pk))
    return decision
