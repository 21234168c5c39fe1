"""A review while it is held: made with the first word, written by those who hold it, until its record is out."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from reviews.models import Gathering, GatheringCode, ReviewCycle, ReviewRecord
from riskassessment.services import room_codes
from safeguarding import audit, clock, crypto
from safeguarding.people.models import Person


class Over(Exception):
    """Its record is published: nothing more is written."""


def of(cycle: ReviewCycle) -> Gathering | None:
    return Gathering.objects.select_related("key", "cycle").filter(cycle=cycle).first()


def is_open(cycle: ReviewCycle) -> bool:
    """It may be held: its window opened, and no record is out."""
    return cycle.opened_at is not None and not ReviewRecord.objects.filter(gathering__cycle=cycle).exists()


def holds(cycle: ReviewCycle, person: Person) -> bool:
    return cycle.opened_at is not None and cycle.is_held_by(person)


def begun(cycle: ReviewCycle) -> Gathering:
    """The gathering of a review, locked until the transaction ends. Raises Over."""
    locked = ReviewCycle.objects.select_for_update().get(pk=cycle.pk)
    if not is_open(locked):
        raise Over
    there = of(locked)
    if there is not None:
        return there
    key = crypto.new_key()
    key.save(force_insert=True)
    made = Gathering(cycle=locked, key=key, begun_at=clock.now())
    made.save(force_insert=True)
    return made


def held_by(cycle: ReviewCycle, by: Person) -> Gathering:
    """The same for one of the two who hold it. Raises PermissionDenied, and Over."""
    if not holds(cycle, by):
        raise PermissionDenied
    return begun(cycle)


def find(typed: str) -> GatheringCode | None:
    """The open code that was typed, however it was typed."""
    return room_codes.find(open_codes(), typed)


def open_codes() -> models.QuerySet[GatheringCode]:
    rows = GatheringCode.objects.open(clock.now()).filter(gathering__record=None)
    return rows.select_related("gathering__cycle", "gathering__key")


def open_code_of(cycle: ReviewCycle) -> GatheringCode | None:
    return open_codes().filter(gathering__cycle=cycle).first()


@transaction.atomic
def open_code(*, cycle: ReviewCycle, by: Person) -> GatheringCode:
    """A fresh code for a day; the one before it ends."""
    meeting = held_by(cycle, by)
    room_codes.end(meeting.codes.all(), by=by)
    made = room_codes.make(GatheringCode(gathering=meeting), by=by)
    audit.record("review_code_opened", by=by, about=meeting.cycle)
    return made


@transaction.atomic
def end_code(*, cycle: ReviewCycle, by: Person) -> None:
    """Twice is once."""
    meeting = held_by(cycle, by)
    if room_codes.end(meeting.codes.all(), by=by):
        audit.record("review_code_ended", by=by, about=meeting.cycle)


@transaction.atomic
def show(*, cycle: ReviewCycle, by: Person) -> None:
    """End the silent writing: everybody who takes part reads what was written. Twice is once."""
    meeting = held_by(cycle, by)
    if Gathering.objects.filter(pk=meeting.pk, shown_at=None).update(shown_at=clock.now()):
        audit.record("review_voices_shown", by=by, about=meeting.cycle)


@transaction.atomic
def note_who(*, cycle: ReviewCycle, by: Person, ways: Sequence[str], took_part: str, missing: str) -> None:
    """Who took part, by which ways, and who was missing and why, in the group's words."""
    meeting = held_by(cycle, by)
    meeting.ways, meeting.took_part, meeting.missing = list(ways), took_part or None, missing or None
    meeting.save(update_fields=["ways", "took_part_sealed", "missing_sealed"])
    audit.record("review_who_noted", by=by, about=meeting.cycle)


@transaction.atomic
def note_agreement(*, cycle: ReviewCycle, by: Person, method: str, result: str, words: str) -> None:
    meeting = held_by(cycle, by)
    meeting.method, meeting.result, meeting.agreed_words = method, result, words or None
    meeting.save(update_fields=["method", "result", "agreed_words_sealed"])
    audit.record("review_agreement_noted", by=by, about=meeting.cycle, result=result)
