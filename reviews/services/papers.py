"""The statement, and the record of a review, as files for anybody: asked for when it is published, made by the worker, kept for good."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model

from reviews import recorded
from reviews.models import ReviewRecord, ReviewRecordFile, StatementFile, StatementVersion
from reviews.services import gathering
from safeguarding import clock, context, exports
from safeguarding.exports import Export, Made, Purpose
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, authorise, can

KIND, RECORD = "statement", "review_record"


@transaction.atomic
def ask(*, statement: StatementVersion, by: Person) -> Export:
    authorise(by, Verb.EDIT_STATEMENT)
    name = f"statement-{statement.number}"
    return exports.ask(
        by=by,
        kind=KIND,
        about=statement,
        purpose=Purpose.HAND_ON,
        words="",
        name=name,
        number=statement.number,
    )


@transaction.atomic
def keep(*, statement: StatementVersion, made: Iterable[Made]) -> None:
    """For every later reader. A file that is there already stays: the text of a version never changes."""
    for each in made:
        StatementFile.objects.get_or_create(
            statement=statement,
            ending=each.ending,
            defaults={"media_type": each.media_type, "content": each.content, "made_at": clock.now()},
        )


def are_being_made(thing: Model) -> bool:
    """Whether the worker still has them to make; else whoever may can ask once more."""
    with context.system():
        newest = Export.objects.filter(about_id=thing.pk).order_by("-created_at").first()
        return newest is not None and newest.is_waiting


def may_ask(record: ReviewRecord, person: Person) -> bool:
    return gathering.holds(record.gathering.cycle, person) or can(person, Verb.EDIT_STATEMENT)


@transaction.atomic
def ask_record(*, record: ReviewRecord, by: Person) -> Export:
    if not may_ask(record, by):
        raise PermissionDenied
    number = recorded.said(record).number
    return exports.ask(
        by=by,
        kind=RECORD,
        about=record,
        purpose=Purpose.HAND_ON,
        words="",
        name=name_of(record, number),
        number=number,
    )


def name_of(record: ReviewRecord, number: int) -> str:
    """Of its files: a corrected one is not taken for the one before."""
    return f"review-{record.held_on}-corrected-{number}" if number else f"review-{record.held_on}"


@transaction.atomic
def keep_record(*, record: ReviewRecord, number: int, made: Iterable[Made]) -> None:
    """For every later reader, after `number` corrections. A file that is there already stays."""
    for each in made:
        ReviewRecordFile.objects.get_or_create(
            record=record,
            number=number,
            ending=each.ending,
            defaults={"media_type": each.media_type, "content": each.content, "made_at": clock.now()},
        )
