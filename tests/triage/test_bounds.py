"""Where the lead's lists end, and that they say so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from concerns.enums import RoleInConcern
from concerns.listing import PAGE
from concerns.services.raising import Involved
from concerns.views.dashboard import MOST_FOUND, MOST_WORDS
from tests.cast import Cast
from tests.triage.conftest import closed, now_is, raised
from tests.triage.test_dashboard import day, listed
from tests.triage.test_found import look_for

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
NAME = "Ana Bea Cia Dea Eva Fia Gia Hia"


@pytest.mark.parametrize(("there", "another"), [(PAGE - 1, False), (PAGE, False), (PAGE + 1, True)])
def test_a_page_of_the_list_holds_fifty(cast: Cast, client_for: As, there: int, another: bool) -> None:
    for _each in range(there):
        raised()

    page = day(client_for(cast.administrator))

    assert (len(listed(page)), 'rel="next"' in page) == (min(there, PAGE), another)


@pytest.mark.parametrize(
    ("there", "more"), [(MOST_FOUND - 1, False), (MOST_FOUND, False), (MOST_FOUND + 1, True)]
)
def test_a_search_shows_fifty(cast: Cast, client_for: As, there: int, more: bool) -> None:
    for _each in range(there):
        raised(involved=[Involved(name="Jo", role=RoleInConcern.INVOLVED)])

    page = look_for(client_for(cast.lead), "Jo").content.decode()

    assert (len(listed(page)), "There are more than 50" in page) == (min(there, MOST_FOUND), more)


@pytest.mark.parametrize(
    ("words", "found"), [(MOST_WORDS - 2, False), (MOST_WORDS - 1, False), (MOST_WORDS, True)]
)
def test_the_first_eight_words_of_a_search_count(cast: Cast, client_for: As, words: int, found: bool) -> None:
    """One more word, of nobody's name, is looked for only while it is among the first eight."""
    raised(involved=[Involved(name=NAME, role=RoleInConcern.INVOLVED)])

    page = look_for(client_for(cast.lead), " ".join([*NAME.split()[:words], "Zed"])).content.decode()

    assert bool(listed(page)) is found


def test_a_second_look_is_wanted_within_ten_working_days(cast: Cast) -> None:
    """The cast works every day, so ten working days are ten days."""
    concern = now_is(closed(cast.lead, acted=False))
    assert concern.closed_at is not None and concern.second_look_by is not None

    assert concern.second_look_by - concern.closed_at == timedelta(days=settings.SECOND_LOOK_WORKING_DAYS)
