"""Two years, day by day: each review opens by itself, each mail comes once, and nothing missed disappears."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connections
from django.utils import timezone
from pytest_django import Settings

from reviews import windows
from reviews.enums import State
from reviews.models import ReviewCycle, ReviewReminded
from reviews.services import cycles, reminders
from safeguarding import clock, context, looks
from safeguarding.outbox import MessageState, OutboxMessage
from tests.cast import Cast

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")
BEGIN = date(2027, 2, 10)  # two years with a 29 February and four changes of the clock in them


@pytest.fixture(autouse=True)
def windows_of_the_test(settings: Settings) -> None:
    settings.REVIEW_MONTHS, settings.REVIEW_DAYS = [4, 10], 42


def days(first: date = BEGIN, last: date = date(2029, 2, 10)) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def look(day: date, hour: int = 10) -> int:
    with clock.at(datetime.combine(day, time(hour), LONDON)), context.system():
        cycles.keep_windows(now=clock.now())
        return reminders.send_due(now=clock.now())


def live(asleep: Collection[date] = (), *, first: date = BEGIN, last: date = date(2029, 2, 10)) -> None:
    for day in days(first, last):
        if day not in asleep:
            look(day)


def mails() -> list[tuple[str, str, str]]:
    """Which review, what for, to whom; in order."""
    names = {c.pk: str(c) for c in ReviewCycle.objects.all()}
    rows = ReviewReminded.objects.order_by("on", "occasion", "who")
    return [(names[row.cycle_id], row.occasion, str(row.on)) for row in rows]


def state(opens_on: date, today: date = date(2029, 2, 10)) -> State:
    return ReviewCycle.objects.get(opens_on=opens_on).state(today)


@pytest.mark.clause("8.f")
def test_four_windows_open_in_two_years_and_each_of_them_stays(cast: Cast) -> None:
    live()

    opened = list(ReviewCycle.objects.opened().order_by("opens_on"))
    assert [str(c.opens_on) for c in opened] == ["2027-04-01", "2027-10-01", "2028-04-01", "2028-10-01"]
    assert [str(c.closes_on) for c in opened] == ["2027-05-12", "2027-11-11", "2028-05-12", "2028-11-11"]
    assert {c.state(date(2029, 2, 10)) for c in opened} == {State.MISSED}
    assert [str(c.opens_on) for c in ReviewCycle.objects.filter(opened_at=None)] == ["2029-04-01"]


@pytest.mark.clause("8.f")
def test_holders_hear_four_times_and_then_the_ladder_is_climbed_a_week_at_a_time(cast: Cast) -> None:
    look(BEGIN)
    ahead = ReviewCycle.objects.get()
    cycles.name_holders(cycle=ahead, by=cast.administrator, people=[cast.co_producer, cast.facilitator])
    live(last=date(2027, 9, 1))

    both = [cast.co_producer.email, cast.facilitator.email]
    told = OutboxMessage.objects.order_by("created_at", "to").values_list("kind", "to")
    assert Counter(told) == Counter(
        [("review_due", to) for to in both for _each in range(4)]
        + [("review_overdue", to) for to in (*both, cast.lead.email, cast.deputy.email, cast.alternate.email)]
    )
    assert sorted({(occasion, on) for _name, occasion, on in mails()}, key=lambda each: each[1]) == [
        ("opens", "2027-04-01"),
        ("halfway", "2027-04-21"),
        ("week", "2027-05-05"),
        ("last_day", "2027-05-12"),
        ("overdue", "2027-05-13"),
        ("overdue_lead", "2027-05-20"),
        ("overdue_deputy", "2027-05-27"),
        ("overdue_alternate", "2027-06-03"),
    ]


def test_with_nobody_to_hold_it_the_lead_is_asked_to_name_two(cast: Cast) -> None:
    live(last=date(2027, 4, 3))

    assert list(OutboxMessage.objects.values_list("kind", "to")) == [("review_nobody", cast.lead.email)]


@pytest.mark.clause("8.f")
def test_a_scheduler_that_slept_for_a_week_sends_the_newest_once(cast: Cast) -> None:
    look(BEGIN)
    cycles.name_holders(cycle=ReviewCycle.objects.get(), by=cast.administrator, people=[cast.co_producer])
    live(asleep=list(days(date(2027, 4, 19), date(2027, 5, 6))), last=date(2027, 5, 12))

    assert [each[1:] for each in mails()] == [
        ("opens", "2027-04-01"),
        ("week", "2027-05-07"),
        ("last_day", "2027-05-12"),
    ]


@pytest.mark.clause("8.f")
def test_a_window_that_passed_while_nothing_looked_is_a_line_all_the_same(cast: Cast) -> None:
    look(BEGIN)
    look(date(2027, 12, 1))

    assert [state(date(2027, 4, 1)), state(date(2027, 10, 1))] == [State.MISSED, State.MISSED]


@pytest.mark.parametrize(("days_after", "mailed"), [(120, 1), (121, 0)])
def test_nobody_is_told_of_a_review_that_was_missed_long_ago(
    days_after: int, mailed: int, cast: Cast
) -> None:
    look(BEGIN)

    assert look(date(2027, 5, 12) + timedelta(days=days_after)) == mailed


def test_looking_every_hour_of_the_days_that_the_clock_changes_sends_nothing_twice(cast: Cast) -> None:
    look(BEGIN)
    cycles.name_holders(cycle=ReviewCycle.objects.get(), by=cast.administrator, people=[cast.co_producer])
    for day in days(date(2027, 3, 27), date(2027, 4, 2)):
        for hour in range(24):
            look(day, hour)

    (mail,) = ReviewReminded.objects.all()
    assert (mail.on, mail.occasion) == (date(2027, 4, 1), "opens")


def test_a_clock_set_back_before_an_open_review_sends_nothing(cast: Cast) -> None:
    look(date(2027, 2, 10))
    look(date(2027, 4, 1))

    assert look(date(2027, 3, 30)) == 0


def test_nobody_is_mailed_in_the_night(cast: Cast) -> None:
    look(BEGIN)

    assert [look(date(2027, 4, 1), hour) for hour in (0, 8, 9)] == [0, 0, 1]


def test_the_mails_stop_when_it_was_held_and_what_waits_is_taken_back(cast: Cast) -> None:
    live(last=date(2027, 4, 1))
    cycle = ReviewCycle.objects.get(opens_on=date(2027, 4, 1))
    with clock.at(datetime(2027, 4, 20, 12, tzinfo=LONDON)):
        cycles.note_held(cycle=cycle, by=cast.lead, held_on=date(2027, 4, 20), summary="We kept it.")
    live(first=date(2027, 4, 21), last=date(2027, 7, 1))

    assert list(OutboxMessage.objects.values_list("kind", "state")) == [
        ("review_nobody", MessageState.WITHDRAWN)
    ]
    assert state(date(2027, 4, 1)) == State.HELD


def test_changed_windows_move_the_one_ahead_and_never_one_that_opened(cast: Cast, settings: Settings) -> None:
    live(last=date(2027, 7, 1))
    settings.REVIEW_MONTHS, settings.REVIEW_DAYS = [2, 6], 28
    live(first=date(2027, 7, 2), last=date(2028, 1, 1))

    assert [(str(c.opens_on), str(c.closes_on)) for c in ReviewCycle.objects.order_by("opens_on")] == [
        ("2027-04-01", "2027-05-12"),
        ("2028-02-01", "2028-02-28"),
    ]


def test_settings_that_move_a_window_into_the_past_open_none_at_once(cast: Cast, settings: Settings) -> None:
    live(last=date(2027, 8, 1))
    settings.REVIEW_MONTHS = [7, 12]
    look(date(2027, 8, 2))

    assert ReviewCycle.objects.opened().count() == 1
    assert ReviewCycle.objects.get(opened_at=None).opens_on == date(2027, 12, 1)


@pytest.mark.django_db(transaction=True)
def test_two_schedulers_at_once_open_one_and_mail_once(cast: Cast) -> None:
    look(BEGIN)
    cycles.name_holders(cycle=ReviewCycle.objects.get(), by=cast.administrator, people=[cast.co_producer])

    def one(_number: int) -> int:
        try:
            return look(date(2027, 4, 1))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        sent = list(pool.map(one, range(12)))

    assert sum(sent) == 1 == OutboxMessage.objects.count()
    assert ReviewCycle.objects.count() == 2


def test_the_periodic_look_keeps_the_windows(cast: Cast) -> None:
    looks.periodic()

    ahead = ReviewCycle.objects.get()
    assert ahead.opens_on >= timezone.localdate() - timedelta(days=1)


@pytest.mark.parametrize(
    ("months", "length", "is_over"), [([4, 10], 42, False), ([1, 2], 31, False), ([1, 2], 32, True)]
)
def test_windows_that_overlap_are_found(months: list[int], length: int, is_over: bool) -> None:
    assert windows.overlap(months=months, days=length) is is_over


def test_a_window_over_the_end_of_a_year_and_over_a_leap_day() -> None:
    over_the_year = windows.next_from(date(2027, 12, 1), months=[12, 6], days=60)
    leap = windows.next_from(date(2028, 1, 2), months=[2, 8], days=29)

    assert (over_the_year.opens_on, over_the_year.closes_on) == (date(2027, 12, 1), date(2028, 1, 29))
    assert leap.closes_on == date(2028, 2, 29)
