"""The lead's journey in a real browser: two clicks to acknowledge, one page to close, axe on every page."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from concerns.enums import EntryKind, NextStep, State
from concerns.models import Entry
from concerns.services import triage
from safeguarding import context
from safeguarding.people.models import Person
from tests.cast import Cast, sign_in
from tests.triage.conftest import WORDS, acknowledged, now_is, raised, url
from tests.triage.story import full, messages_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Axe = Callable[[Page], list[str]]
Visit = Callable[[Person], Page]
WIDTHS = (1280, 320)
FORMS = (
    "acknowledge",
    "assign",
    "how_soon",
    "kind",
    "next_step",
    "under_18",
    "hand_over",
    "note",
    "reply",
    "decide",
    "person",
    "close",
)


@pytest.fixture
def visit(live_server: LiveServer, browser_context: BrowserContext) -> Visit:
    """A page of somebody who has signed in with their second factor."""

    def open_page(person: Person) -> Page:
        cookie = sign_in(Client(), person).cookies[settings.SESSION_COOKIE_NAME]
        browser_context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        return browser_context.new_page()

    return open_page


@pytest.fixture
def without_script(browser_context: BrowserContext) -> Iterator[None]:
    browser_context.route("**/*.js", lambda route: route.abort())
    yield


def wide_enough(page: Page) -> bool:
    """Nothing makes the page scroll sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_a_lead_acknowledges_in_two_clicks(cast: Cast, live_server: LiveServer, visit: Visit) -> None:
    # given a concern that waits, and a lead at her day
    concern, page = raised(), visit(cast.lead)
    page.goto(f"{live_server.url}/concerns/")

    # when she clicks twice
    page.get_by_role("link", name=f"Acknowledge {concern.reference}").click()
    page.get_by_role("button", name="Acknowledge and send").click()

    # then it is hers, and the reporter has a kind first reply
    expect(page.get_by_role("status").first).to_have_text("You have acknowledged it.")
    assert now_is(concern).assigned_to == cast.lead
    assert str(messages_of(concern)[0]).startswith("Thank you for telling us.")


def test_a_lead_reads_when_ready_and_closes_on_one_page(
    cast: Cast, live_server: LiveServer, visit: Visit
) -> None:
    # given a concern that is hers
    concern, page = acknowledged(cast.lead), visit(cast.lead)
    page.goto(live_server.url + url("concern", concern))
    expect(page.get_by_text(WORDS)).to_be_hidden()

    # when she reads it, and answers the three questions
    page.get_by_text("Read it when you are ready").click()
    expect(page.get_by_text(WORDS)).to_be_visible()
    page.get_by_role("link", name="Close it").click()
    page.get_by_label("What did we do?").fill("The lock is new.")
    page.get_by_label("What does the person say about it").fill("They like it.")
    page.get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Close it").click()

    # then it is closed
    expect(page.get_by_role("status").first).to_have_text("It is closed. You can open it again at any time.")
    assert now_is(concern).state == State.CLOSED


@pytest.mark.usefixtures("without_script")
def test_all_of_it_works_without_a_script(cast: Cast, live_server: LiveServer, visit: Visit) -> None:
    concern, page = raised(), visit(cast.lead)
    page.goto(f"{live_server.url}/concerns/")

    page.get_by_role("link", name=f"Acknowledge {concern.reference}").click()
    page.get_by_role("button", name="Acknowledge and send").click()
    page.get_by_text("Read it when you are ready").click()
    expect(page.get_by_text(WORDS)).to_be_visible()
    page.get_by_role("link", name="Close it").click()
    page.get_by_label("What did we do?").fill("There is no lock.")
    page.get_by_label("We are not acting on this").check()
    page.get_by_label("What does the person say about it").fill("They like it.")
    page.get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Close it").click()
    page.get_by_label("It was a gut feeling").check()
    page.get_by_role("button", name="Close it").click()

    expect(page.get_by_role("status").first).to_contain_text("It is closed.")
    assert now_is(concern).state == State.CLOSED


def test_the_list_is_walked_with_the_keyboard(cast: Cast, live_server: LiveServer, visit: Visit) -> None:
    concerns, page = [raised() for _each in range(3)], visit(cast.lead)
    page.goto(f"{live_server.url}/concerns/")
    references = [concern.reference for concern in reversed(concerns)]
    focused = "document.activeElement.textContent"

    page.get_by_role("rowheader").first.get_by_role("link").focus()
    walked = []
    for key in ("j", "ArrowDown", "k", "Home", "End"):
        page.keyboard.press(key)
        walked.append(page.evaluate(focused))
    page.keyboard.press("Enter")

    assert walked == [references[1], references[2], references[1], references[0], references[2]]
    expect(page.get_by_role("heading", level=1)).to_have_text(references[2])


def test_the_keys_do_nothing_outside_the_list(cast: Cast, live_server: LiveServer, visit: Visit) -> None:
    raised()
    page = visit(cast.lead)
    page.goto(f"{live_server.url}/concerns/")

    page.get_by_label("Find by reference").press_sequentially("jknp")

    assert page.get_by_label("Find by reference").input_value() == "jknp"


def test_an_error_leads_to_its_field(cast: Cast, live_server: LiveServer, visit: Visit) -> None:
    concern, page = acknowledged(cast.lead), visit(cast.lead)
    page.goto(live_server.url + url("concern_decide", concern))
    page.get_by_label("What did we decide?").fill("We change the lock.")
    page.get_by_role("button", name="Save the decision").click()

    page.get_by_role("link", name="Please fill this in: Why?").click()

    expect(page.get_by_label("Why?")).to_be_focused()
    expect(page.get_by_label("What did we decide?")).to_have_value("We change the lock.")


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_on_the_day_and_on_a_record(
    width: int, cast: Cast, live_server: LiveServer, visit: Visit, axe: Axe
) -> None:
    concern = full(cast)
    raised(under_18="yes")
    page, found = visit(cast.lead), {}
    page.set_viewport_size({"width": width, "height": 900})

    for address in (
        "/concerns/",
        "/concerns/?show=overdue",
        "/concerns/?soon=today",
        url("concern", concern),
    ):
        page.goto(live_server.url + address)
        found[address] = [*axe(page), *([] if wide_enough(page) else ["it scrolls sideways"])]
    page.goto(f"{live_server.url}/concerns/")
    page.get_by_label("Find by reference").fill("Marsh")
    page.get_by_role("button", name="Find").click()
    found["found"] = axe(page)

    assert {where: faults for where, faults in found.items() if faults} == {}


@pytest.mark.slow
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_on_any_act_in_its_normal_and_its_error_state(
    width: int, cast: Cast, live_server: LiveServer, visit: Visit, axe: Axe
) -> None:
    concern, waiting = full(cast), raised(under_18="yes")
    page, found = visit(cast.lead), {}
    page.set_viewport_size({"width": width, "height": 900})

    for name in FORMS:
        of = waiting if name == "acknowledge" else concern
        page.goto(live_server.url + url(f"concern_{name}", of))
        found[name] = [*axe(page), *([] if wide_enough(page) else ["it scrolls sideways"])]
        page.evaluate(
            "document.querySelectorAll('main [type=radio]').forEach((one) => (one.checked = false))"
        )
        page.evaluate("document.querySelectorAll('main textarea').forEach((one) => (one.value = ' '))")
        if name != "acknowledge":
            page.locator("main .app-actions button").click()
            expect(page.get_by_role("alert")).to_be_visible()
            found[f"{name} with errors"] = axe(page)
    page.goto(live_server.url + url("concern_decide", waiting))
    found["a closed door"] = axe(page)
    with context.system():
        note = Entry.objects.get(kind=EntryKind.SEEN)
    page.goto(live_server.url + url("concern_correct", concern, entry=note.pk))
    found["correct"] = axe(page)

    assert {where: faults for where, faults in found.items() if faults} == {}


def test_what_was_typed_stays_when_somebody_was_first(
    cast: Cast, live_server: LiveServer, visit: Visit, client_for: Callable[..., Client], axe: Axe
) -> None:
    # given a lead who is writing, and a deputy who plans a step meanwhile
    concern, page = acknowledged(cast.lead), visit(cast.lead)
    page.goto(live_server.url + url("concern_decide", concern))
    page.get_by_label("What did we decide?").fill("We change the lock.")
    page.get_by_label("Why?").fill("It jams.")
    with context.person(cast.deputy):
        triage.plan_next_step(concern=now_is(concern), by=cast.deputy, step=NextStep.CHECK_IN)

    # when she sends it
    page.get_by_role("button", name="Save the decision").click()

    # then she sees what is new, keeps her words, and can send them again
    expect(page.get_by_text("Next step: check how people are")).to_be_visible()
    expect(page.get_by_label("Why?")).to_have_value("It jams.")
    assert axe(page) == []
    page.get_by_role("button", name="Save the decision").click()
    expect(page.get_by_text("The decision is in the record.")).to_be_visible()
