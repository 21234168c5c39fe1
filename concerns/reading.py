"""One concern as it is read: the page and the PDF both come from here, so that they never differ.

Nothing is written and nothing is checked here: whoever calls has found the concern through
`visible_to`, and has written the reading to the audit before any of this is shown.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from concerns.enums import EntryKind
from concerns.models import Closing, Concern, Entry, InvolvedPerson, Message, ReporterIdentity, Telling
from safeguarding.audit import AuditEntry
from safeguarding.outbox import OutboxMessage
from safeguarding.people.models import Person

READ = "read"  # the audit's verb for one reading of one record


@dataclass(frozen=True)
class Moment:
    """One entry of the timeline, whatever wrote it. `source` is the row, for what a page wants besides."""

    source: Entry | Message | Closing
    author: str
    happened_at: datetime | None
    told_at: datetime | None
    written_at: datetime
    entered_at: datetime


@dataclass(frozen=True)
class Told:
    """One telling, and what became of its message."""

    telling: Telling
    message: OutboxMessage | None  # None once its row has outlived its time


@dataclass(frozen=True)
class Reader:
    name: str
    first_at: datetime
    times: int


@dataclass(frozen=True)
class Reporter:
    """The person who raised it, as far as they are shown: `name` and ways are None when kept back."""

    identity: ReporterIdentity
    revealed: bool

    @property
    def can_be_revealed(self) -> bool:
        return not self.identity.is_anonymous

    @property
    def name(self) -> str | None:
        return self.identity.name if self.revealed else None

    @property
    def email(self) -> str | None:
        return self.identity.email if self.revealed else None

    @property
    def phone(self) -> str | None:
        return self.identity.phone if self.revealed else None

    @property
    def safe_ways(self) -> str | None:
        return self.identity.safe_ways if self.revealed else None


@dataclass(frozen=True)
class Record:
    concern: Concern
    words: str | None
    details: dict[str, Any]
    reporter: Reporter
    people: Sequence[InvolvedPerson]
    story: Sequence[Moment]
    told: Sequence[Told]
    readers: Sequence[Reader]


def record_of(concern: Concern, *, reveal_reporter: bool = False) -> Record:
    """Everything that is kept about one concern, in nine queries whatever its length."""
    return Record(
        concern=concern,
        words=concern.words,
        details=json.loads(concern.details or "{}"),
        reporter=Reporter(concern.reporter, revealed=reveal_reporter),
        people=_same_key(concern, concern.involved.select_related("person").order_by("added_at", "id")),
        story=story_of(concern),
        told=told_of(concern),
        readers=readers_of(concern),
    )


def story_of(concern: Concern) -> list[Moment]:
    """The timeline, in the order in which it was entered."""
    entries = _same_key(concern, concern.entries.select_related("by", "corrects"))
    messages = _same_key(concern, concern.messages.select_related("by"))
    closings = _same_key(concern, concern.closings.select_related("by"))
    moments = [_of_entry(e) for e in entries] + [_of_answer(a) for a in (*messages, *closings)]
    return sorted(moments, key=lambda moment: moment.entered_at)


def _of_entry(entry: Entry) -> Moment:
    return Moment(
        source=entry,
        author=_author(entry.by),
        happened_at=entry.happened_at,
        told_at=entry.told_at,
        written_at=entry.written_at,
        entered_at=entry.entered_at,
    )


def _of_answer(answer: Message | Closing) -> Moment:
    at = answer.at
    return Moment(answer, _author(answer.by), happened_at=None, told_at=None, written_at=at, entered_at=at)


def _author(by: Person | None) -> str:
    return by.preferred_name if by else _("the person who raised it")


def told_of(concern: Concern) -> list[Told]:
    tellings = concern.tellings.select_related("contact", "person").order_by("at", "id")
    messages = {message.pk: message for message in OutboxMessage.objects.about(concern.pk)}
    return [Told(telling, messages.get(telling.message_id)) for telling in tellings]


def readers_of(concern: Concern) -> list[Reader]:
    """Who has opened it: each person once, with the first time and how often."""
    readings = AuditEntry.objects.about(concern).filter(verb=READ).values_list("actor_id", "at")
    times: dict[UUID, list[datetime]] = {}
    for person_id, at in readings.filter(actor_id__isnull=False).order_by("seq"):
        times.setdefault(person_id, []).append(at)  # type: ignore[arg-type]  # filtered
    names = dict(Person.objects.filter(pk__in=times).values_list("pk", "preferred_name"))
    return [
        Reader(names.get(pk, _("somebody")), all_times[0], len(all_times)) for pk, all_times in times.items()
    ]


def heading_of(moment: Moment) -> str:
    """What one moment of the timeline is called."""
    source = moment.source
    if isinstance(source, Entry):
        return (
            _("A step: %(act)s") % {"act": source.act}
            if source.kind == EntryKind.MOVED
            else _first_up(source)
        )
    if isinstance(source, Message):
        return _("Message from the person who raised it") if source.from_reporter else _("Message to them")
    return _("Closed")


def _first_up(entry: Entry) -> str:
    words = str(entry.get_kind_display())
    return words[:1].upper() + words[1:]


def _same_key(concern: Concern, rows: Any) -> list[Any]:
    """Rows that share the concern already in hand: its key is opened once."""
    found = list(rows)
    for row in found:
        row.concern = concern
    return found
