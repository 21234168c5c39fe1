"""Working time: when the contacts are there, in the site's zone, less weekends and holidays.

Everything that comes out is in UTC, and everything is counted in UTC: two aware times of one zone
compare by their clock faces, which is wrong twice a year.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from safeguarding.contacts.models import Holiday, WorkingDay

LOOK_AHEAD = 60  # days; with no working time in sight, time simply runs
NOTHING = timedelta(0)


@dataclass(frozen=True)
class Hours:
    """The hours of one week and the days off. Pure: all times aware."""

    week: dict[int, tuple[time, time]]
    holidays: frozenset[date]
    zone: ZoneInfo

    def span(self, day: date) -> tuple[datetime, datetime] | None:
        """When work starts and ends on a day, in UTC, or None."""
        if day.weekday() not in self.week or day in self.holidays:
            return None
        starts, ends = (self._utc(day, clock_face) for clock_face in self.week[day.weekday()])
        return (starts, ends) if starts < ends else None  # the hour that a night in March leaves out

    def is_open(self, at: datetime) -> bool:
        span = self.span(self.day_of(at))
        return span is not None and span[0] <= at.astimezone(UTC) < span[1]

    def next_opening(self, at: datetime) -> datetime | None:
        """The next moment somebody is there: `at` itself when open, None when never in sight."""
        for starts, ends in self._spans(self.day_of(at)):
            if at.astimezone(UTC) < ends:
                return max(at.astimezone(UTC), starts)
        return None

    def add_hours(self, at: datetime, hours: int) -> datetime:
        """`hours` of working time after `at`."""
        begin, left = at.astimezone(UTC), timedelta(hours=hours)
        for starts, ends in self._spans(self.day_of(at)):
            room = ends - max(begin, starts)
            if room >= left:
                return max(begin, starts) + left
            left -= max(room, NOTHING)
        return begin + timedelta(hours=hours)

    def add_days(self, at: datetime, days: int) -> datetime:
        """The same working moment `days` working days later; outside hours, the day counts from its opening."""
        begin = self.next_opening(at)
        if begin is None or days < 1:
            return at.astimezone(UTC) + timedelta(days=days)
        first = self.day_of(begin) + timedelta(days=1)
        for number, (starts, ends) in enumerate(self._spans(first), start=1):
            if number == days:
                clock_face = begin.astimezone(self.zone).time()
                return min(max(self._utc(self.day_of(starts), clock_face), starts), ends)
        return begin + timedelta(days=days)

    def day_of(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def _spans(self, first: date) -> Iterator[tuple[datetime, datetime]]:
        days = (first + timedelta(days=n) for n in range(LOOK_AHEAD))
        return (span for day in days if (span := self.span(day)) is not None)

    def _utc(self, day: date, clock_face: time) -> datetime:
        return datetime.combine(day, clock_face, self.zone).astimezone(UTC)


def current() -> Hours:
    week = {day.weekday: (day.starts, day.ends) for day in WorkingDay.objects.all()}
    holidays = frozenset(Holiday.objects.values_list("day", flat=True))
    return Hours(week=week, holidays=holidays, zone=zone())


def zone() -> ZoneInfo:
    """The site's zone: the contacts' hours are told in it."""
    return ZoneInfo(settings.TIME_ZONE)
