"""Sections of words that were read, beside the counts that go with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from reviews.evidence.section import Asked, Line, Section
from reviews.packs import Source
from reviews.services import passing_words, releasing

Words = Sequence[tuple[Source, QuerySet[Any]]]


def since(things: QuerySet[Any], column: str, asked: Asked) -> QuerySet[Any]:
    """What came after the last review that was held had opened."""
    new = things.filter(**{f"{column}__lte": asked.now})
    return new.filter(**{f"{column}__gte": asked.since}) if asked.since else new


def section(key: str, title: str, asked: Asked, words: Words, *measures: str) -> Section:
    shown = releasing.release(now=asked.now, keys=measures)
    lines = [*(each.line for each in shown), *_lines(words)]
    notes = [releasing.caution(shown), waiting(words)]
    return Section(key, title, tuple(lines), " ".join(filter(None, notes)))


def _lines(words: Words) -> Iterator[Line]:
    """In the order of the words themselves, so that nobody sees which were written together."""
    for source, things in words:
        for said in sorted(said for _thing, said in passing_words.passed(source, things)):
            yield Line(f"{source.label}: {said}")


def waiting(words: Words) -> str:
    """That words wait is said; how many, never."""
    if any(passing_words.some_wait(source, things) for source, things in words):
        return _("Some words wait to be read by somebody who did not write them.")
    return ""
