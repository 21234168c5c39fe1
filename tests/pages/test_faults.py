"""`/faults/`: where the site went wrong, for administrators, without anybody's words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from safeguarding import faults
from safeguarding.faults import Fault
from safeguarding.pages.views import FAULTS_A_PAGE
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def note(words: str = "the heron") -> None:
    try:
        raise ValueError(words)
    except ValueError as error:
        faults.note(error, process="web", view="help")


def test_a_fault_is_shown_by_kind_and_place_without_its_words(cast: Cast, client_for: Any) -> None:
    note()

    shown = client_for(cast.administrator).get("/faults/").content.decode()

    assert "ValueError" in shown
    assert "test_faults.py" in shown
    assert "heron" not in shown


def test_nothing_wrong_says_so(cast: Cast, client_for: Any) -> None:
    assert "Nothing has gone wrong" in client_for(cast.administrator).get("/faults/").content.decode()


def test_faults_come_a_page_at_a_time_newest_first(cast: Cast, client_for: Any) -> None:
    now = datetime.now(UTC)
    Fault.objects.bulk_create(
        Fault(at=now - timedelta(hours=n), process="web", kind=f"Kind{n:03}", place="here")
        for n in range(FAULTS_A_PAGE + 1)
    )
    client = client_for(cast.administrator)

    first, second = (client.get(f"/faults/?page={n}").content.decode() for n in (1, 2))

    assert (first.count("Kind"), second.count("Kind")) == (FAULTS_A_PAGE, 1)
    assert first.index("Kind000") < first.index("Kind001")
    assert "Kind050" in second


@pytest.mark.parametrize("rows", [1, 3])
def test_it_costs_the_same_with_one_row_and_with_three(
    cast: Cast, client_for: Any, django_assert_num_queries: Any, rows: int
) -> None:
    for _ in range(rows):
        note()
    client = client_for(cast.administrator)
    client.get("/faults/")

    with django_assert_num_queries(QUERIES):
        client.get("/faults/")


@pytest.mark.parametrize("who", ["co_producer", "facilitator", "lead", "deputy", "alternate"])
def test_other_people_are_refused(cast: Cast, client_for: Any, who: str) -> None:
    assert client_for(getattr(cast, who)).get("/faults/").status_code == 403


def test_a_visitor_is_sent_to_sign_in(client: Client) -> None:
    assert client.get("/faults/").status_code == 302


def test_post_is_refused(cast: Cast, client_for: Any) -> None:
    assert client_for(cast.administrator).post("/faults/").status_code == 405


QUERIES = 7
