"""Free text on its way into a pack: only what somebody who did not write it has read."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, F, Model, OuterRef, QuerySet, Value
from django.db.models.functions import Length, Lower, StrIndex

from reviews.models import ReviewCycle, Suggestion, WordsRead
from reviews.packs import Outcome, Source
from riskassessment.models import Activity, AfterReview
from riskassessment.services import naming
from safeguarding import audit, clock, crypto
from safeguarding.audit import AuditEntry
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can

AT_ONCE = 200  # things whose words are opened together
SHORTEST = 4  # letters: a shorter title or place is found in any text
_REACHED = re.compile(r"\S{1,64}@\S{1,255}|(?:\d[\s()-]{0,3}){7,15}|\b[A-Z0-9]{4}(?:-[A-Z0-9]{4}){1,5}\b")


class WroteIt(Exception):
    """Nobody passes their own words."""


class ChangedMeanwhile(Exception):
    """The words are not the ones that were read."""


class StandsOut(Exception):
    """Names, places or ways to reach somebody stand in the words, and nobody said that they may."""

    def __init__(self, found: Sequence[str]) -> None:
        super().__init__()
        self.found = list(found)


@dataclass(frozen=True)
class Unread:
    """One text that waits."""

    source: Source
    pk: UUID
    at: datetime
    words: str

    @property
    def seen(self) -> str:
        return hash_of(self.words).hex()


def may_read(cycle: ReviewCycle, person: Person) -> bool:
    """Whoever holds this review, and whoever looks after the statement."""
    edits = person.used_second_factor and can(person, Verb.EDIT_STATEMENT)
    return cycle.opened_at is not None and (edits or cycle.is_held_by(person))


def hash_of(words: str) -> bytes:
    """What was read, so that other words are noticed."""
    return crypto.keyed_hash("receipt", f"words read {words}")


def words_of(source: Source, thing: Any) -> str:
    """A suggestion's words, or the answer of an after-review that the source is named for."""
    return str((thing.words if source == Source.SUGGESTION else getattr(thing, str(source))) or "")


def things_of(source: Source) -> QuerySet[Any]:
    """Those that say anything, whoever waited longest first."""
    if source == Source.SUGGESTION:
        return Suggestion.objects.exclude(words_sealed=None).select_related("key").order_by("at", "pk")
    return AfterReview.objects.exclude(**{str(source): ""}).order_by("changed_at", "pk")


def _moment(source: Source) -> str:
    return "at" if source == Source.SUGGESTION else "changed_at"


def unread(source: Source, things: QuerySet[Any]) -> QuerySet[Any]:
    """Read by nobody since they were written. What its writer took back has no words."""
    things = things.exclude(words_sealed=None) if source == Source.SUGGESTION else things
    rows = WordsRead.objects.standing().filter(source=source, source_id=OuterRef("pk"))
    return things.filter(~Exists(rows.filter(at__gte=OuterRef(_moment(source)))))


def some_wait(source: Source, things: QuerySet[Any]) -> bool:
    return bool(unread(source, things).exists())


def passed(source: Source, things: QuerySet[Any]) -> Iterator[tuple[Any, str]]:
    """Each thing whose words may stand, in order, with the words that may. However many: a batch at a time."""
    read = WordsRead.objects.standing().filter(source=source).exclude(outcome=Outcome.LEFT_OUT)
    some = things.filter(pk__in=read.values("source_id"))
    walk = some.iterator(chunk_size=AT_ONCE)
    while batch := list(itertools.islice(walk, AT_ONCE)):
        yield from _passed(source, batch)


def _passed(source: Source, batch: Sequence[Any]) -> Iterator[tuple[Any, str]]:
    readings = _standing(source, batch)
    for thing in batch:
        words, reading = words_of(source, thing), readings.get(thing.pk)
        if reading is not None and bytes(reading.words_hash) == hash_of(words):
            yield thing, (reading.instead or "") if reading.outcome == Outcome.INSTEAD else words


def _standing(source: Source, batch: Sequence[Model]) -> dict[Any, WordsRead]:
    rows = WordsRead.objects.standing().select_related("key")
    return {r.source_id: r for r in rows.filter(source=source, source_id__in=[each.pk for each in batch])}


def waiting(person: Person, since: datetime | None, *, most: int, again: bool = False) -> list[Unread]:
    """What this person may read for the pack, or `again`: nothing that they wrote. Of each source the oldest first."""
    found = itertools.chain.from_iterable(_waiting(source, person, since, again) for source in Source)
    return list(itertools.islice(found, most))


def _waiting(source: Source, person: Person, since: datetime | None, again: bool) -> Iterator[Unread]:
    for thing in _readable(source, person, since, again).iterator(chunk_size=AT_ONCE):
        yield Unread(source, thing.pk, getattr(thing, _moment(source)), words_of(source, thing))


def _readable(source: Source, person: Person, since: datetime | None, again: bool = False) -> QuerySet[Any]:
    new = unread(source, things_of(source))
    things = things_of(source).exclude(pk__in=new.values("pk")) if again else new
    if since is not None:
        things = things.filter(**{f"{_moment(source)}__gte": since})
    return _not_written_by(person, source, things)


def how_many_wait(person: Person, since: datetime | None) -> int:
    """For this person. One question to the database, and no words are opened."""
    first, *others = (_readable(source, person, since).order_by().values("pk") for source in Source)
    return first.union(*others, all=True).count()


def _not_written_by(person: Person, source: Source, things: QuerySet[Any]) -> QuerySet[Any]:
    """The twin of `writers`."""
    if source == Source.SUGGESTION:
        return things.exclude(person=person).exclude(typed_in_by=person)
    wrote = AuditEntry.objects.filter(verb="after_written", about_id=OuterRef("activity"), actor_id=person.pk)
    return things.exclude(changed_by=person).filter(~Exists(wrote))


def writers(source: Source, thing: Any) -> set[UUID]:
    """As far as we know them: with an account, or who typed it in; of an after-review everybody who wrote in it."""
    if source == Source.SUGGESTION:
        return {pk for pk in (thing.person_id, thing.typed_in_by_id) if pk}
    rows = AuditEntry.objects.filter(verb="after_written", about_id=thing.activity_id)
    return {thing.changed_by_id, *rows.values_list("actor_id", flat=True)}


def found(source: Source, pk: UUID, person: Person) -> Unread | None:
    """One that this person may read; also once more, where somebody thinks better of it."""
    thing = things_of(source).filter(pk=pk).first()
    if thing is None or person.pk in writers(source, thing):
        return None
    return Unread(source, thing.pk, getattr(thing, _moment(source)), words_of(source, thing))


def standing_out(words: str) -> list[str]:
    """Names of our people, titles, places and hosts of activities, and ways to reach somebody."""
    names = naming.in_words(words)
    reached = [" ".join(each.split()) for each in _REACHED.findall(words)]
    return list(dict.fromkeys([*names, *_places_in(words), *reached]))


def _places_in(words: str) -> Iterator[str]:
    """In one look at the database for each kind, however many activities there are."""
    for column in ("title", "place", "host"):
        rows = Activity.objects.annotate(
            long=Length(column), there=StrIndex(Value(words.lower()), Lower(column))
        )
        yield from (
            rows.filter(long__gte=SHORTEST, there__gt=0).order_by(F(column)).values_list(column, flat=True)
        )


@transaction.atomic
def read(
    *,
    cycle: ReviewCycle,
    text: Unread,
    by: Person,
    outcome: str,
    instead: str = "",
    stays: Collection[str] = (),
) -> None:
    """Say what may stand in the pack. What was said before of the same words is followed, and kept.

    Raises WroteIt; ChangedMeanwhile; StandsOut for what is not in `stays`, also in words that stand instead.
    """
    if not may_read(cycle, by):
        raise PermissionDenied
    _still(text, by)
    words = {Outcome.AS_IT_IS: text.words, Outcome.INSTEAD: instead}.get(Outcome(outcome), "")
    there = standing_out(words)
    if out := [each for each in there if each not in stays]:
        raise StandsOut(out)
    now, key = clock.now(), crypto.new_key()
    key.save(force_insert=True)
    same = WordsRead.objects.standing().filter(source=text.source, source_id=text.pk)
    same.update(followed_at=now)
    made = WordsRead(key=key, source=text.source, source_id=text.pk, outcome=outcome, at=now, by=by)
    made.words_hash, made.instead = hash_of(text.words), instead if outcome == Outcome.INSTEAD else None
    made.save(force_insert=True)
    audit.record("words_read", by=by, about=made, source=str(text.source), outcome=outcome, stays=bool(there))


def _still(text: Unread, by: Person) -> None:
    """Locked until it is said: two who read the same words take turns."""
    thing = things_of(text.source).select_for_update(of=("self",)).filter(pk=text.pk).first()
    if thing is None or words_of(text.source, thing) != text.words:
        raise ChangedMeanwhile
    if by.pk in writers(text.source, thing):
        raise WroteIt
