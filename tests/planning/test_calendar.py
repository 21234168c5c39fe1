"""The month on one page, and one's own feed: private, read back by the library, and ended in one tap."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from riskassessment import feeds as ical
from riskassessment import limits as our_limits
from riskassessment.enums import FeedDetail, Rhythm
from riskassessment.models import Activity, CalendarFeed
from riskassessment.months import Month
from riskassessment.services import activities, feeds, series
from safeguarding import clock, crypto
from safeguarding.limits import Limit
from safeguarding.people.models import Person
from safeguarding.permissions import Role
from tests.cast import Cast, person
from tests.planning.conftest import begun, planned

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
LONDON = ZoneInfo("Europe/London")


def soon(days: int = 2) -> datetime:
    return (clock.now() + timedelta(days=days)).replace(hour=14, minute=0, second=0, microsecond=0)


def fetch(token: str, **headers: str) -> HttpResponse:
    return Client().get(f"/calendar/{token}.ics", headers=headers)  # type: ignore[return-value]


def events(token: str) -> list[Any]:
    return list(icalendar.Calendar.from_ical(fetch(token).content).walk("VEVENT"))


# --- the month -------------------------------------------------------------------------------


def test_a_month_has_whole_weeks_from_monday_and_says_how_each_plan_stands(
    cast: Cast, client_for: As
) -> None:
    planned(cast.facilitator, title="Poems", starts_at=datetime(2028, 2, 29, 14, tzinfo=LONDON))
    begun(cast, title="Walk", starts_at=datetime(2028, 3, 1, 9, tzinfo=LONDON))

    page = client_for(cast.facilitator).get("/activities/calendar/2028/2/").content.decode()
    table = page[page.index("<table") : page.index("</table>")]

    assert re.findall(r'<abbr title="(\w+)"', table)[0] == "Monday"
    assert re.findall(r'app-month__day">(\d+)', table)[:1] == ["31"]
    assert re.findall(r'app-month__day">(\d+)', table)[-1:] == ["5"]
    assert "14:00 Poems" in table and "Plan: no plan yet" in table
    assert "09:00 Walk" in table and "Plan: being written" in table
    assert "/activities/calendar/2028/1/" in page and "/activities/calendar/2028/3/" in page


def test_today_is_said_in_words_and_marked_for_those_who_listen(cast: Cast, client_for: As) -> None:
    today = clock.now().astimezone(LONDON).date()

    page = client_for(cast.facilitator).get("/activities/calendar/", follow=True).content.decode()

    assert f"/calendar/{today.year}/{today.month}/" not in page
    assert page.count('aria-current="date"') == 1
    assert re.search(rf'aria-current="date">\s*<p class="app-month__day">{today.day} <strong>today', page)


@pytest.mark.parametrize("address", ["1999/12", "2101/1", "2028/0", "2028/13", "99999999999/1"])
def test_what_is_no_month_is_not_found(address: str, cast: Cast, client_for: As) -> None:
    assert client_for(cast.facilitator).get(f"/activities/calendar/{address}/").status_code == 404


def test_the_first_and_the_last_month_lead_nowhere_further() -> None:
    first, last = Month.of(2000, 1), Month.of(2100, 12)

    assert first and last
    assert (first.before, last.after) == (None, None)
    assert [m.first for m in (first.after, last.before) if m] == [date(2000, 2, 1), date(2100, 11, 1)]


def test_somebody_elses_activity_stands_in_no_month(cast: Cast, client_for: As) -> None:
    planned(
        person("Stranger", Role.FACILITATOR), title="Secret", starts_at=datetime(2028, 2, 29, 14, tzinfo=UTC)
    )

    assert "Secret" not in client_for(cast.facilitator).get("/activities/calendar/2028/2/").content.decode()


def test_a_month_costs_the_same_however_full_it_is(cast: Cast, client_for: As) -> None:
    client, costs = client_for(cast.facilitator), []
    first = planned(cast.facilitator, starts_at=datetime(2028, 2, 1, 14, tzinfo=UTC))
    series.begin(activity=first, by=cast.facilitator, rhythm=Rhythm.WEEKS)
    client.get("/activities/calendar/2028/2/")
    for rows in (1, 3):
        for number in range(rows):
            begun(cast, title=f"{rows} {number}", starts_at=datetime(2028, 2, 9, 14, tzinfo=UTC))
        with CaptureQueriesContext(connection) as queries:
            client.get("/activities/calendar/2028/2/")
        costs.append(len(queries))

    assert costs == [11, 11]


# --- the feed --------------------------------------------------------------------------------


def test_the_address_is_shown_once_and_only_its_hash_is_kept(cast: Cast, client_for: As) -> None:
    farah = client_for(cast.facilitator)
    page = farah.post("/calendar/", {"detail": "title"}).content.decode()
    token = re.search(r"/calendar/([\w-]{43})\.ics", page)
    assert token

    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(f)::text FROM riskassessment_calendarfeed f")
        row = cursor.fetchone()[0]

    assert token[1] not in row
    assert bytes(CalendarFeed.objects.get().token_hash) == crypto.token_hash(token[1])
    assert token[1] not in farah.get("/calendar/").content.decode()
    assert fetch(token[1]).status_code == 200


def test_it_holds_what_one_takes_part_in_and_the_library_reads_it_back(cast: Cast) -> None:
    activity = planned(
        cast.facilitator,
        title="Poems; tea, and a \\ backslash\nin the garden — 🦢" + " long" * 20,
        place="Room 1, the hall",
        starts_at=soon(),
        ends_at=soon() + timedelta(minutes=90),
        purpose="Nobody outside reads this",
    )
    planned(person("Stranger", Role.FACILITATOR), title="Secret", starts_at=soon())
    content = fetch(token := feeds.make(by=cast.facilitator, detail=FeedDetail.TITLE)).content

    (event,) = events(token)

    assert event["SUMMARY"] == activity.title
    assert event["LOCATION"] == "Room 1, the hall"
    assert (event.start, event.end) == (activity.starts_at, activity.ends_at)
    assert (event["STATUS"], event["UID"]) == ("CONFIRMED", f"{activity.pk}@activities")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert not any(word in content for word in (b"Nobody outside", b"Secret", b"Farah"))


def test_in_summer_and_in_winter_it_begins_at_the_hour_on_the_wall(cast: Cast) -> None:
    now = datetime(2027, 2, 1, tzinfo=UTC)
    for month in (3, 4):
        planned(cast.facilitator, title=str(month), starts_at=datetime(2027, month, 9, 18, 30, tzinfo=LONDON))
    token = feeds.make(by=cast.facilitator, detail=FeedDetail.TITLE)
    feed = feeds.find(token)
    assert feed

    found: list[Any] = icalendar.Calendar.from_ical(ical.write(feed, now=now)).walk("VEVENT")

    assert [event.start.utcoffset() for event in found] == [timedelta(0)] * 2
    assert [event.start.astimezone(LONDON).strftime("%H:%M") for event in found] == ["18:30", "18:30"]


def test_a_day_without_an_hour_is_a_whole_day(cast: Cast) -> None:
    planned(cast.facilitator, starts_at=datetime(2036, 7, 9, tzinfo=LONDON))

    (event,) = events(feeds.make(by=cast.facilitator, detail=FeedDetail.TITLE))

    assert event.start == date(2036, 7, 9)


def test_it_can_say_no_more_than_that_there_is_something(cast: Cast) -> None:
    planned(cast.facilitator, title="Grief circle", place="The hospice", starts_at=soon())
    token = feeds.make(by=cast.facilitator, detail=FeedDetail.HIDDEN)

    (event,) = events(token)

    assert (event["SUMMARY"], event.get("LOCATION")) == ("An activity", None)
    assert not any(word in fetch(token).content for word in (b"Grief", b"hospice"))


def test_a_cancelled_session_stands_there_as_cancelled(cast: Cast) -> None:
    activity = planned(cast.facilitator, starts_at=soon())
    token = feeds.make(by=cast.facilitator, detail=FeedDetail.TITLE)
    (before,) = events(token)
    series.cancel(activity=activity, by=cast.facilitator, why="Private reason")

    (event,) = events(token)

    assert (event["STATUS"], int(event["SEQUENCE"]) > int(before["SEQUENCE"])) == ("CANCELLED", True)
    assert b"Private" not in fetch(token).content


def test_the_sessions_of_a_series_are_in_the_feed_of_who_has_a_place_in_it(cast: Cast) -> None:
    first = planned(cast.facilitator, starts_at=soon())
    activities.give_place(activity=first, person=cast.co_producer, place="takes_part", by=cast.facilitator)
    series.begin(activity=first, by=cast.facilitator, rhythm=Rhythm.WEEKS)

    assert len(events(feeds.make(by=cast.co_producer, detail=FeedDetail.TITLE))) == 3


def test_a_lead_who_oversees_all_gets_only_their_own(cast: Cast) -> None:
    planned(cast.facilitator, starts_at=soon())

    assert events(feeds.make(by=cast.lead, detail=FeedDetail.TITLE)) == []


@pytest.mark.parametrize("how", ["ended", "made again", "the account was closed"])
def test_an_ended_feed_leads_nowhere(how: str, cast: Cast, client_for: As) -> None:
    token = feeds.make(by=cast.facilitator, detail=FeedDetail.TITLE)
    before = fetch(token).status_code

    if how == "ended":
        client_for(cast.facilitator).post("/calendar/end/")
    elif how == "made again":
        feeds.make(by=cast.facilitator, detail=FeedDetail.TITLE)
    else:
        Person.objects.get_queryset().filter(pk=cast.facilitator.pk).update(is_active=False)

    assert (before, fetch(token).status_code) == (200, 404)


def test_nobody_has_two_feeds_at_once(cast: Cast) -> None:
    feeds.make(by=cast.facilitator, detail=FeedDetail.TITLE)

    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarFeed.objects.create(
            person=cast.facilitator, token_hash=b"x" * 32, detail="title", made_at=clock.now()
        )


def test_what_has_not_changed_is_not_sent_again(cast: Cast) -> None:
    activity = planned(cast.facilitator, starts_at=soon())
    token = feeds.make(by=cast.facilitator, detail=FeedDetail.TITLE)
    first = fetch(token)

    again = fetch(token, if_none_match=first["ETag"])
    activities.change(activity=activity, by=cast.facilitator, version=1, place="Elsewhere")
    changed = fetch(token, if_none_match=first["ETag"])

    assert (again.status_code, again.content) == (304, b"")
    assert (changed.status_code, b"Elsewhere" in changed.content) == (200, True)
    assert first["Content-Type"] == "text/calendar; charset=utf-8"


def test_a_feed_is_fetched_as_often_as_its_limit(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(our_limits, "FEED_FETCHES", Limit("feed_fetches", hits=3, seconds=10**9))
    token = feeds.make(by=cast.facilitator, detail=FeedDetail.TITLE)

    assert [fetch(token).status_code for _each in range(4)] == [200, 200, 200, 429]


def test_guessing_a_feed_stops_exactly_at_the_limit(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The true address still works for everybody else behind the same router."""
    monkeypatch.setattr(our_limits, "FEED_MISSES", Limit("feed_misses", hits=3, seconds=10**9))
    token = feeds.make(by=cast.facilitator, detail=FeedDetail.TITLE)

    assert [fetch(f"guess-{n}").status_code for n in range(4)] == [404, 404, 404, 429]
    assert fetch(token).status_code == 200


@pytest.mark.parametrize(
    ("days", "kept"), [(ical.KEPT_DAYS - 1, 1), (ical.KEPT_DAYS, 1), (ical.KEPT_DAYS + 1, 0)]
)
def test_a_past_activity_stays_a_month(days: int, kept: int, cast: Cast) -> None:
    planned(cast.facilitator, starts_at=clock.now() - timedelta(days=days) + timedelta(minutes=5))

    assert len(events(feeds.make(by=cast.facilitator, detail=FeedDetail.TITLE))) == kept


@pytest.mark.parametrize("more", [-1, 0, 1])
def test_a_feed_holds_as_many_as_its_limit(more: int, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    columns = {"organiser": cast.facilitator, "created_at": clock.now(), "starts_at": soon()}
    Activity.objects.bulk_create(Activity(title=str(n), **columns) for n in range(ical.MOST + more))

    found = events(feeds.make(by=cast.facilitator, detail=FeedDetail.TITLE))

    assert len(found) == min(ical.MOST + more, ical.MOST)
