"""The days of a series, and the moment of each: the same hour on the wall, in summer and in winter."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count, takewhile

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from riskassessment.enums import Rhythm
from riskassessment.models import Series

DAYS = 7  # of a week
PLACES = {  # of a weekday in its month
    1: pgettext_lazy("weekday of a month", "first"),
    2: pgettext_lazy("weekday of a month", "second"),
    3: pgettext_lazy("weekday of a month", "third"),
    4: pgettext_lazy("weekday of a month", "fourth"),
}
MONTHS = 12  # of a year


def days(series: Series, *, since: date) -> Iterator[date]:
    """The days of its rhythm from `since` on, in order; without end where nobody said until when."""
    last = min(series.until or date.max, date(date.max.year - 1, 12, 31))
    ahead = _weekly(series, since) if series.rhythm == Rhythm.WEEKS else _monthly(series, since)
    return takewhile(lambda day: day <= last, ahead)


def _weekly(series: Series, since: date) -> Iterator[date]:
    step = DAYS * series.weeks
    passed = max(0, -((series.begins_on - since).days // step))
    return (series.begins_on + timedelta(days=step * number) for number in count(passed))


def _monthly(series: Series, since: date) -> Iterator[date]:
    begin = max(series.begins_on, since)
    months = (divmod(number, MONTHS) for number in count(begin.year * MONTHS + begin.month - 1))
    found = (_in_month(series, year, month + 1) for year, month in months)
    return (day for day in found if day is not None and day >= begin)


def _in_month(series: Series, year: int, month: int) -> date | None:
    """The weekday that the series began on, at its place in that month; a fifth is not in every month."""
    first = (series.begins_on.weekday() - date(year, month, 1).weekday()) % DAYS + 1
    its_days = range(first, calendar.monthrange(year, month)[1] + 1, DAYS)
    place = len(its_days) - 1 if series.rhythm == Rhythm.LAST else nth(series.begins_on) - 1
    return date(year, month, its_days[place]) if place < len(its_days) else None


def in_words(series: Series) -> str:
    """How often it comes again, as one says it."""
    weekday = weekday_of(series.begins_on)
    if series.rhythm == Rhythm.LAST:
        return _("every month, on the last %(weekday)s") % {"weekday": weekday}
    if series.rhythm == Rhythm.WEEKDAY:
        place = PLACES.get(nth(series.begins_on), _("fifth"))
        return _("every month, on the %(place)s %(weekday)s") % {"place": place, "weekday": weekday}
    told = {"weeks": series.weeks, "weekday": weekday}
    return ngettext("every %(weekday)s", "every %(weeks)s weeks, on a %(weekday)s", series.weeks) % told


def weekday_of(day: date) -> str:
    return date_format(day, "l")


def nth(day: date) -> int:
    """Which such weekday of its month it is: 1 to 5."""
    return (day.day - 1) // DAYS + 1


def is_last(day: date) -> bool:
    return day.day + DAYS > calendar.monthrange(day.year, day.month)[1]


def moments(series: Series, day: date) -> tuple[datetime, datetime | None]:
    """When the session of that day begins, and when it ends: as long after as was said."""
    begins = timezone.make_aware(datetime.combine(day, series.begins_at)).astimezone(UTC)
    return begins, begins + timedelta(minutes=series.minutes) if series.minutes is not None else None
