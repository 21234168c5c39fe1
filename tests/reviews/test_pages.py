"""The pages of reviews: anybody reads them, whoever holds or arranges one says what became of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import icalendar
import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from reviews import feeds, years
from reviews.checks import reviews_come_twice_a_year
from reviews.enums import State
from reviews.models import ReviewCycle, ReviewHolder
from reviews.services import cycles
from reviews.views.cycles import MOST_YEARS
from safeguarding import clock
from safeguarding.people.models import Person
from tests.access.rows_cycles import a_cycle
from tests.cast import Cast

pytestmark = pytest.mark.django_db
As = Callable[..., Client]


def today() -> date:
    return timezone.localdate(clock.now())


def day_fields(day: date, name: str = "held_on") -> dict[str, Any]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def text(client: Client, path: str) -> str:
    page = client.get(path)
    assert page.status_code == 200
    return " ".join(page.content.decode().split())


def holding(cycle: ReviewCycle, *people: Person) -> None:
    for person in people:
        ReviewHolder.objects.create(cycle=cycle, person=person, since=clock.now(), named_by=person)


@pytest.mark.clause("8.f")
def test_anybody_reads_that_a_review_was_not_held_without_anybody_saying_so(client: Client) -> None:
    a_cycle(days_ago=100)

    page = text(client, "/statement/reviews/")

    assert "This review was not held." in page
    assert "Nobody has said why yet." in page


@pytest.mark.clause("V2")
def test_why_it_was_not_held_is_read_by_anybody(cast: Cast, client: Client, client_for: As) -> None:
    cycle = a_cycle(days_ago=100)
    holding(cycle, cast.co_producer)

    client_for(cast.co_producer).post(
        f"/statement/reviews/{cycle.pk}/not-held/", {"why": "Two of us were ill."}
    )

    assert "Two of us were ill." in text(client, "/statement/reviews/")
    assert "Two of us were ill." in text(client, f"/statement/reviews/{cycle.pk}/")


def test_while_it_is_open_nobody_can_say_that_it_was_not_held(cast: Cast, client_for: As) -> None:
    cycle = a_cycle()

    page = client_for(cast.lead).post(f"/statement/reviews/{cycle.pk}/not-held/", {"why": "No."}, follow=True)

    assert "Its time is not over." in page.content.decode()
    assert ReviewCycle.objects.get().missed_why == ""
    with pytest.raises(cycles.NotYet):
        cycles.note_missed(cycle=cycle, by=cast.lead, why="No.")


def test_nobody_says_why_a_review_was_not_held_that_was(cast: Cast, client_for: As) -> None:
    cycle = a_cycle(days_ago=100)
    cycles.note_held(cycle=cycle, by=cast.lead, held_on=today(), summary="We kept it.")

    page = client_for(cast.lead).post(f"/statement/reviews/{cycle.pk}/not-held/", {"why": "We were ill."})

    assert "It was held already." in page.content.decode() and "We were ill." in page.content.decode()
    with pytest.raises(cycles.AlreadyHeld):
        cycles.note_missed(cycle=cycle, by=cast.lead, why="We were ill.")
    cycle.refresh_from_db()
    assert (cycle.missed_why, cycle.missed_at) == ("", None)


@pytest.mark.clause("8.f")
def test_a_holder_says_that_it_was_held_and_everybody_reads_what_was_decided(
    cast: Cast, client: Client, client_for: As
) -> None:
    cycle = a_cycle()
    holding(cycle, cast.co_producer)

    answers = {**day_fields(today()), "summary": "We keep clause 5."}
    page = client_for(cast.co_producer).post(f"/statement/reviews/{cycle.pk}/held/", answers)

    assert page.status_code == 302
    assert "We keep clause 5." in text(client, f"/statement/reviews/{cycle.pk}/")
    assert "Held on" in text(client, "/statement/reviews/")


@pytest.mark.parametrize(
    ("days", "says"), [(1, "still to come"), (-11, "before the review opened")], ids=["ahead", "before"]
)
def test_a_day_outside_is_refused_in_words(days: int, says: str, cast: Cast, client_for: As) -> None:
    cycle = a_cycle()

    answers = {**day_fields(today() + timedelta(days=days)), "summary": "Our words stay."}
    page = client_for(cast.lead).post(f"/statement/reviews/{cycle.pk}/held/", answers)

    assert says in page.content.decode() and "Our words stay." in page.content.decode()
    assert ReviewCycle.objects.get().held_on is None


def test_held_late_says_both_days(cast: Cast, client: Client) -> None:
    cycle = a_cycle(days_ago=60)
    cycles.note_held(cycle=cycle, by=cast.lead, held_on=today(), summary="")

    page = text(client, "/statement/reviews/")

    assert "Held on" in page and "Its time was over on" in page
    assert "was not held" not in page


def test_two_hold_a_review_and_a_third_is_refused(cast: Cast, client_for: As) -> None:
    cycle, lead = a_cycle(), client_for(cast.lead)
    path = f"/statement/reviews/{cycle.pk}/holders/"
    three = [cast.co_producer, cast.facilitator, cast.deputy]

    refused = lead.post(path, {"people": [p.pk for p in three]})
    lead.post(path, {"people": [p.pk for p in three[:2]]})
    lead.post(path, {"people": [p.pk for p in three[1:]]})

    assert "two people at most" in refused.content.decode()
    standing = ReviewHolder.objects.standing().values_list("person", flat=True)
    assert set(standing) == {p.pk for p in three[1:]}
    assert ReviewHolder.objects.count() == 3


def test_names_of_holders_are_for_those_who_signed_in(cast: Cast, client: Client, client_for: As) -> None:
    cycle = a_cycle()
    holding(cycle, cast.co_producer)

    assert "Ceri" in text(client_for(cast.facilitator), f"/statement/reviews/{cycle.pk}/")
    assert "Ceri" not in text(client, f"/statement/reviews/{cycle.pk}/")


def test_who_does_not_hold_it_cannot_say_a_word_of_it(cast: Cast, client_for: As) -> None:
    cycle = a_cycle()
    ReviewHolder.objects.create(
        cycle=cycle, person=cast.facilitator, since=clock.now(), named_by=cast.lead, until=clock.now()
    )

    assert client_for(cast.facilitator).get(f"/statement/reviews/{cycle.pk}/held/").status_code == 404


def test_without_any_review_the_page_says_that_one_will_come(client: Client) -> None:
    assert "There is no review yet" in text(client, "/statement/reviews/")


def cycle_on(opens_on: date, **columns: Any) -> ReviewCycle:
    opened_at = datetime(2026, 1, 1, tzinfo=timezone.get_current_timezone())
    return ReviewCycle(
        opens_on=opens_on, closes_on=opens_on + timedelta(days=41), opened_at=opened_at, **columns
    )


def test_the_strip_shows_each_window_with_its_word() -> None:
    every = [cycle_on(date(2026, 4, 1), held_on=date(2026, 5, 1)), cycle_on(date(2026, 10, 1))]

    versions = [(date(2026, 6, 28), 2), (date(2025, 11, 30), 1)]
    strip = years.strip(2026, every, date(2026, 12, 1), versions=versions)

    assert [(box.state, box.word) for box in strip.boxes] == [
        (State.HELD, "held"),
        (State.MISSED, "not held"),
    ]
    assert "spring 2026, from 1 April to 12 May: held" in strip.words
    assert "Version 2 of the statement has held since 28 June." in strip.words
    assert [number for _place, number in strip.marks] == [2]
    assert strip.boxes[0].x < strip.boxes[1].x < (strip.today or 0)


def test_a_window_over_new_year_is_drawn_in_both_years_and_never_over_the_edge() -> None:
    every = [cycle_on(date(2026, 12, 1))]

    boxes = [years.strip(year, every, date(2026, 6, 1)).boxes for year in (2026, 2027)]

    assert [len(each) for each in boxes] == [1, 1]
    assert all(box.x > 0 and box.x + box.width <= years.WIDTH for each in boxes for box in each)


@pytest.mark.parametrize("asked", ["", "abc", "99999", "²026", "1000", "9999", "-1"])
def test_an_odd_year_shows_a_year_that_there_is(asked: str, client: Client) -> None:
    a_cycle(days_ago=100)

    assert client.get("/statement/reviews/", {"year": asked}).status_code == 200


def test_a_page_of_reviews_holds_the_newest_years(client: Client, django_assert_max_num_queries: Any) -> None:
    most = MOST_YEARS * 12
    ReviewCycle.objects.bulk_create(
        cycle_on(date(1990, 1, 1) + timedelta(days=42 * n)) for n in range(most + 5)
    )

    with django_assert_max_num_queries(6):
        page = client.get("/statement/reviews/").content.decode()

    assert page.count("This review was not held.") == most


def test_the_calendar_holds_the_newest_reviews(client: Client) -> None:
    ReviewCycle.objects.bulk_create(
        cycle_on(date(2020, 1, 1) + timedelta(days=100 * n)) for n in range(feeds.SHOWN + 3)
    )

    calendar = icalendar.Calendar.from_ical(client.get("/statement/reviews/calendar.ics").content)
    events = list(calendar.walk("VEVENT"))

    assert len(events) == feeds.SHOWN
    (length,) = {event.decoded("dtend") - event.decoded("dtstart") for event in events}
    assert length == timedelta(days=42)


@pytest.mark.parametrize(
    ("months", "days", "faults"),
    [
        ([4, 10], 42, []),
        ([4], 42, ["E016"]),
        ([4, 4], 42, ["E016"]),
        ([4, 13], 42, ["E016"]),
        ([4, 5], 42, ["E017"]),
        ([4, 10], 3, ["E017"]),
    ],
)
def test_settings_that_make_no_two_reviews_are_refused(
    months: list[int], days: int, faults: list[str], settings: Settings
) -> None:
    settings.REVIEW_MONTHS, settings.REVIEW_DAYS = months, days

    assert [str(fault.id).partition(".")[2] for fault in reviews_come_twice_a_year()] == faults
