"""The only writer of figures: each is told once, for a window that stands apart from all others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reviews import figures, measures
from reviews.evidence.section import Line
from reviews.figures import Window
from reviews.measures import Measure
from reviews.models import FigureReleased
from safeguarding import audit

LOCK = 7_140_005


@dataclass(frozen=True)
class Figure:
    measure: Measure
    window: Window
    told: int | None

    @property
    def words(self) -> str:
        if not self.measure.bands:
            return figures.in_words(self.told)
        if self.told is None:
            return _("not told (fewer than %(few)s)") % {"few": figures.FEWEST}
        return str(self.measure.bands[self.told])

    @property
    def name(self) -> str:
        name = str(self.measure.name)
        return _("Records read as %(role)s") % {"role": name} if self.measure.is_role else name

    @property
    def line(self) -> Line:
        return Line(self.name, count=self.words)

    @property
    def is_few(self) -> bool:
        return self.told is None


@transaction.atomic
def release(*, now: datetime, keys: Iterable[str]) -> list[Figure]:
    """What may be told of these measures today. What was told before is given again as it was."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    window = figures.chosen(timezone.localdate(now), windows())
    return [_one(measures.BY_KEY[key], window, now) for key in keys]


def windows() -> set[Window]:
    """Of all that was ever told, of any measure."""
    return {
        Window(*days) for days in FigureReleased.objects.values_list("starts_on", "ends_before").distinct()
    }


def _one(measure: Measure, window: Window, now: datetime) -> Figure:
    days = {"starts_on": window.starts_on, "ends_before": window.ends_before}
    there = FigureReleased.objects.filter(measure=measure.key, **days).first()
    if there is not None:
        return Figure(measure, window, there.rounded)
    number = measure.count(window)
    told = number if measure.bands or number is None else figures.rounded(number)
    made = FigureReleased.objects.create(measure=measure.key, rounded=told, released_at=now, **days)
    audit.record("figure_told", by=audit.Other.SYSTEM, about=made, measure=measure.key)
    return Figure(measure, window, told)


def standing() -> list[Figure]:
    """The newest that was told of each measure, in their order."""
    last = FigureReleased.objects.order_by("starts_on")
    rows = {row.measure: row for row in last}
    return [
        Figure(each, Window(row.starts_on, row.ends_before), row.rounded)
        for each in measures.ALL
        if (row := rows.get(each.key)) is not None
    ]


def caution(shown: Sequence[Figure]) -> str:
    """Stands beside every small number of what people report."""
    if not any(figure.is_few and figure.measure.is_report for figure in shown):
        return ""
    return _("Few reports may mean that people do not feel able to report.")


def days(shown: Sequence[Figure]) -> str:
    """All that is told on one day is of one window."""
    return _("Every count here is of the time %(window)s.") % {"window": shown[0].window.words}
