"""No count below eight is told, nor can it be found by subtracting what was told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import pytest
from django.db import Error, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from reviews import figures, measures
from reviews.figures import FEWEST, Window
from reviews.models import FigureReleased
from reviews.services import releasing
from safeguarding import context
from tests.cast import Cast

BEGIN, DAYS = date(2026, 1, 1), 1800
FAR = 10**9
HEAPS = st.lists(st.tuples(st.integers(0, DAYS - 1), st.integers(1, 14)), max_size=15)
HISTORIES = HEAPS.map(lambda heaps: [day for day, many in heaps for _each in range(many)])  # days of things
ASKED = st.lists(
    st.integers(400, DAYS), min_size=1, max_size=12
)  # the days on which figures are told, any order
Told = tuple[Window, int | None]


def tell(asked: Sequence[int], history: Sequence[int]) -> list[Told]:
    """As the site tells them: the window by the calendar, the number once."""
    told: dict[Window, int | None] = {}
    for day in asked:
        window = figures.chosen(BEGIN + timedelta(days=day), told)
        told.setdefault(window, figures.rounded(fell(window, history)))
    return list(told.items())


def fell(window: Window, history: Sequence[int]) -> int:
    days = (BEGIN + timedelta(days=day) for day in history)
    return sum(window.starts_on <= day < window.ends_before for day in days)


def bounds(marks: Sequence[date], told: Sequence[Told]) -> list[list[int]]:
    """The most that may have fallen from each mark to each: exact, as differences of whole numbers are.

    Running totals never fall, and what was told bounds their differences: so the shortest paths between
    marks are the tightest bounds that anybody can deduce, and every number between them is possible.
    """
    size = len(marks)
    most = [[0 if i >= j else FAR for j in range(size)] for i in range(size)]
    for window, value in told:
        a, b = marks.index(window.starts_on), marks.index(window.ends_before)
        most[a][b] = min(most[a][b], max(figures.possible(value)))
        most[b][a] = min(most[b][a], -min(figures.possible(value)))
    for k in range(size):
        for i in range(size):
            for j in range(size):
                most[i][j] = min(most[i][j], most[i][k] + most[k][j])
    return most


def found_out(told: Sequence[Told], history: Sequence[int], others: Sequence[int]) -> list[Window]:
    """The days in a row on which there were few, and of which somebody can deduce anything."""
    ends = {day for window, _value in told for day in (window.starts_on, window.ends_before)}
    marks = sorted(ends | {BEGIN + timedelta(days=day) for day in others})
    most = bounds(marks, told)
    spans = [(i, j) for j in range(len(marks)) for i in range(j)]
    few = [(i, j) for i, j in spans if fell(Window(marks[i], marks[j]), history) < FEWEST]
    return [Window(marks[i], marks[j]) for i, j in few if -most[j][i] > 0 or most[i][j] < FEWEST - 1]


@pytest.mark.clause("8.f")
@given(HISTORIES, ASKED, st.lists(st.integers(0, DAYS), max_size=3))
def test_nothing_below_eight_can_be_deduced_from_all_that_was_told(
    history: list[int], asked: list[int], others: list[int]
) -> None:
    assert found_out(tell(asked, history), history, others) == []


def test_windows_that_overlap_would_be_found_out() -> None:
    """The check itself sees what a month more gives away: four fell in it."""
    history = [*range(31, 41), *range(366, 370)]
    months = [Window(date(2026, 1, 1), date(2027, 1, 1)), Window(date(2026, 2, 1), date(2027, 2, 1))]

    told = [(window, figures.rounded(fell(window, history))) for window in months]

    assert [value for _window, value in told] == [10, 15]
    assert found_out(told, history, []) != []


@given(st.integers(0, 100_000))
def test_a_count_is_told_as_few_or_near_enough(number: int) -> None:
    told = figures.rounded(number)

    assert number in figures.possible(told)
    assert (told is None) == (number < FEWEST)
    assert told is None or (told % 5 == 0 and abs(told - number) <= 2)


@given(st.dates(date(2001, 1, 1)))
def test_a_window_is_twelve_whole_months_that_are_over(day: date) -> None:
    window = figures.year_before(day)

    assert window.ends_before <= day
    assert (window.starts_on.day, window.ends_before.day) == (1, 1)
    assert window.starts_on.replace(year=window.starts_on.year + 1) == window.ends_before


def at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10)))


def released(day: date) -> list[releasing.Figure]:
    with context.system():
        return releasing.release(now=at(day), keys=["raised", "opened"])


@pytest.mark.django_db
def test_in_spring_the_figures_of_autumn_are_given_again(cast: Cast) -> None:
    autumn, spring, next_autumn = (
        released(day) for day in (date(2026, 10, 3), date(2027, 4, 3), date(2027, 10, 3))
    )

    assert spring == autumn
    assert next_autumn[0].window == Window(date(2026, 10, 1), date(2027, 10, 1))
    assert FigureReleased.objects.count() == 4


@pytest.mark.django_db
@pytest.mark.parametrize("measure", ["raised", "suggestions"])
def test_the_database_refuses_a_window_that_overlaps_any_other(measure: str, cast: Cast) -> None:
    released(date(2026, 10, 3))
    days = {"starts_on": date(2026, 4, 1), "ends_before": date(2027, 4, 1)}

    with pytest.raises(Error, match="could be subtracted"), transaction.atomic():
        FigureReleased.objects.create(measure=measure, rounded=10, released_at=at(date(2027, 4, 3)), **days)


@pytest.mark.django_db
def test_the_database_refuses_to_change_a_figure(cast: Cast) -> None:
    released(date(2026, 10, 3))

    with pytest.raises(Error, match="never changed"), transaction.atomic():
        FigureReleased.objects.update(rounded=40)


@pytest.mark.django_db
def test_every_measure_can_be_counted_where_there_is_nothing(cast: Cast) -> None:
    window = figures.year_before(date(2026, 11, 1))
    with context.system():
        counted = {each.key: each.count(window) for each in measures.ALL}

    assert set(counted.values()) <= {0, None}
