"""What may be told of a count, so that nobody can be found by it. Pure; nothing here looks at what was counted.

A count goes out for twelve whole months, of one measure, once: "fewer than 8", or rounded to the nearest 5.
The windows of everything that was ever told are the same or stand apart; which window is taken follows from
the calendar and from the windows told before, never from a number. So this holds, whatever the history:

    Take all that was ever told of a measure, and any days in a row, from one midnight to another. If in
    truth fewer than eight things fell on these days, then every number from 0 to 7 is still possible there.

Nobody learns from our figures, by subtracting or otherwise, how many there were on days of which there were
few, nor that there was anything at all. Measures count different kinds of thing: none counts a part of what
another counts, so that their difference is the number of nothing. See docs/decisions/how-figures-are-told.md.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import formats, timezone
from django.utils.translation import gettext as _

FEWEST = 8  # a smaller count is not told
NEAREST = 5


@dataclass(frozen=True, order=True)
class Window:
    """From the beginning of one day to the beginning of another."""

    starts_on: date
    ends_before: date

    def overlaps(self, other: Window) -> bool:
        return self.starts_on < other.ends_before and other.starts_on < self.ends_before

    @property
    def begins(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.starts_on, time()))

    @property
    def ends(self) -> datetime:
        return timezone.make_aware(datetime.combine(self.ends_before, time()))

    @property
    def words(self) -> str:
        last = self.ends_before - timedelta(days=1)
        days = {
            "first": formats.date_format(self.starts_on, "j F Y"),
            "last": formats.date_format(last, "j F Y"),
        }
        return _("from %(first)s to %(last)s") % days


def year_before(day: date) -> Window:
    """The twelve whole months that were over on that day."""
    first = day.replace(day=1)
    return Window(first.replace(year=first.year - 1), first)


def chosen(day: date, told: Collection[Window]) -> Window:
    """The window to tell of on that day: the last one again while a new one would overlap it."""
    asked = year_before(day)
    return max((window for window in told if window.overlaps(asked)), default=asked)


def rounded(number: int) -> int | None:
    """None: fewer than eight. A half cannot happen: five has no middle among whole numbers."""
    if number < FEWEST:
        return None
    return (number + NEAREST // 2) // NEAREST * NEAREST


def in_words(told: int | None) -> str:
    if told is None:
        return _("fewer than %(few)s") % {"few": FEWEST}
    return _("about %(number)s") % {"number": told}


def said(number: int) -> str:
    """A true count as it may be told."""
    return in_words(rounded(number))


def possible(told: int | None) -> range:
    """Every true count that is told in this way."""
    if told is None:
        return range(FEWEST)
    return range(max(FEWEST, told - NEAREST // 2), told + NEAREST // 2 + 1)
