"""Working time, by example and by property: never outside hours, never earlier, right twice a year."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeguarding.contacts.hours import Hours

LONDON = ZoneInfo("Europe/London")
NINE_TO_FIVE = (time(9), time(17))
OFFICE = Hours(week=dict.fromkeys(range(5), NINE_TO_FIVE), holidays=frozenset(), zone=LONDON)


def london(*parts: int, fold: int = 0) -> datetime:
    return datetime(*parts, tzinfo=LONDON, fold=fold)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("at", "hours", "then"),
    [
        (london(2026, 6, 1, 10), 2, london(2026, 6, 1, 12)),
        (london(2026, 6, 1, 16), 2, london(2026, 6, 2, 10)),
        (london(2026, 6, 1, 3), 2, london(2026, 6, 1, 11)),
        (london(2026, 6, 5, 16, 30), 2, london(2026, 6, 8, 10, 30)),  # a Friday
        (london(2026, 6, 6, 12), 2, london(2026, 6, 8, 11)),  # a Saturday
        (london(2026, 6, 1, 17), 2, london(2026, 6, 2, 11)),  # the very end of a day
        (london(2026, 6, 1, 15), 2, london(2026, 6, 1, 17)),
        (london(2026, 6, 1, 10), 20, london(2026, 6, 3, 14)),
        (london(2026, 3, 27, 16), 2, london(2026, 3, 30, 10)),  # over the night that loses an hour
        (london(2026, 10, 23, 16), 2, london(2026, 10, 26, 10)),  # and the one that wins it
    ],
)
def test_hours_count_only_while_somebody_is_there(at: datetime, hours: int, then: datetime) -> None:
    assert OFFICE.add_hours(at, hours) == then.astimezone(UTC)


@pytest.mark.parametrize(
    ("at", "then"),
    [
        (london(2026, 6, 1, 10), london(2026, 6, 2, 10)),
        (london(2026, 6, 5, 10), london(2026, 6, 8, 10)),
        (london(2026, 6, 6, 12), london(2026, 6, 9, 9)),  # a Saturday counts from Monday's opening
        (london(2026, 6, 1, 20), london(2026, 6, 3, 9)),
        (london(2026, 3, 27, 16), london(2026, 3, 30, 16)),
        (london(2026, 10, 23, 9, 30), london(2026, 10, 26, 9, 30)),
    ],
)
def test_a_working_day_later_is_the_same_time_of_the_next_working_day(at: datetime, then: datetime) -> None:
    assert OFFICE.add_days(at, 1) == then.astimezone(UTC)


def test_a_holiday_is_no_working_day() -> None:
    closed = Hours(week=OFFICE.week, holidays=frozenset({date(2026, 6, 2)}), zone=LONDON)

    assert closed.add_hours(london(2026, 6, 1, 16), 2) == london(2026, 6, 3, 10).astimezone(UTC)
    assert closed.add_days(london(2026, 6, 1, 10), 1) == london(2026, 6, 3, 10).astimezone(UTC)


def test_with_no_working_day_at_all_time_simply_runs() -> None:
    never = Hours(week={}, holidays=frozenset(), zone=LONDON)
    at = datetime(2026, 6, 1, 10, tzinfo=UTC)

    assert never.add_hours(at, 2) == at + timedelta(hours=2)
    assert never.add_days(at, 1) == at + timedelta(days=1)
    assert never.next_opening(at) is None
    assert not never.is_open(at)


NIGHT = Hours(week=dict.fromkeys(range(7), (time(0), time(23, 59))), holidays=frozenset(), zone=LONDON)


def test_the_hour_that_comes_twice_counts_twice() -> None:
    """25 October 2026: 01:30 comes twice in London, an hour apart."""
    first, second = london(2026, 10, 25, 1, 30), london(2026, 10, 25, 1, 30, fold=1)

    assert NIGHT.add_hours(first, 1) == second.astimezone(UTC)
    assert NIGHT.add_hours(first, 2) == datetime(2026, 10, 25, 2, 30, tzinfo=UTC)
    assert NIGHT.is_open(first)
    assert NIGHT.is_open(second)


def test_the_hour_that_never_comes_is_not_counted() -> None:
    """29 March 2026: 01:30 does not exist in London."""
    assert NIGHT.add_hours(london(2026, 3, 29, 0, 30), 2) == london(2026, 3, 29, 3, 30).astimezone(UTC)
    gone = Hours(week={6: (time(1), time(2))}, holidays=frozenset(), zone=LONDON)
    assert gone.span(date(2026, 3, 29)) is None


def test_the_day_after_the_long_night_is_the_next_day() -> None:
    assert NIGHT.add_days(london(2026, 10, 25, 0, 30), 1) == london(2026, 10, 26, 0, 30).astimezone(UTC)


def faces() -> st.SearchStrategy[tuple[time, time]]:
    minutes = st.tuples(st.integers(0, 1438), st.integers(1, 1439)).filter(lambda pair: pair[0] < pair[1])
    return minutes.map(lambda pair: (time(*divmod(pair[0], 60)), time(*divmod(pair[1], 60))))


DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
HOURS = st.builds(
    Hours,
    week=st.dictionaries(st.integers(0, 6), faces(), min_size=1),
    holidays=st.frozensets(DAYS, max_size=10),
    zone=st.sampled_from([LONDON, ZoneInfo("UTC"), ZoneInfo("America/New_York")]),
)


def worked(hours: Hours, since: datetime, until: datetime) -> timedelta:
    """Working time between two moments, added up day by day."""
    total, day = timedelta(0), hours.day_of(since)
    while day <= hours.day_of(until):
        if span := hours.span(day):
            total += max(min(span[1], until) - max(span[0], since), timedelta(0))
        day += timedelta(days=1)
    return total


@given(hours=HOURS, at=MOMENTS, number=st.integers(1, 8))
def test_exactly_that_much_working_time_lies_between(hours: Hours, at: datetime, number: int) -> None:
    then = hours.add_hours(at, number)

    if then != at + timedelta(hours=number):  # else nobody was in sight for sixty days, or nobody rested
        assert worked(hours, at, then) == timedelta(hours=number)
        assert then > at


@given(hours=HOURS, at=MOMENTS, number=st.integers(1, 5))
def test_a_working_day_later_is_in_working_time(hours: Hours, at: datetime, number: int) -> None:
    then, begin = hours.add_days(at, number), hours.next_opening(at)

    assert then > at
    if begin is not None and then != begin + timedelta(days=number):
        span = hours.span(hours.day_of(then))
        assert span is not None
        assert span[0] <= then <= span[1]


@given(hours=HOURS, at=MOMENTS)
def test_the_next_opening_is_open_and_nothing_before_it_is(hours: Hours, at: datetime) -> None:
    opening = hours.next_opening(at)

    if opening is not None:
        assert hours.is_open(opening)
        assert worked(hours, at, opening) == timedelta(0)


@given(
    hours=HOURS, at=MOMENTS, later=st.timedeltas(timedelta(0), timedelta(days=9)), number=st.integers(1, 5)
)
def test_who_comes_later_never_gets_an_earlier_time(
    hours: Hours, at: datetime, later: timedelta, number: int
) -> None:
    if hours.add_hours(at + later, number) != at + later + timedelta(hours=number):
        assert hours.add_hours(at, number) <= hours.add_hours(at + later, number)
