"""What anybody reads of a review that was held on paper, or not held, is looked through for names first."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.access.rows_cycles import a_cycle
from tests.cast import Cast
from tests.reviews.test_pages import day_fields, today

pytestmark = [pytest.mark.django_db, pytest.mark.clause("V4")]
As = Callable[..., Client]
ASKED = "is this the name of one of us?"


@pytest.mark.parametrize(
    ("page", "box", "days_ago"), [("held", "summary", 10), ("not-held", "why", 60)], ids=["held", "not held"]
)
def test_a_name_in_it_is_asked_about_and_may_stay(
    page: str, box: str, days_ago: int, cast: Cast, client_for: As
) -> None:
    cycle, client = a_cycle(days_ago=days_ago), client_for(cast.administrator)
    path, given = f"/statement/reviews/{cycle.pk}/{page}/", {box: "Dara was ill."} | day_fields(today())

    asked = client.post(path, given).content.decode()

    cycle.refresh_from_db()
    assert ASKED in asked and "Dara was ill." in asked
    assert (cycle.summary, cycle.missed_why) == ("", "")
    client.post(path, given | {"name_stays": ["Dara"]})
    cycle.refresh_from_db()
    assert "Dara was ill." in (cycle.summary, cycle.missed_why)


def test_a_tick_for_one_name_never_stands_for_another(cast: Cast, client_for: As) -> None:
    cycle, client = a_cycle(days_ago=60), client_for(cast.administrator)

    page = client.post(
        f"/statement/reviews/{cycle.pk}/not-held/", {"why": "Ceri and Dara were ill.", "name_stays": ["Ceri"]}
    ).content.decode()

    assert f"“Dara”: {ASKED}" in page
    cycle.refresh_from_db()
    assert cycle.missed_why == ""
