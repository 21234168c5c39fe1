"""A month as weeks of days, each with what takes place on it."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from riskassessment.standing import Plan

FIRST_YEAR, LAST_YEAR = 2000, 2100
MONTHS = 12  # of a year


@dataclass(frozen=True)
class Day:
    date: date
    is_in_month: bool
    is_today: bool
    plans: list[Plan] = field(default_factory=list)


@dataclass(frozen=True)
class Month:
    first: date

    @classmethod
    def of(cls, year: int, month: int) -> Month | None:
        """None for what is no month, or too far away to be meant."""
        if FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= MONTHS:
            return cls(date(year, month, 1))
        return None

    @property
    def before(self) -> Month | None:
        last = self.first - timedelta(days=1)
        return Month.of(last.year, last.month)

    @property
    def after(self) -> Month | None:
        there = self.first + timedelta(days=calendar.monthrange(self.first.year, self.first.month)[1])
        return Month.of(there.year, there.month)

    @property
    def dates(self) -> list[list[date]]:
        """Its weeks from Monday to Sunday, with the days of its neighbours that fill them."""
        return calendar.Calendar().monthdatescalendar(self.first.year, self.first.month)

    @property
    def span(self) -> tuple[datetime, datetime]:
        """From the first moment on its page to the first after it."""
        weeks = self.dates
        return _midnight(weeks[0][0]), _midnight(weeks[-1][-1] + timedelta(days=1))

    def weeks(self, plans: Iterable[Plan], *, today: date) -> list[list[Day]]:
        held: dict[date, list[Plan]] = {}
        for plan in plans:
            held.setdefault(timezone.localdate(plan.activity.starts_at), []).append(plan)
        return [[self._day(each, today, held.get(each, [])) for each in week] for week in self.dates]

    def _day(self, each: date, today: date, plans: list[Plan]) -> Day:
        return Day(each, each.month == self.first.month, each == today, plans)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
