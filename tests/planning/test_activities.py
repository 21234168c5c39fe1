"""Planning an activity: who sees it, who changes it, and what is asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from riskassessment.enums import Place, Under18
from riskassessment.models import Activity
from riskassessment.services import activities, assessing
from riskassessment.standing import Standing, of
from safeguarding import clock, transitions
from safeguarding.audit import AuditEntry
from safeguarding.permissions import Role
from tests.cast import Cast, person
from tests.planning.conftest import begun, planned

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
NOON = datetime(2031, 5, 6, 12, tzinfo=UTC)


def test_a_title_is_enough(cast: Cast, client_for: As) -> None:
    response = client_for(cast.facilitator).post("/activities/new/", {"title": "Tea"})

    made = Activity.objects.get()
    assert response.headers["Location"] == f"/activities/{made.pk}/"
    assert (made.title, made.organiser, made.starts_at) == ("Tea", cast.facilitator, None)


def test_times_are_the_sites_own_also_in_summer(cast: Cast, client_for: As) -> None:
    client_for(cast.facilitator).post(
        "/activities/new/",
        {
            "title": "Tea",
            "day_day": "6",
            "day_month": "7",
            "day_year": "2031",
            "starts": "2pm",
            "ends": "15:30",
        },
    )

    made = Activity.objects.get()
    assert made.starts_at == datetime(2031, 7, 6, 13, tzinfo=UTC)
    assert made.ends_at == datetime(2031, 7, 6, 14, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Please fill this in: What is it called?"),
        ({"title": "Tea", "starts": "14:00"}, "Add the day as well"),
        (
            {"title": "Tea", "day_day": "6", "day_month": "7", "day_year": "2031", "ends": "15:00"},
            "Add when it begins as well",
        ),
        (
            {
                "title": "Tea",
                "day_day": "6",
                "day_month": "7",
                "day_year": "2031",
                "starts": "15",
                "ends": "14",
            },
            "This is before it begins",
        ),
    ],
)
def test_bad_input_gets_a_clear_sentence(sent: dict[str, str], said: str, cast: Cast, client_for: As) -> None:
    page = client_for(cast.facilitator).post("/activities/new/", sent).content.decode()

    assert said in page
    assert Activity.objects.count() == 0


def test_what_is_said_of_it_comes_back_into_its_form(cast: Cast, client_for: As) -> None:
    activity = planned(cast.facilitator, starts_at=NOON, ends_at=NOON + timedelta(hours=1), place="The hall")

    page = client_for(cast.facilitator).get(f"/activities/{activity.pk}/change/").content.decode()

    for value in ("Writing circle", "The hall", 'value="13:00"', 'value="14:00"', 'value="2031"'):
        assert value in page


def test_two_who_change_it_at_once_the_second_learns_of_it(cast: Cast) -> None:
    activity = planned(cast.facilitator)
    activities.change(activity=activity, by=cast.facilitator, version=1, place="The hall")

    with pytest.raises(transitions.Conflict):
        activities.change(activity=activity, by=cast.facilitator, version=1, place="The garden")
    assert Activity.objects.get().place == "The hall"


def test_it_is_seen_by_those_with_a_place_and_by_those_who_oversee(cast: Cast) -> None:
    activity = planned(cast.facilitator)
    activities.give_place(
        activity=activity, person=cast.co_producer, place=Place.TAKES_PART, by=cast.facilitator
    )

    seen = {role for role, one in cast.everyone().items() if activity in Activity.objects.visible_to(one)}
    twins = {role for role, one in cast.everyone().items() if activity.is_visible_to(one)}

    assert seen == twins == {Role.FACILITATOR, Role.CO_PRODUCER, Role.LEAD, Role.DEPUTY}


def test_who_lost_their_place_sees_it_no_more(cast: Cast) -> None:
    activity = planned(cast.facilitator)
    activities.give_place(
        activity=activity, person=cast.co_producer, place=Place.TAKES_PART, by=cast.facilitator
    )
    place = activity.people.get(person=cast.co_producer)
    activities.end_place(place=place, by=cast.facilitator)

    assert not activity.is_visible_to(cast.co_producer)


def test_only_those_who_lead_it_change_it(cast: Cast) -> None:
    activity, other = planned(cast.facilitator), person("Other", Role.FACILITATOR)

    for one in (other, cast.co_producer, cast.lead, cast.administrator):
        with pytest.raises(PermissionDenied):
            activities.change(activity=activity, by=one, version=1, place="Elsewhere")


def test_a_second_facilitator_may_change_it(cast: Cast) -> None:
    activity, other = planned(cast.facilitator), person("Other", Role.FACILITATOR)
    activities.give_place(activity=activity, person=other, place=Place.FACILITATES, by=cast.facilitator)

    activities.change(activity=activity, by=other, version=1, place="The hall")

    assert Activity.objects.get().place == "The hall"


@pytest.mark.clause("5.0h", "5.7c", "I5")
def test_under_18_the_universitys_route_comes_first(cast: Cast) -> None:
    assessment = begun(cast)
    activity = assessment.activity
    activities.change(activity=activity, by=cast.facilitator, version=1, under_18=Under18.POSSIBLE)
    page = assessing.Page(passages={"good": ("Poems", 0)})
    assessing.save(assessment=assessment, by=cast.facilitator, page=page)

    with pytest.raises(assessing.RouteFirst):
        assessing.agree_aloud(assessment=assessment, by=cast.facilitator, version=2, who_was_there="")
    activities.see_route(activity=activity, by=cast.facilitator)
    assessing.agree_aloud(assessment=assessment, by=cast.facilitator, version=2, who_was_there="")

    assert of([activity])[0].standing == Standing.AGREED


def test_a_new_answer_about_under_18s_asks_for_the_route_again(cast: Cast) -> None:
    activity = planned(cast.facilitator, under_18=Under18.POSSIBLE)
    activities.see_route(activity=activity, by=cast.facilitator)

    activities.change(activity=activity, by=cast.facilitator, version=1, under_18=Under18.YES)

    assert activity.waits_for_route


@pytest.mark.clause("5.0a")
@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_says_how_each_plan_stands_and_costs_the_same(rows: int, cast: Cast, client_for: As) -> None:
    for number in range(rows):
        planned(cast.facilitator, title=f"Without {number}", starts_at=NOON)
        begun(cast, title=f"Begun {number}")
    client = client_for(cast.facilitator)
    client.get("/activities/")

    with CaptureQueriesContext(connection) as queries:
        page = client.get("/activities/").content.decode()

    assert page.count("no plan yet") == page.count("being written") == rows
    assert len(queries) == 9


def test_coming_and_past_are_two_lists(cast: Cast) -> None:
    ahead = planned(cast.facilitator, title="Ahead", starts_at=clock.now() + timedelta(days=2))
    undated = planned(cast.facilitator, title="Undated")
    gone = planned(cast.facilitator, title="Gone", starts_at=clock.now() - timedelta(days=2))

    assert list(Activity.objects.coming(clock.now())) == [ahead, undated]
    assert list(Activity.objects.past(clock.now())) == [gone]
    assert (gone.is_past(clock.now()), ahead.is_past(clock.now())) == (True, False)


def test_it_cannot_end_before_it_begins(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        planned(cast.facilitator, starts_at=NOON, ends_at=NOON - timedelta(hours=1))


def test_parts_stand_in_their_order_and_can_be_taken_away(cast: Cast) -> None:
    activity = planned(cast.facilitator)
    first, second, third = (
        activities.add_part(activity=activity, by=cast.facilitator, title=title) for title in "abc"
    )
    activities.remove_part(part=second, by=cast.facilitator)
    activities.change_part(part=third, by=cast.facilitator, title="z")

    assert list(activity.parts.filter(removed_at=None).values_list("order", "title")) == [(1, "a"), (3, "z")]
    assert first.order == 1


@pytest.mark.clause("5.7a")
def test_every_part_has_another_way_whatever_was_written(cast: Cast, client_for: As) -> None:
    activity = planned(cast.facilitator)
    activities.add_part(activity=activity, by=cast.facilitator, title="Reading aloud", intended="stretch")

    page = client_for(cast.facilitator).get(f"/activities/{activity.pk}/").content.decode()

    assert "Watch, write in the chat" in page
    assert "app-zone--stretch" in page
    assert "Everybody may step out of any part" in page


def test_each_change_leaves_a_record_without_words(cast: Cast) -> None:
    activity = planned(cast.facilitator, title="Heron walk")
    activities.change(activity=activity, by=cast.facilitator, version=1, place="Heron pond")

    rows = list(AuditEntry.objects.about(activity).values_list("verb", "facts"))
    assert rows == [("activity_planned", {}), ("activity_changed", {"columns": ["place"]})]
