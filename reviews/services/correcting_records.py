"""A record of a review that is out gets new words. What it said before stays beside them, with the day and the reason."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction

from reviews.models import RecordCorrection, ReviewCycle, ReviewRecord
from reviews.services import gathering, papers
from riskassessment.services import naming
from safeguarding import audit, clock, context
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can
from safeguarding.transitions import Conflict


@dataclass(frozen=True)
class Reworded:
    summary: str
    said_did: str
    reason: str


def may_correct(record: ReviewRecord, person: Person) -> bool:
    """Whoever holds that review, and whoever looks after the statement."""
    edits = person.used_second_factor and can(person, Verb.EDIT_STATEMENT)
    return edits or gathering.holds(record.gathering.cycle, person)


def names_in(words: Reworded) -> list[str]:
    """The names of our people in what would go out: each is asked about."""
    return naming.in_words("\n".join([words.summary, words.said_did, words.reason]))


@transaction.atomic
def correct(*, record: ReviewRecord, by: Person, words: Reworded, seen: int) -> RecordCorrection:
    """Out at once, also where the review is listed; its files are made anew. Sent twice is once.

    `seen`: how many corrections the page knew of. Raises Conflict when another came meanwhile.
    """
    if not may_correct(record, by):
        raise PermissionDenied
    cycle = ReviewCycle.objects.select_for_update().get(pk=record.gathering.cycle_id)
    last = record.corrections.last()
    number = last.number if last else 0
    if number == seen + 1 and last is not None and _is_the_same(last, by, words):
        return last
    if number != seen:
        raise Conflict(last or record)
    made = RecordCorrection(
        record=record,
        number=number + 1,
        summary=words.summary,
        said_did=words.said_did,
        reason=words.reason,
        at=clock.now(),
        by=by,
    )
    made.save(force_insert=True)
    cycle.summary = words.summary
    cycle.save(update_fields=["summary"])
    audit.record("review_record_corrected", by=by, about=cycle, number=made.number)
    with context.oneself(by):
        papers.ask_record(record=record, by=by)
    return made


def _is_the_same(last: RecordCorrection, by: Person, words: Reworded) -> bool:
    return last.by_id == by.pk and words == Reworded(last.summary, last.said_did, last.reason)
