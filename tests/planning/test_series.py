"""A series: the same hour on the wall for two years, each session once, one plan, one question before each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from riskassessment import rhythm, standing
from riskassessment.enums import Rhythm
from riskassessment.forms.activities import MOST_EXPECTED
from riskassessment.forms.series import MOST_WEEKS
from riskassessment.models import Activity, Assessment, Series
from riskassessment.services import activities, assessing, series
from riskassessment.standing import Standing
from riskassessment.views.series import MOST_SESSIONS
from safeguarding import clock, context, looks
from safeguarding.audit import AuditEntry
from safeguarding.people.models import Person
from tests.cast import Cast
from tests.planning.conftest import agreed, planned

As = Callable[..., Client]
LONDON = ZoneInfo("Europe/London")
FIRST = datetime(2027, 1, 12, 18, 30, tzinfo=LONDON)  # the second Tuesday of January


def begun_series(by: Person, starts_at: datetime = FIRST, **how: Any) -> Series:
    told = {"starts_at": starts_at, "ends_at": starts_at + timedelta(minutes=90), "place": "The hall"}
    activity = planned(by, title="Monthly cuppa", **told)
    return series.begin(activity=activity, by=by, **{"rhythm": Rhythm.WEEKDAY} | how)


def agreed_series(cast: Cast) -> tuple[Assessment, list[Activity]]:
    """Its plan, agreed; and its sessions in their order."""
    made = begun_series(cast.facilitator, clock.now() + timedelta(days=2))
    assessment = assessing.begin(activity=made.first, by=cast.facilitator)
    agreed(assessment, cast.facilitator)
    return assessment, list(made.sessions.order_by("starts_at"))


def stands(activity: Activity) -> Standing:
    return standing.of([Activity.objects.get(pk=activity.pk)])[0].standing


@pytest.mark.django_db
@pytest.mark.clause("5.0a")
def test_two_years_of_months_keep_their_weekday_and_their_hour_on_the_wall(cast: Cast) -> None:
    """Through both changes of the clock, twice, and a leap day."""
    made = begun_series(cast.facilitator, until=date(2029, 1, 31))
    for day in range(760):
        series.make_due(now=FIRST + timedelta(days=day))

    local = [each.starts_at.astimezone(LONDON) for each in made.sessions.order_by("starts_at")]  # type: ignore[union-attr]
    lengths = {each.ends_at - each.starts_at for each in made.sessions.all()}  # type: ignore[operator]

    assert len(local) == 25
    assert Counter((at.year, at.month) for at in local).most_common(1)[0][1] == 1
    assert {(at.strftime("%A %H:%M"), rhythm.nth(at.date())) for at in local} == {("Tuesday 18:30", 2)}
    assert {at.utcoffset() for at in local} == {timedelta(0), timedelta(hours=1)}
    assert lengths == {timedelta(minutes=90)}


@pytest.mark.parametrize(
    ("how", "begins_on", "expected"),
    [
        ({"rhythm": "weeks", "weeks": 2}, date(2028, 2, 15), ["2028-02-15", "2028-02-29", "2028-03-14"]),
        ({"rhythm": "weeks", "weeks": 1}, date(2027, 3, 21), ["2027-03-21", "2027-03-28", "2027-04-04"]),
        ({"rhythm": "last"}, date(2028, 1, 25), ["2028-01-25", "2028-02-29", "2028-03-28"]),
        ({"rhythm": "weekday"}, date(2027, 10, 3), ["2027-10-03", "2027-11-07", "2027-12-05"]),
        ({"rhythm": "weekday"}, date(2027, 3, 30), ["2027-03-30", "2027-06-29", "2027-08-31"]),
        (
            {"rhythm": "weeks", "weeks": 1, "until": date(2027, 3, 28)},
            date(2027, 3, 21),
            ["2027-03-21", "2027-03-28"],
        ),
    ],
)
def test_the_days_of_a_rhythm(how: dict[str, object], begins_on: date, expected: list[str]) -> None:
    days = rhythm.days(Series(begins_on=begins_on, **how), since=begins_on)

    assert [str(day) for day in islice(days, 3)] == expected


@given(
    st.dates(date(2025, 1, 1), date(2040, 1, 1)),
    st.integers(0, 2000),
    st.sampled_from(list(Rhythm)),
    st.integers(1, 60),
)
def test_whenever_somebody_looks_the_days_are_the_same(
    begins_on: date, later: int, how: str, weeks: int
) -> None:
    made = Series(begins_on=begins_on, rhythm=how, weeks=weeks)
    since = begins_on + timedelta(days=later)

    from_then = list(islice(rhythm.days(made, since=since), 5))
    from_the_start = [day for day in islice(rhythm.days(made, since=begins_on), 320) if day >= since][:5]

    assert from_then[: len(from_the_start)] == from_the_start
    assert {day.weekday() for day in from_then} == {begins_on.weekday()}


@pytest.mark.django_db
@pytest.mark.parametrize(("day", "utc"), [(date(2027, 3, 28), 1), (date(2027, 10, 31), 0)])
def test_an_hour_that_the_clock_skips_or_repeats_has_one_moment(day: date, utc: int, cast: Cast) -> None:
    """01:30 does not exist on one of these days and exists twice on the other."""
    made = begun_series(
        cast.facilitator, datetime(day.year, day.month, day.day - 7, 1, 30, tzinfo=LONDON), rhythm="weeks"
    )

    begins, ends = rhythm.moments(made, day)

    assert begins == datetime(day.year, day.month, day.day, utc, 30, tzinfo=UTC)
    assert ends == begins + timedelta(minutes=90)


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"rhythm": "weeks", "weeks": 1}, "every Tuesday"),
        ({"rhythm": "weeks", "weeks": 6}, "every 6 weeks, on a Tuesday"),
        ({"rhythm": "weekday"}, "every month, on the second Tuesday"),
        ({"rhythm": "last"}, "every month, on the last Tuesday"),
    ],
)
def test_a_rhythm_is_said_in_words(how: dict[str, Any], said: str) -> None:
    assert rhythm.in_words(Series(begins_on=FIRST.date(), **how)) == said


@pytest.mark.django_db
def test_three_sessions_are_made_ahead(cast: Cast) -> None:
    with clock.at(FIRST - timedelta(days=20)):
        made = begun_series(cast.facilitator)

    assert made.sessions.count() == series.AHEAD == 3
    assert [str(s.series_day) for s in made.sessions.order_by("starts_at")] == [
        "2027-01-12",
        "2027-02-09",
        "2027-03-09",
    ]


@pytest.mark.django_db
def test_a_session_takes_over_what_is_said_of_the_first_and_its_parts(cast: Cast) -> None:
    first = planned(
        cast.facilitator, starts_at=FIRST, place="The hall", under_18="none", recording="No photos"
    )
    activities.add_part(activity=first, by=cast.facilitator, title="Tea", minutes=10, intended="comfort")

    made = series.begin(activity=first, by=cast.facilitator, rhythm=Rhythm.WEEKS)
    session = made.sessions.exclude(pk=first.pk).first()

    assert session is not None
    assert (session.place, session.recording, session.organiser) == (
        "The hall",
        "No photos",
        cast.facilitator,
    )
    assert list(session.parts.values_list("title", "minutes", "intended")) == [("Tea", 10, "comfort")]


@pytest.mark.django_db
def test_begun_twice_is_once_and_without_a_day_not_at_all(cast: Cast) -> None:
    made = begun_series(cast.facilitator)

    assert series.begin(activity=made.first, by=cast.facilitator, rhythm=Rhythm.WEEKS) == made
    with pytest.raises(series.NoDay):
        series.begin(activity=planned(cast.facilitator), by=cast.facilitator, rhythm=Rhythm.WEEKS)


@pytest.mark.django_db
def test_a_session_that_was_moved_or_cancelled_is_not_made_again(cast: Cast) -> None:
    with clock.at(FIRST - timedelta(days=20)):
        made = begun_series(cast.facilitator)
    _first, moved, cancelled = made.sessions.order_by("starts_at")
    activities.change(
        activity=moved, by=cast.facilitator, version=1, starts_at=FIRST + timedelta(days=40), ends_at=None
    )
    series.cancel(activity=cancelled, by=cast.facilitator, why="The hall is closed.")

    series.make_due(now=FIRST - timedelta(days=20))

    assert made.sessions.count() == 3
    assert stands(cancelled) == Standing.CANCELLED
    assert stands(moved) == Standing.NONE


@pytest.mark.django_db
def test_days_that_nobody_looked_on_are_not_made_up(cast: Cast) -> None:
    with clock.at(FIRST - timedelta(days=20)):
        made = begun_series(cast.facilitator)

    series.make_due(now=FIRST + timedelta(days=365))

    later = made.sessions.order_by("starts_at").values_list("series_day", flat=True)
    assert [str(day) for day in later][3:] == ["2028-02-08", "2028-03-14", "2028-04-11"]


@pytest.mark.django_db
def test_an_ended_series_makes_no_more(cast: Cast) -> None:
    made = begun_series(cast.facilitator)
    series.end(series=made, by=cast.facilitator)
    series.end(series=made, by=cast.facilitator)

    assert series.make_due(now=FIRST + timedelta(days=100)) == 0
    assert AuditEntry.objects.about(made).filter(verb="series_ended").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_schedulers_make_each_session_once(cast: Cast) -> None:
    """Whether the look is shared or not: here both get past the advisory lock."""
    made = [begun_series(cast.facilitator, FIRST + timedelta(days=n), rhythm="weeks") for n in range(3)]
    at = FIRST + timedelta(days=30)

    def look(_number: int) -> int:
        try:
            with context.system():
                return series.make_due(now=at)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as schedulers:
        told = list(schedulers.map(look, range(4)))

    days = Activity.objects.exclude(series=None).values_list("series", "series_day")
    assert max(Counter(days).values()) == 1
    assert sum(told) == Activity.objects.filter(series_day__gte=at.date()).count() == 3 * len(made)
    planned_once = Counter(
        AuditEntry.objects.filter(verb="activity_planned").values_list("about_id", flat=True)
    )
    assert max(planned_once.values()) == 1


@pytest.mark.django_db
def test_the_database_itself_refuses_a_day_twice(cast: Cast) -> None:
    made = begun_series(cast.facilitator)

    with pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.create(title="x", series=made, series_day=made.begins_on, created_at=clock.now())


@pytest.mark.django_db(transaction=True)
def test_the_periodic_look_makes_them(cast: Cast) -> None:
    made = begun_series(cast.facilitator, clock.now() - timedelta(days=60))
    Activity.objects.exclude(pk=made.first_id).delete()

    looks.periodic()

    assert made.sessions.filter(starts_at__gte=clock.now() - timedelta(days=1)).count() == 3


@pytest.mark.django_db
def test_the_page_offers_the_rhythms_that_the_day_can_have(cast: Cast, client_for: As) -> None:
    def offered(day: datetime) -> str:
        activity = planned(cast.facilitator, starts_at=day)
        return client_for(cast.facilitator).get(f"/activities/{activity.pk}/again/").content.decode()

    assert "on the second Tuesday" in offered(FIRST)
    assert "on the last Tuesday" not in offered(FIRST)
    fifth = offered(datetime(2027, 3, 30, 14, tzinfo=LONDON))
    assert "on the last Tuesday" in fifth and "on the fifth" not in fifth


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choose how often it comes again."),
        ({"rhythm": "weeks"}, "Say how many weeks."),
        ({"rhythm": "weeks", "weeks": "often"}, "Write the weeks as a number"),
        (
            {"rhythm": "weekday", "until_day": "1", "until_month": "1", "until_year": "2027"},
            "This is before the first session.",
        ),
    ],
)
def test_bad_input_gets_a_clear_sentence(sent: dict[str, str], said: str, cast: Cast, client_for: As) -> None:
    activity = planned(cast.facilitator, starts_at=FIRST)

    page = client_for(cast.facilitator).post(f"/activities/{activity.pk}/again/", sent).content.decode()

    assert said in page
    assert Series.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("weeks", "status"), [(MOST_WEEKS - 1, 302), (MOST_WEEKS, 302), (MOST_WEEKS + 1, 200)]
)
def test_a_year_of_weeks_may_lie_between_two_sessions(
    weeks: int, status: int, cast: Cast, client_for: As
) -> None:
    activity = planned(cast.facilitator, starts_at=FIRST)
    sent = {"rhythm": "weeks", "weeks": str(weeks)}

    assert client_for(cast.facilitator).post(f"/activities/{activity.pk}/again/", sent).status_code == status


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("people", "status"), [(MOST_EXPECTED - 1, 302), (MOST_EXPECTED, 302), (MOST_EXPECTED + 1, 200)]
)
def test_as_many_people_as_the_limit_may_be_expected(
    people: int, status: int, cast: Cast, client_for: As
) -> None:
    activity = planned(cast.facilitator)
    sent = {"title": "Tea", "version": "1", "expected": str(people)}

    assert client_for(cast.facilitator).post(f"/activities/{activity.pk}/change/", sent).status_code == status


@pytest.mark.django_db
@pytest.mark.parametrize("more", [-1, 0, 1])
def test_the_page_names_twelve_sessions_at_most(more: int, cast: Cast, client_for: As) -> None:
    made = begun_series(cast.facilitator, clock.now() + timedelta(days=1), rhythm="weeks")
    for number in range(MOST_SESSIONS + more - 3):
        day = made.begins_on + timedelta(days=1000 + number)
        Activity.objects.create(
            title="x",
            series=made,
            series_day=day,
            starts_at=FIRST + timedelta(days=2000),
            created_at=clock.now(),
        )

    page = client_for(cast.facilitator).get(f"/activities/{made.first_id}/").content.decode()

    assert (
        page.count("app-button--small") - page.count('app-button--small" data')
        == min(MOST_SESSIONS + more, MOST_SESSIONS) - 1
    )


@pytest.mark.django_db
@pytest.mark.clause("4.a", "4.b", "4.c")
@pytest.mark.parametrize("scope", ["ours", "facilitated", "other"])
def test_who_organises_it_is_asked_kept_and_shown(scope: str, cast: Cast, client_for: As) -> None:
    """Ours, facilitated by us, or with a host: each has the whole way from plan to agreement."""
    activity, farah = planned(cast.facilitator), client_for(cast.facilitator)
    sent = {
        "title": "Tea",
        "version": "1",
        "scope": scope,
        "host": "The Old Library",
        "support": "Ask at the desk.",
    }
    farah.post(f"/activities/{activity.pk}/change/", sent)
    agreed(assessing.begin(activity=activity, by=cast.facilitator), cast.facilitator)

    page = farah.get(f"/activities/{activity.pk}/").content.decode()

    assert Activity.objects.get().get_scope_display() in page
    assert "The Old Library" in page and "Ask at the desk." in page
    assert stands(activity) == Standing.AGREED
