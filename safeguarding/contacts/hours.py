"""Working time: when the contacts are there, in the site's zone, less weekends and holidays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from safeguarding.contacts.models import Holiday, WorkingDay

LOOK_AHEAD = 60  # days; with no working day in sight, time simply runs


@dataclass(frozen=True)
class Hours:
    """The hours of one week and the days off. Pure: all times aware."""

    week: dict[int, tuple[time, time]]
    holidays: frozenset[date]
    zone: ZoneInfo

    def span(self, day: date) -> tuple[datetime, datetime] | None:
        """When work starts and ends on a day, or None."""
        if day.weekday() not in self.week or day in self.holidays:
            return None
        starts, ends = self.week[day.weekday()]
        return datetime.combine(day, starts, self.zone), datetime.combine(day, ends, self.zone)

    def is_open(self, at: datetime) -> bool:
        span = self.span(at.astimezone(self.zone).date())
        return span is not None and span[0] <= at < span[1]

    def next_opening(self, at: datetime) -> datetime | None:
        """The next moment somebody is there: `at` itself when open, None when never in sight."""
        for span in self._spans(at):
            if at < span[1]:
                return max(at, span[0])
        return None

    def add_hours(self, at: datetime, hours: int) -> datetime:
        """`hours` of working time after `at`."""
        left = timedelta(hours=hours)
        for starts, ends in self._spans(at):
            begin = max(at, starts)
            room = ends.astimezone(ZoneInfo("UTC")) - begin.astimezone(ZoneInfo("UTC"))
            if room >= left:
                return begin.astimezone(ZoneInfo("UTC")) + left
            left -= max(room, timedelta(0))
        return at + timedelta(hours=hours)

    def add_days(self, at: datetime, days: int) -> datetime:
        """The same working moment `days` working days later; outside hours, the day counts from its opening."""
        begin = self.next_opening(at)
        if begin is None:
            return at + timedelta(days=days)
        moment, left = begin.astimezone(self.zone), days
        for starts, ends in self._spans(begin + timedelta(days=1), whole_day=True):
            left -= 1
            if left == 0:
                same_time = datetime.combine(starts.date(), moment.timetz().replace(tzinfo=None), self.zone)
                return min(max(same_time, starts), ends)
        return at + timedelta(days=days)

    def _spans(self, at: datetime, *, whole_day: bool = False) -> list[tuple[datetime, datetime]]:
        first = at.astimezone(self.zone).date()
        days = (first + timedelta(days=n) for n in range(LOOK_AHEAD))
        spans = [span for day in days if (span := self.span(day)) is not None]
        return spans if whole_day else [span for span in spans if span[1] > at]


def current() -> Hours:
    week = {day.weekday: (day.starts, day.ends) for day in WorkingDay.objects.all()}
    holidays = frozenset(Holiday.objects.values_list("day", flat=True))
    return Hours(week=week, holidays=holidays, zone=ZoneInfo(settings.TIME_ZONE))
