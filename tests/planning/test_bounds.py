"""The limits of planning: what fits, what is one too many, and that nothing is lost by it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from riskassessment import limits as our_limits
from riskassessment.forms.assessments import MOST_FREE, PASSAGE_LIMIT, WORRY_LIMIT
from riskassessment.models import Assessment
from riskassessment.services import assessing, joining
from riskassessment.services.assessing import Page, Written
from riskassessment.views import contributions
from riskassessment.views.activities import PAGE
from riskassessment.views.names import WORRIES_A_PAGE
from safeguarding import clock
from safeguarding.limits import Limit
from tests.cast import Cast
from tests.planning.conftest import begun, planned
from tests.planning.test_thread import boxes, hidden

pytestmark = pytest.mark.django_db
As = Callable[..., Client]


@pytest.mark.parametrize(("more", "status"), [(-1, 302), (0, 302), (1, 200)])
def test_a_text_may_be_exactly_as_long_as_its_limit(
    more: int, status: int, cast: Cast, client_for: As
) -> None:
    assessment, words = begun(cast), "x" * (PASSAGE_LIMIT + more)

    response = client_for(cast.facilitator).post(f"/assessments/{assessment.pk}/write/", {"good": words})

    assert response.status_code == status
    assert (words in response.content.decode()) == (status == 200)


@pytest.mark.parametrize(("more", "kept"), [(-1, 1), (0, 1), (1, 0)])
def test_a_worry_may_be_exactly_as_long_as_its_limit(
    more: int, kept: int, cast: Cast, client_for: As
) -> None:
    assessment, name = begun(cast), f"new_{uuid4().hex}"
    sent = {f"{name}_words": "x" * (WORRY_LIMIT + more)}

    client_for(cast.facilitator).post(f"/assessments/{assessment.pk}/write/", sent)

    assert assessment.worries.count() == kept


@pytest.mark.parametrize(("sent", "kept"), [(MOST_FREE, MOST_FREE), (MOST_FREE + 1, MOST_FREE)])
def test_a_page_brings_twenty_new_worries_at_most(sent: int, kept: int, cast: Cast, client_for: As) -> None:
    """The page itself offers two; more than twenty come from no page of ours."""
    assessment = begun(cast)
    page = {f"new_{uuid4().hex}_words": "x" for _each in range(sent)}

    client_for(cast.facilitator).post(f"/assessments/{assessment.pk}/write/", page)

    assert assessment.worries.count() == kept


def test_guessing_from_everywhere_stops_exactly_at_the_limit(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        our_limits, "JOIN_GUESS_ANYWHERE", Limit("join_guess_anywhere", hits=3, seconds=10**9)
    )

    found = [Client(REMOTE_ADDR=f"198.51.100.{n}").post("/join/", {"code": "AAAAAA"}) for n in range(5)]

    assert [page.status_code for page in found] == [422] * 3 + [429] * 2


@pytest.mark.parametrize("rows", [PAGE - 1, PAGE, PAGE + 1])
def test_a_page_of_the_list_holds_fifty(rows: int, cast: Cast, client_for: As) -> None:
    for number in range(rows):
        planned(cast.facilitator, title=f"Walk {number}", starts_at=clock.now() + timedelta(days=number + 1))
    client = client_for(cast.facilitator)

    first, second = (client.get(f"/activities/?page={n}").content.decode() for n in (1, 2))

    assert first.count("app-button--small") == min(rows, PAGE)
    assert ("?page=2" in first) == (rows > PAGE)
    assert ("Walk 50" in second) == (rows > PAGE)


@pytest.mark.parametrize("rows", [contributions.PAGE, contributions.PAGE + 1])
def test_a_page_of_what_people_wrote_holds_fifty(rows: int, cast: Cast, client_for: As) -> None:
    assessment = begun(cast)
    said = [joining.Said("worry", f"Bus {number}.") for number in range(1, rows + 1)]
    joining.type_in(
        assessment=assessment, by=cast.facilitator, said=said, attribution="unnamed", name="", once=uuid4()
    )
    client = client_for(cast.facilitator)

    first, second = (client.get(f"/assessments/{assessment.pk}/contributions/?page={n}").text for n in (1, 2))

    assert ("Bus 50." in first, "Bus 51." in first) == (True, False)
    assert ("?page=2" in first) == (rows > contributions.PAGE)
    assert ("Bus 51." in second) == (rows > contributions.PAGE)


def with_worries(cast: Cast, number: int) -> Assessment:
    assessment = begun(cast)
    new = {uuid4(): Written(f"Worry {each}.") for each in range(1, number + 1)}
    assessing.save(assessment=assessment, by=cast.facilitator, page=Page(new=new))
    return assessment


@pytest.mark.parametrize("rows", [WORRIES_A_PAGE, WORRIES_A_PAGE + 1])
def test_ten_worries_are_written_on_a_page(rows: int, cast: Cast, client_for: As) -> None:
    here = f"/assessments/{with_worries(cast, rows).pk}/write/"
    client = client_for(cast.facilitator)

    first, second = (client.get(f"{here}?page={n}").text for n in (1, 2))

    assert ("Worry 10." in first, "Worry 11." in first) == (True, False)
    assert ("?page=2" in first) == (rows > WORRIES_A_PAGE)
    assert ("Worry 11." in second) == (rows > WORRIES_A_PAGE)
    assert ('name="new_' in first) == (rows <= WORRIES_A_PAGE)


@pytest.mark.parametrize("rows", [1, WORRIES_A_PAGE * 4])
def test_the_page_to_write_on_asks_the_same_however_many_there_are(
    rows: int, cast: Cast, client_for: As
) -> None:
    here, client = f"/assessments/{with_worries(cast, rows).pk}/write/", client_for(cast.facilitator)

    with CaptureQueriesContext(connection) as queries:
        client.get(here)

    assert len(queries) == 22


def test_a_page_of_worries_leaves_those_of_the_other_pages_alone(cast: Cast, client_for: As) -> None:
    assessment = with_worries(cast, WORRIES_A_PAGE + 2)
    here, client = f"/assessments/{assessment.pk}/write/?page=2", client_for(cast.facilitator)
    page = client.get(here).text
    sent = hidden(page) | boxes(page)
    last = assessment.worries.last()
    assert last is not None

    there = client.post(
        here, sent | {f"worry_{last.pk.hex}_words": "The last one.", f"new_{uuid4().hex}_words": "x"}
    )

    assert there["Location"] == here
    words = list(assessment.worries.filter(removed_at=None).values_list("words", flat=True))
    assert words == [*(f"Worry {n}." for n in range(1, 12)), "The last one.", "x"]
