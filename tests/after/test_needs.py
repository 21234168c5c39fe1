"""What needs somebody of what is planned, on their home page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from riskassessment import needs
from riskassessment.needs import SHOWN
from riskassessment.services import actions, after, the_day
from safeguarding import clock
from safeguarding.people.models import Person
from tests.after.conftest import NINE, given, held
from tests.cast import Cast

pytestmark = pytest.mark.django_db
As = Callable[..., Client]


def said(person: Person) -> list[str]:
    return [need.what for need in needs.of(person, clock.now())]


def test_an_action_waits_until_it_is_done(cast: Cast, client_for: As) -> None:
    action = given(held(cast), cast, cast.co_producer)
    page = client_for(cast.co_producer).get("/").content.decode()
    asked = said(cast.co_producer)
    actions.accept(action=action, by=cast.co_producer)
    taken = said(cast.co_producer)
    actions.finish(action=action, by=cast.co_producer)

    assert (asked, taken, said(cast.co_producer)) == (
        ["You are asked to do something"],
        ["You do something"],
        [],
    )
    assert f"/actions/{action.pk}/" in page


def test_a_no_goes_back_to_those_who_facilitate(cast: Cast) -> None:
    action = given(held(cast), cast, cast.co_producer)
    actions.decline(action=action, by=cast.co_producer)

    assert (said(cast.facilitator), said(cast.co_producer)) == (["Somebody said no to an action"], [])


def test_somebody_who_was_missed_needs_whoever_hears_it(cast: Cast) -> None:
    assessment = held(cast)
    for _each in range(2):
        the_day.say_missed(activity=assessment.activity, by=cast.co_producer, once=uuid4(), to="watcher")

    assert said(cast.facilitator) == ["2 notes: somebody was missed"]
    for note in assessment.activity.missed.all():
        the_day.see_missed(missed=note, by=cast.facilitator)
    assert said(cast.facilitator) == []


def test_looking_back_needs_those_who_facilitate_until_one_of_them_did(cast: Cast) -> None:
    assessment = held(cast, starts=clock.now() - timedelta(days=2))
    before = said(cast.facilitator)
    after.write(activity=assessment.activity, by=cast.facilitator, version=0, uses={})

    assert (before, said(cast.facilitator), said(cast.co_producer)) == (["How was it?"], [], [])


@pytest.mark.parametrize("rows", [SHOWN - 1, SHOWN, SHOWN + 1])
def test_six_of_each_kind_are_shown(rows: int, cast: Cast) -> None:
    assessment = held(cast, starts=NINE)
    for number in range(rows):
        given(assessment, cast, cast.co_producer, f"Thing {number}")

    assert len(said(cast.co_producer)) == min(rows, SHOWN)


@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_the_same_however_many_there_are(rows: int, cast: Cast, client_for: As) -> None:
    for number in range(rows):
        action = given(held(cast, title=f"Walk {number}"), cast, cast.co_producer)
        the_day.say_missed(
            activity=action.assessment.activity, by=cast.co_producer, once=uuid4(), to="watcher"
        )
        actions.decline(action=action, by=cast.co_producer)
        given(action.assessment, cast, cast.facilitator)
    client = client_for(cast.facilitator)
    client.get("/")

    with CaptureQueriesContext(connection) as queries:
        page = client.get("/").content.decode()

    assert page.count("Somebody was missed") == page.count("Somebody said no to an action") == rows
    assert len(queries) == 15
