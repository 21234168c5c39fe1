"""When the statement is reviewed: windows of some weeks, each beginning on the first of a month. Pure."""

from __future__ import annotations

import itertools
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from reviews.enums import Occasion

WEEK = timedelta(days=7)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Window:
    """Both days belong to it."""

    opens_on: date
    closes_on: date

    @property
    def halfway(self) -> date:
        return self.opens_on + (self.closes_on - self.opens_on) // 2

    def occasion(self, today: date) -> Occasion | None:
        """What there is to remind of: only the newest, so that whoever missed two hears one.

        None before it opens: a clock may be set back.
        """
        begins = {
            Occasion.OPENS: self.opens_on,
            Occasion.HALFWAY: self.halfway,
            Occasion.WEEK: self.closes_on - WEEK,
            Occasion.LAST_DAY: self.closes_on,
        }
        begun = [occasion for occasion, day in begins.items() if day <= today]
        return begun[-1] if begun else None


def next_from(day: date, *, months: Collection[int], days: int) -> Window:
    """The first window that opens on `day` or later."""
    years = (day.year, day.year + 1)
    opening = min(first for year in years for m in months if (first := date(year, m, 1)) >= day)
    return Window(opening, opening + timedelta(days=days - 1))


def overlap(*, months: Collection[int], days: int) -> bool:
    """Whether one window would still be open when the next one opens, in any year."""
    openings = sorted(date(year, month, 1) for year in range(2023, 2026) for month in months)
    gaps = [later - earlier for earlier, later in itertools.pairwise(openings)]
    return min(gaps) < timedelta(days=days)


def name(opens_on: date) -> str:
    seasons = (_("winter"), _("spring"), _("summer"), _("autumn"))
    return _("%(season)s %(year)s") % {
        "season": seasons[opens_on.month % 12 // 3],
        "year": opens_on.year,
    }
