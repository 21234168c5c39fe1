"""What a document is made of, whatever draws it: sections of facts, words and entries; no tables."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import date_format

LONGEST_WORD = 160  # letters without a space; longer ones may be broken anywhere, or a line takes seconds
_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD}}}")


@dataclass(frozen=True)
class Fact:
    label: str
    value: str


@dataclass(frozen=True)
class Paragraph:
    """Lines as pieces between which they may be broken, and the direction they are read in."""

    pieces: list[str]
    direction: str


@dataclass(frozen=True)
class Words:
    """Somebody's own words, and what they answer where that is not plain."""

    text: str
    label: str = ""

    @property
    def question(self) -> str:
        """The label as it stands before an answer where nothing is bold."""
        return self.label if self.label.endswith("?") else f"{self.label}:"

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        for paragraph in re.split(r"\n[ \t]*\n\s*", self.text.strip("\n")):
            if paragraph:
                yield Paragraph(list(pieces(paragraph)), direction(paragraph))


@dataclass(frozen=True)
class Item:
    """One entry under a section: a heading, facts, and words."""

    heading: str
    facts: list[Fact] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)

    @property
    def line(self) -> str:
        return "-" * len(self.heading)


@dataclass(frozen=True)
class Section:
    heading: str
    facts: list[Fact] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    when_empty: str = ""

    @property
    def line(self) -> str:
        return "=" * len(self.heading)

    @property
    def is_empty(self) -> bool:
        return not (self.facts or self.words or self.items)


def facts(*pairs: tuple[object, object]) -> list[Fact]:
    """Facts of those pairs that have a value."""
    return [Fact(str(label), str(value)) for label, value in pairs if value not in (None, "")]


def pieces(line: str) -> Iterator[str]:
    """The line cut where an endless word may be broken; joined again it is the same."""
    start = 0
    for word in _LONG_WORD.finditer(line):
        yield line[start : word.end()]
        start = word.end()
    if start < len(line):
        yield line[start:]


def direction(text: str) -> str:
    """As its first letter has one: "rtl" for Arabic, Urdu or Hebrew."""
    sides = (unicodedata.bidirectional(letter) for letter in text)
    return "rtl" if next((side for side in sides if side in ("L", "R", "AL")), "L") != "L" else "ltr"


def moment(at: datetime | None) -> str:
    """A time in the organisation's zone, with the zone's name: a record travels."""
    if at is None:
        return ""
    return date_format(at.astimezone(ZoneInfo(settings.TIME_ZONE)), "l j F Y, H:i e")


def day(on: date | None) -> str:
    """A day; of a moment, that in the organisation's zone."""
    if isinstance(on, datetime):
        on = on.astimezone(ZoneInfo(settings.TIME_ZONE))
    return date_format(on, "l j F Y") if on else ""
