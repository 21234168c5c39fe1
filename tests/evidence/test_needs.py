"""Words that wait to be read have one row on the home page of those who may read them, and of nobody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reviews.packs import Source
from reviews.services import cycles, passing_words, suggesting
from riskassessment.services import after
from safeguarding import clock
from tests.access.rows_cycles import a_cycle
from tests.after.conftest import held
from tests.cast import Cast
from tests.evidence.conftest import reading
from tests.reviews.test_pages import holding
from tests.statement.conftest import suggested

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
ONE, MANY = "Words wait to be read for the evidence", "texts wait to be read for the evidence"


def home(client: Client) -> str:
    return " ".join(client.get("/").content.decode().split())


def test_who_holds_the_review_is_led_to_the_words(cast: Cast, client_for: As) -> None:
    holding(a_cycle(), cast.facilitator)
    made, _code = suggested("Say it shorter.")

    page = home(client_for(cast.facilitator))

    assert ONE in page and f"/statement/reviews/{a_cycle().pk}/words/" in page
    assert (made.words or "") not in page


def test_who_looks_after_the_statement_is_led_there_after_their_second_factor(
    cast: Cast, client_for: As
) -> None:
    a_cycle()
    suggested("Say it shorter.")

    assert ONE in home(client_for(cast.administrator))
    assert ONE not in home(client_for(cast.administrator, second_factor=False))


def test_nobody_else_is(cast: Cast, client_for: As) -> None:
    holding(a_cycle(), cast.facilitator)
    suggested("Say it shorter.")

    assert not [who for who in (cast.lead, cast.co_producer) if ONE in home(client_for(who))]


def test_words_of_ones_own_that_were_read_or_taken_back_do_not_wait(cast: Cast, client_for: As) -> None:
    holding(a_cycle(), cast.facilitator)
    suggested("My own.", by=cast.facilitator)
    gone, _code = suggested("Taken back.")
    suggesting.take_back(suggestion=gone)
    read, _code = suggested("Read by another.")
    reading(Source.SUGGESTION, read.pk, by=cast.lead)

    page = home(client_for(cast.facilitator))

    assert ONE not in page and MANY not in page


def test_what_one_wrote_after_an_activity_does_not_wait_also_when_another_wrote_last(cast: Cast) -> None:
    activity = held(cast, starts=clock.now() - timedelta(hours=3)).activity
    said = {"worked": "Calm.", "learnt": "Calm helps."}
    review = after.write(activity=activity, by=cast.facilitator, version=0, uses={}, **said)
    type(review).objects.update(changed_by=cast.lead)

    waits = {
        who.preferred_name: passing_words.how_many_wait(who, None)
        for who in (cast.facilitator, cast.lead, cast.deputy)
    }

    assert waits == {"Farah": 0, "Lena": 0, "Dara": 2}
    for who in (cast.facilitator, cast.lead, cast.deputy):
        assert len(passing_words.waiting(who, None, most=9)) == waits[who.preferred_name]


def test_a_review_that_was_held_asks_for_nothing_more(cast: Cast, client_for: As) -> None:
    cycle = a_cycle()
    holding(cycle, cast.facilitator)
    suggested("Say it shorter.")
    cycles.note_held(cycle=cycle, by=cast.facilitator, held_on=cycle.opens_on, summary="Held.")

    assert ONE not in home(client_for(cast.facilitator))


@pytest.mark.parametrize("number", [1, 3])
def test_it_costs_the_same_however_many_wait(number: int, cast: Cast, client_for: As) -> None:
    holding(a_cycle(), cast.facilitator)
    for each in range(number):
        suggested(f"Words number {each}.")
    client = client_for(cast.facilitator)
    client.get("/")

    with CaptureQueriesContext(connection) as queries:
        page = home(client)

    assert (ONE if number == 1 else f"3 {MANY}") in page
    assert len(queries) == 17
