"""Two who facilitate and two guests write at one plan at once, and one of them loses the network (clause 5.0f)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from riskassessment.enums import Passage, Place
from riskassessment.models import Assessment
from riskassessment.services import activities, freezing
from safeguarding.people.models import Person
from safeguarding.permissions import Role
from tests.cast import Cast, person
from tests.planning.conftest import begun, code_for

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.clause("5.0f")]
Opened = Callable[[Person | None], Page]
GOOD, SAFE = str(Passage.GOOD.label), str(Passage.SAFE.label)
WORRY, PLAN = "What worries us", "What we do about it"
GUEST_WORRY = "What worries you, or could go wrong?"


@pytest.fixture
def browser_of(
    chromium: Browser, client_for: Callable[..., Client], live_server: LiveServer
) -> Iterator[Opened]:
    """A browser with a network of its own for each of them."""
    with ExitStack() as stack:

        def opened(someone: Person | None) -> Page:
            context = stack.enter_context(chromium.new_context(base_url=live_server.url))
            context.set_default_timeout(10_000)
            if someone is not None:
                name = settings.SESSION_COOKIE_NAME
                value = client_for(someone).cookies[name].value
                context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
            return context.new_page()

        yield opened


@pytest.fixture
def assessment(cast: Cast) -> Assessment:
    made = begun(cast)
    second = person("Sam", Role.FACILITATOR)
    activities.give_place(activity=made.activity, person=second, place=Place.FACILITATES, by=cast.facilitator)
    return made


def add_worry(page: Page, words: str, plan: str) -> None:
    """In the first free place."""
    free = page.locator("fieldset.app-worry").nth(-2)
    free.get_by_label(WORRY).fill(words)
    free.get_by_label(PLAN).fill(plan)


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()


def test_no_word_is_lost_when_four_write_and_one_loses_the_network(
    cast: Cast, assessment: Assessment, browser_of: Opened
) -> None:
    code = code_for(assessment, cast).code
    sam_is = assessment.activity.people.exclude(person=cast.facilitator).get().person
    farah, sam, robin, ash = (browser_of(who) for who in (cast.facilitator, sam_is, None, None))
    for one in (farah, sam):
        one.goto(f"/assessments/{assessment.pk}/write/")
    for one in (robin, ash):
        one.goto(f"/join/{code}/")

    sam.context.set_offline(True)
    sam.get_by_label(GOOD).fill("Poems, from Sam")
    add_worry(sam, "The lift, from Sam", "Somebody waits below.")
    save(sam)
    farah.get_by_label(GOOD).fill("Poems and tea, from Farah")
    farah.get_by_label(SAFE).fill("We can stop, from Farah")
    add_worry(farah, "The stairs, from Farah", "We light them.")
    save(farah)
    expect(farah.get_by_text("Saved.", exact=True)).to_be_visible()
    for one, name in ((robin, "Robin"), (ash, "Ash")):
        one.get_by_label(GUEST_WORRY).fill(f"The dark, from {name}")
        one.get_by_role("button", name="Send").click()
        expect(one.get_by_role("heading", name="Thank you for writing")).to_be_visible()
    expect(sam.locator(".app-unsent:visible")).not_to_have_count(0)
    sam.context.set_offline(False)

    expect(sam.get_by_role("alert")).to_contain_text("Poems and tea, from Farah")
    expect(sam.get_by_label(GOOD)).to_have_value("Poems, from Sam")
    sam.get_by_label(GOOD).fill("Poems and tea, from Farah and Sam")
    save(sam)
    expect(sam.get_by_text("Saved.", exact=True)).to_be_visible()

    text = freezing.text_of(assessment)
    assert text["passages"]["good"] == "Poems and tea, from Farah and Sam"
    assert text["passages"]["safe"] == "We can stop, from Farah"
    assert [(each["words"], each["plan"]) for each in text["worries"]] == [
        ("The stairs, from Farah", "We light them."),
        ("The lift, from Sam", "Somebody waits below."),
    ]
    written = {each.words for each in assessment.contributions.standing()}
    assert written == {"The dark, from Robin", "The dark, from Ash"}
