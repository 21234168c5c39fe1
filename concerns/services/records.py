"""Asking for the record of a concern as a file."""

from __future__ import annotations

from django.db import transaction

from concerns.models import Concern
from safeguarding import audit, exports
from safeguarding.exports import Export
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, authorise

KIND = "concern_record"


@transaction.atomic
def ask_for_record(
    *, concern: Concern, by: Person, purpose: str, words: str = "", with_reporter: bool = False
) -> Export:
    """Queue the PDF and its text. With the reporter's name it is a revealing, whose reason is the purpose."""
    authorise(by, Verb.EXPORT_CONCERNS, concern)
    if with_reporter:
        authorise(by, Verb.REVEAL_REPORTER, concern)
        audit.record("reporter_revealed", by=by, about=concern, in_export=True)
    return exports.ask(
        by=by,
        kind=KIND,
        about=concern,
        purpose=purpose,
        words=words,
        name=f"record-{concern.reference}",
        with_reporter=with_reporter,
    )
