"""The review year as a picture: twelve months, the windows in them, and what became of each. Drawn here. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import formats
from django.utils.translation import gettext as _

from reviews.enums import State
from reviews.models import ReviewCycle

WIDTH, EDGE = 360, 3  # units of the drawing
ROOM = 34  # half of the longest word
MONTH = (WIDTH - 2 * EDGE) / 12


@dataclass(frozen=True)
class Told:
    cycle: ReviewCycle
    state: State


@dataclass(frozen=True)
class Box:
    """One window of this year: where it stands in the drawing."""

    x: int
    width: int
    state: str
    word: str

    @property
    def middle(self) -> int:
        """Where its word stands: never over the edge."""
        return min(max(self.x + self.width // 2, ROOM), WIDTH - ROOM)


@dataclass(frozen=True)
class Strip:
    year: int
    months: tuple[tuple[int, str], ...]  # place, first letters
    boxes: tuple[Box, ...]
    marks: tuple[tuple[int, int], ...]  # where a new version of the statement begins, and its number
    today: int | None  # place of today's line, in this year only
    words: str  # the same as a sentence


def chosen(asked: str, cycles: Sequence[ReviewCycle], today: date) -> int:
    """The year of the address where there is something to see in it, else this one."""
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else today.year
    return min(max(year, first(cycles, today)), last(cycles, today))


def first(cycles: Sequence[ReviewCycle], today: date) -> int:
    return min([today.year, *(cycle.opens_on.year for cycle in cycles)])


def last(cycles: Sequence[ReviewCycle], today: date) -> int:
    return max([today.year, *(cycle.closes_on.year for cycle in cycles)])


def strip(
    year: int, cycles: Sequence[ReviewCycle], today: date, *, versions: Sequence[tuple[date, int]] = ()
) -> Strip:
    """`versions`: the day on which each version of the statement began to hold, and its number."""
    here = sorted(
        (c for c in cycles if c.opens_on.year <= year <= c.closes_on.year), key=lambda c: c.opens_on
    )
    began = [(day, number) for day, number in versions if day.year == year]
    return Strip(
        year=year,
        months=tuple((round(EDGE + MONTH * n), _month(n + 1)) for n in range(12)),
        boxes=tuple(_box(cycle, year, today) for cycle in here),
        marks=tuple((_place(day), number) for day, number in began),
        today=_place(today) if today.year == year else None,
        words=" ".join([_in_words(year, here, today), *(_changed(day, number) for day, number in began)]),
    )


def _month(number: int) -> str:
    return str(formats.date_format(date(2026, number, 1), "M"))


def _place(day: date) -> int:
    """Where the morning of a day stands."""
    length = (date(day.year + 1, 1, 1) - date(day.year, 1, 1)).days
    return round(EDGE + (WIDTH - 2 * EDGE) * (day.timetuple().tm_yday - 1) / length)


def _box(cycle: ReviewCycle, year: int, today: date) -> Box:
    begins = _place(max(cycle.opens_on, date(year, 1, 1)))
    after = cycle.closes_on + timedelta(days=1)
    ends = _place(after) if after.year == year else WIDTH - EDGE
    state = cycle.state(today)
    return Box(begins, ends - begins, state, str(state.label))


def _in_words(year: int, cycles: Sequence[ReviewCycle], today: date) -> str:
    if not cycles:
        return _("In %(year)s there is no review.") % {"year": year}
    said = "; ".join(
        _("%(name)s, from %(opens)s to %(closes)s: %(state)s")
        % {
            "name": cycle,
            "opens": formats.date_format(cycle.opens_on, "j F"),
            "closes": formats.date_format(cycle.closes_on, "j F"),
            "state": cycle.state(today).label,
        }
        for cycle in cycles
    )
    return _("The reviews of %(year)s: %(said)s.") % {"year": year, "said": said}


def _changed(day: date, number: int) -> str:
    told = {"number": number, "day": formats.date_format(day, "j F")}
    return _("Version %(number)s of the statement has held since %(day)s.") % told
