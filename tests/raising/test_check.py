"""`/raise/check/`: every answer with a change link, then the last button."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.raising.journey import Reporter, concerns, the_concern

pytestmark = pytest.mark.django_db
MOST_QUERIES = 31


def rows(page: str) -> dict[str, str]:
    found = re.findall(
        r'__key">(.*?)</dt>\s*<dd class="govuk-summary-list__value">(.*?)</dd>', page, re.DOTALL
    )
    return dict(found)


def test_each_answer_stands_there_with_a_way_to_change_it(reporter: Reporter, cast: Cast) -> None:
    reporter.begin(untick=(str(cast.lead.pk),), names="Farah")
    reporter.write("The door was locked.", how_soon="this_week", under_18="no")
    page = reporter.answer("/raise/reach/", {"name": "Wren", "on_behalf": "on"}).content.decode()

    assert rows(page) == {
        "Who gets this": "Dara, deputy lead; Alex, alternate contact, outside the team",
        "Kept out": "Lena, safeguarding lead, Farah",
        "Your words": "The door was locked.",
        "How soon": "this week",
        "Under 18": "no",
        "How you are known": "a first name only, Wren",
        "Safe ways and times": "not said",
        "You asked": "for someone else",
    }
    assert page.count(">Change<") == len(rows(page))


def test_each_change_link_leads_to_its_field(reporter: Reporter) -> None:
    reporter.begin()
    page = reporter.open("/raise/check/").content.decode()
    for url, anchor in re.findall(r'href="(/raise/[a-z/]*)#(id_[a-z0-9_]+)">Change', page):
        assert f'id="{anchor}"' in reporter.open(url).content.decode()


def test_it_sends(reporter: Reporter) -> None:
    reporter.begin()
    reporter.write()

    assert len(reporter.receipt(reporter.answer("/raise/check/"))) == 16
    assert the_concern().words == "The door was locked."


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({}, 'href="/raise/words/#id_words">Write a few words'),
        ({"rather_not_write": "on"}, 'href="/raise/reach/#id_mode_0">Tell us how to reach you'),
    ],
)
def test_what_is_missing_is_said_with_a_link(reporter: Reporter, answers: dict[str, str], error: str) -> None:
    reporter.begin()
    reporter.write("", **answers)
    page = reporter.answer("/raise/check/")

    assert page.status_code == 422
    assert error in page.content.decode()
    assert concerns() == []


def test_sending_again_leads_to_the_same_receipt(reporter: Reporter) -> None:
    reporter.begin()
    reporter.write()
    first, second = reporter.answer("/raise/check/"), reporter.client.post("/raise/check/", follow=True)

    assert reporter.receipt(first) == reporter.receipt(second) != ""
    assert len(concerns()) == 1


def test_a_post_without_a_draft_begins_at_the_first_page(cast: Cast) -> None:
    assert Client().post("/raise/check/").headers["Location"] == "/raise/"


def test_the_last_step_costs_few_queries(reporter: Reporter) -> None:
    reporter.raise_it()  # what a process makes once is made
    another = Reporter()
    another.begin()
    another.write()

    with CaptureQueriesContext(
        connection,
    ) as queries:
        another.client.post("/raise/check/")

    assert len(queries) <= MOST_QUERIES, "\n".join(q["sql"][:150] for q in queries)
