"""Free text on its way into a pack: only what somebody who did not write it has read."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from reviews.models import WordsRead
from reviews.packs import Outcome, Source
from safeguarding import crypto

AT_ONCE = 200  # things whose words are opened together


def hash_of(words: str) -> bytes:
    """What was read, so that other words are noticed."""
    return crypto.keyed_hash("receipt", f"words read {words}")


def words_of(source: Source | str, thing: Any) -> str:
    """A suggestion's words, or the answer of an after-review that the source is named for."""
    return str((thing.words if source == Source.SUGGESTION else getattr(thing, str(source))) or "")


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


def some_wait(source: Source, things: QuerySet[Any]) -> bool:
    """Whether somebody has yet to read some of them."""
    read = WordsRead.objects.standing().filter(source=source)
    return bool(things.exclude(pk__in=read.values("source_id")).exists())


def note(number: int, *, waiting: bool) -> str:
    """How many there are is said as the small-number rules let it be."""
    if not number:
        return _("Nothing came.")
    return _("Some words wait to be read before they can stand here.") if waiting else ""
