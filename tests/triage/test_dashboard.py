"""/concerns/"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from concerns.enums import HowSoon, Kind, NextStep
from concerns.models import Concern
from concerns.services import triage
from safeguarding import clock, context, outbox
from safeguarding.people.models import Person
from tests.cast import Cast
from tests.triage.conftest import WORDS, acknowledged, closed, raised, url
from tests.triage.story import full

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
# The session, the person, their roles, the context there and back, the clock, the list, and three that
# each take one short look at an index: what presses, what is due, whether mail is in trouble.
QUERIES = 10
NOBODY = UUID(int=0)  # the place of no row


def day(client: Client, query: str = "") -> str:
    return client.get(f"/concerns/{query}").content.decode()


def listed(page: str) -> list[str]:
    """The references of the list, in order."""
    return re.findall(r'<th scope="row"><a[^>]*>([^<]+)</a>', page)


def needed(page: str) -> list[tuple[str, str]]:
    """What needs me: the reference and what is said of it."""
    rows = re.findall(r"<strong>([^<]+)</strong></p>\s*<p[^>]*><span[^>]*>([^<]+)</span>", page)
    return [(reference, what) for what, reference in rows]


def plan(concern: Concern, by: Person, **step: Any) -> None:
    with context.person(by):
        triage.plan_next_step(concern=concern, by=by, **step)


def test_each_row_says_reference_age_how_soon_state_whose_and_next_step(cast: Cast, client_for: As) -> None:
    concern = acknowledged(cast.lead, how_soon=HowSoon.THIS_WEEK)
    plan(concern, cast.lead, step=NextStep.GET_ADVICE, on=date(2031, 5, 3))

    page = day(client_for(cast.deputy))

    cells = re.findall(r"<td[^>]*>(.*?)</td>", page)
    assert listed(page) == [concern.reference]
    assert cells == ["1 minute", "this week", "open", "Lena", "<strong>get advice, 3 May</strong>"]


def test_no_narrative_and_no_name_is_in_it(cast: Cast, client_for: As) -> None:
    full(cast)

    page = day(client_for(cast.lead), "?show=all")

    for words in (WORDS, "Robin", "Marsh", "lock", "café", "robin@example.org"):
        assert words not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_the_same_with_one_row_and_with_three(rows: int, cast: Cast, client_for: As) -> None:
    for _each in range(rows):
        acknowledged(cast.lead)
        raised(kept_out=[cast.deputy])
    client = client_for(cast.lead)
    day(client)

    with CaptureQueriesContext(connection) as queries:
        day(client)

    assert len(queries) == QUERIES


def test_what_needs_me_comes_first_with_one_button_each(cast: Cast, client_for: As) -> None:
    concern = raised()

    page = day(client_for(cast.lead))

    assert "1 thing needs you" in page
    assert needed(page) == [(concern.reference, "New: nobody has opened it")]
    assert page.count(f'href="{url("concern_acknowledge", concern)}"') == 1


def test_nothing_needs_me_is_said_kindly(cast: Cast, client_for: As) -> None:
    assert "Nothing needs you now" in day(client_for(cast.lead))


def test_opened_and_overdue_are_told_apart(cast: Cast, client_for: As) -> None:
    opened, late = raised(), raised()
    client = client_for(cast.lead)
    client.get(url("concern", opened))
    with context.system():
        Concern.objects.filter(pk=late.pk).update(acknowledge_by=late.raised_at)

    assert needed(day(client)) == [
        (late.reference, "Overdue: nobody has opened it"),
        (opened.reference, "Opened, not acknowledged yet"),
    ]


def test_a_message_that_was_not_delivered_needs_those_who_see_delivery(cast: Cast, client_for: As) -> None:
    concern = acknowledged(cast.lead)
    outbox.OutboxMessage.objects.filter(to="dara@example.org").update(
        state=outbox.MessageState.NOT_DELIVERED, ended_at=clock.now()
    )

    for who in (cast.lead, cast.administrator):
        assert (concern.reference, "A message was not delivered") in needed(day(client_for(who)))


def test_a_step_that_is_due_needs_whoever_has_it(cast: Cast, client_for: As) -> None:
    concern = acknowledged(cast.lead)
    plan(concern, cast.lead, step=NextStep.CHECK_IN, on=date(2024, 5, 3))

    assert needed(day(client_for(cast.lead))) == [(concern.reference, "Due: check how people are")]
    assert needed(day(client_for(cast.deputy))) == []


def test_those_who_may_not_act_are_not_asked_to(cast: Cast, client_for: As) -> None:
    raised()

    page = day(client_for(cast.administrator))

    assert needed(page) == []
    assert len(listed(page)) == 1


def test_more_than_fit_are_counted(cast: Cast, client_for: As) -> None:
    for _each in range(8):
        raised()

    page = day(client_for(cast.lead))

    assert "8 things need you" in page
    assert len(needed(page)) == 6


def test_the_words_on_top_narrow_the_list_and_stand_in_the_address(cast: Cast, client_for: As) -> None:
    mine = acknowledged(cast.lead, how_soon=HowSoon.TODAY)
    waiting = raised(how_soon=HowSoon.NO_RUSH)
    shut = closed(cast.deputy, how_soon=HowSoon.THIS_WEEK)
    with context.person(cast.lead):
        triage.sort_kind(concern=mine, by=cast.lead, kind=Kind.QUESTION)
    client = client_for(cast.lead)

    found = {
        query: listed(day(client, query))
        for query in (
            "",
            "?show=waiting",
            "?show=closed",
            "?show=all",
            "?whose=mine",
            "?whose=nobodys",
            "?soon=no_rush",
            "?kind=question",
            "?show=all&sort=oldest",
            "?show=all&whose=mine&soon=this_week",
        )
    }

    assert found == {
        "": [waiting.reference, mine.reference],
        "?show=waiting": [waiting.reference],
        "?show=closed": [shut.reference],
        "?show=all": [shut.reference, waiting.reference, mine.reference],
        "?whose=mine": [mine.reference],
        "?whose=nobodys": [waiting.reference],
        "?soon=no_rush": [waiting.reference],
        "?kind=question": [mine.reference],
        "?show=all&sort=oldest": [mine.reference, waiting.reference, shut.reference],
        "?show=all&whose=mine&soon=this_week": [],
    }


def test_a_word_keeps_the_others_in_its_address(cast: Cast, client_for: As) -> None:
    page = day(client_for(cast.lead), "?show=all&whose=mine")

    assert 'href="?show=closed&amp;whose=mine"' in page
    assert '<a class="govuk-link" href="?show=all&amp;whose=mine" aria-current="true">Mine</a>' in page


@pytest.mark.parametrize(
    "query",
    [
        "?show=nonsense",
        "?after=x",
        "?after=2024-01-01~zz",
        "?before=~",
        "?sort=%00&kind=%27",
        "?x=1",
        f"?after=2024-01-01~{NOBODY.hex}",
        f"?before=2024-01-01T09:00:00~{NOBODY.hex}",
    ],
)
def test_an_address_that_means_nothing_shows_the_list(query: str, cast: Cast, client_for: As) -> None:
    concern = raised()

    assert listed(day(client_for(cast.lead), query)) == [concern.reference]


@pytest.mark.parametrize("moment", ["2024-01-01T09:00:00", "2024-01-01T09:00:00%2B00:00"])
def test_a_place_in_another_order_shows_the_first_page(moment: str, cast: Cast, client_for: As) -> None:
    concern = acknowledged(cast.lead)
    plan(concern, cast.lead, step=NextStep.CHECK_IN, on=date(2023, 5, 3))

    page = day(client_for(cast.lead), f"?sort=next-step&after={moment}~{NOBODY.hex}")

    assert listed(page) == [concern.reference]


def test_a_list_without_anything_says_what_to_do(cast: Cast, client_for: As) -> None:
    page = day(client_for(cast.lead), "?show=overdue")

    assert "Choose others above, or see everything." in page
    assert 'href="?show=all"' in page


def test_an_alternate_sees_only_what_was_passed_to_them(cast: Cast, client_for: As) -> None:
    theirs = raised(kept_out=[cast.lead])
    raised()

    page = day(client_for(cast.alternate), "?show=all")

    assert listed(page) == [theirs.reference]


def test_the_keyboard_is_explained_on_the_page(cast: Cast, client_for: As) -> None:
    raised()

    assert "Moving through the list with the keyboard" in day(client_for(cast.lead))


@pytest.mark.parametrize("role", ["co_producer", "facilitator"])
def test_those_who_may_not_read_are_refused(role: str, cast: Cast, client_for: As) -> None:
    assert client_for(getattr(cast, role)).get("/concerns/").status_code == 403


def test_a_password_alone_does_not_open_it(cast: Cast, client_for: As) -> None:
    response = client_for(cast.lead, second_factor=False).get("/concerns/")

    assert response.status_code == 302


def test_only_get_is_answered(cast: Cast, client_for: As) -> None:
    assert client_for(cast.lead).post("/concerns/").status_code == 405
