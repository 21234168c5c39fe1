"""The timeline of one concern as a small picture: marks along a line, with time between them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concerns import ages
from concerns.reading import Item

WIDTH, LEFT, RIGHT = 640, 16, 624  # units of the drawing
LEAST = 10  # between two marks, so that a busy hour can still be told apart
MOST = 40  # marks; a longer story is shown by its newest
LANES = {"raised": 0, "step": 0, "told": 1, "message": 1, "note": 2, "decision": 2}


@dataclass(frozen=True)
class Mark:
    x: int
    y: int
    kind: str
    title: str


@dataclass(frozen=True)
class Picture:
    marks: tuple[Mark, ...]
    first: str
    last: str
    words: str  # the same in one sentence, for those who do not see it


def picture_of(items: Sequence[Item]) -> Picture | None:
    """None when there is not yet enough to draw: the list below says the same."""
    shown = [item for item in items if item.mark in LANES][-MOST:]
    if len(shown) < 3:
        return None
    places = _places([item.entered_at for item in shown])
    marks = tuple(
        Mark(x, 26 + 30 * LANES[item.mark], item.mark, f"{item.heading}, {item.entered}")
        for x, item in zip(places, shown, strict=True)
    )
    first, last = (
        ages.when(shown[0].entered_at, day_only=True),
        ages.when(shown[-1].entered_at, day_only=True),
    )
    return Picture(marks, first, last, _in_words(shown, first, last))


def _places(times: Sequence[datetime]) -> list[int]:
    """Along the line by time, pushed apart where they would touch."""
    begin, length = times[0], (times[-1] - times[0]).total_seconds() or 1
    room = (RIGHT - LEFT) - LEAST * (len(times) - 1)
    return [
        int(LEFT + LEAST * n + room * (at - begin).total_seconds() / length) for n, at in enumerate(times)
    ]


def _in_words(items: Sequence[Item], first: str, last: str) -> str:
    things = ngettext("%(n)s thing", "%(n)s things", len(items)) % {"n": len(items)}
    return _("A line with %(things)s, from %(first)s to %(last)s. The list below says each of them.") % {
        "things": things,
        "first": first,
        "last": last,
    }
