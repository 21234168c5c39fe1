"""A space to reflect keeps a day, a theme and a number. There is no place for what was said."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from reviews.forms.recognition import MOST_PEOPLE
from reviews.models import ReflectionSpace
from reviews.services import reflecting
from reviews.views import reflection
from tests.cast import Cast
from tests.learning.conftest import day

pytestmark = pytest.mark.django_db
As = Callable[..., Client]


def sent(days: int = 0, **more: Any) -> dict[str, Any]:
    on = day(days)
    parts = {"held_on_day": on.day, "held_on_month": on.month, "held_on_year": on.year}
    return {"once": uuid4(), "theme": "Saying no", "people": 6, "aftercare_offered": "yes"} | parts | more


@pytest.mark.clause("V5")
def test_anybody_with_an_account_notes_one(cast: Cast, client_for: As) -> None:
    client_for(cast.co_producer).post("/learning/reflection/add/", sent())
    page = " ".join(client_for(cast.facilitator).get("/learning/reflection/").content.decode().split())

    assert "Saying no" in page and "6 people · aftercare was offered" in page


def test_there_is_no_box_for_what_was_said(cast: Cast, client_for: As) -> None:
    page = client_for(cast.co_producer).get("/learning/reflection/add/").content.decode()

    asked = set(re.findall(r'name="(\w+)"', page)) - {"csrfmiddlewaretoken", "viewport", "robots"}
    assert "<textarea" not in page
    assert {name for name in asked if not name.startswith("held_on")} - {"color"} == {
        "once",
        "theme",
        "people",
        "aftercare_offered",
    }
    kept = {field.name for field in ReflectionSpace._meta.get_fields()}
    assert kept == {"id", "held_on", "theme", "people", "aftercare_offered", "added_at", "added_by"}


def test_a_name_in_the_theme_is_asked_about_and_may_stay(cast: Cast, client_for: As) -> None:
    ceri, once = client_for(cast.co_producer), uuid4()

    asked = ceri.post("/learning/reflection/add/", sent(theme="What Dara said", once=once))
    assert "is this the name of one of us?" in asked.content.decode()
    ceri.post("/learning/reflection/add/", sent(theme="What Dara said", once=once, name_stays=["Dara"]))

    assert ReflectionSpace.objects.get().theme == "What Dara said"


@pytest.mark.parametrize(
    ("people", "kept"), [("0", 0), ("1", 1), (MOST_PEOPLE, 1), (MOST_PEOPLE + 1, 0), ("six", 0)]
)
def test_how_many_were_there_has_its_bounds(people: Any, kept: int, cast: Cast, client_for: As) -> None:
    client_for(cast.co_producer).post("/learning/reflection/add/", sent(people=people))

    assert ReflectionSpace.objects.count() == kept


def test_a_day_that_is_still_to_come_is_refused(cast: Cast, client_for: As) -> None:
    page = client_for(cast.co_producer).post("/learning/reflection/add/", sent(2))

    assert "This day is still to come." in page.content.decode()


def test_the_list_has_pages(cast: Cast, client_for: As) -> None:
    for number in range(reflection.PAGE + 1):
        held_on = day(0) - timedelta(days=number)
        reflecting.add(
            held_on=held_on,
            theme=f"Theme {number}.",
            people=3,
            aftercare_offered=False,
            by=cast.lead,
            once=uuid4(),
        )
    pages = [client_for(cast.lead).get(f"/learning/reflection/?page={n}").content.decode() for n in (1, 2)]

    assert [page.count("Theme ") for page in pages] == [reflection.PAGE, 1]


@pytest.mark.parametrize(
    ("people", "asked"), [("0", "One is the smallest number."), (501, "Write a number up to 500.")]
)
def test_a_number_out_of_its_bounds_is_asked_about_in_our_words(
    people: Any, asked: str, cast: Cast, client_for: As
) -> None:
    page = client_for(cast.co_producer).post("/learning/reflection/add/", sent(people=people))

    assert asked in page.content.decode()
