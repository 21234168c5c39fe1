"""Acceptance check 16 for agreeing: a guest reads, agrees and objects with the keyboard, no script, at 400 %."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from riskassessment.models import Agreement, Assessment, Change
from riskassessment.services import inviting
from riskassessment.services.inviting import Typed
from tests.cast import Cast
from tests.planning.agreeing import here, put, standard, write

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.clause("V1"),
    pytest.mark.clause("5.0d"),
]
ZOOMED = {"width": 320, "height": 256}  # what 400 % leaves of 1280 by 1024
MOST_STEPS = 80  # presses of the tab key from the top of a page to what is looked for


@pytest.fixture
def page(chromium: Browser, live_server: LiveServer) -> Iterator[Page]:
    context = chromium.new_context(viewport=ZOOMED, java_script_enabled=False, base_url=live_server.url)  # type: ignore[arg-type]
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def reach(page: Page, role: str, name: str) -> None:
    """With the tab key alone. What has the focus can be seen, and nothing needs a sideways scroll."""
    there = page.get_by_role(role, name=name, exact=True).first  # type: ignore[arg-type]
    expect(there).to_be_attached()
    for _step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if there.evaluate("element => element === document.activeElement"):
            break
    expect(there).to_be_focused()
    expect(there).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


def choose(page: Page, name: str) -> None:
    """The group of answers is one stop; the arrow keys go through it."""
    reach(page, "radio", "I agree")
    for _step in range(4):
        page.keyboard.press("Space")
        if page.get_by_role("radio", name=name, exact=True).is_checked():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{name} was not reached")


def press(page: Page, role: str, name: str) -> None:
    reach(page, role, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def invited(cast: Cast) -> tuple[Assessment, str]:
    assessment = standard(cast, "Poems for everybody")
    people = [Typed("kim@example.org")]
    inviting.invite(assessment=assessment, by=cast.facilitator, people=people)
    put(assessment, cast.facilitator)
    return assessment, f"/joined/{inviting.token_of(assessment.invitations.get())}/"


def test_d16_a_guest_reads_agrees_and_objects_by_keyboard_alone_at_400_percent(
    cast: Cast, page: Page
) -> None:
    assessment, mine = invited(cast)
    page.goto(mine)
    expect(page.get_by_text("Poems for everybody")).to_be_visible()

    choose(page, "I agree")
    press(page, "button", "Send")
    expect(page.get_by_text("You said: I agree.")).to_be_visible()

    choose(page, "I object")
    press(page, "button", "Send")
    expect(page.get_by_role("alert")).to_contain_text("Say why in a few words")
    press_to_box(page)
    page.keyboard.type("The stairs.")
    press(page, "button", "Send")
    expect(page.get_by_text("You said: I object.")).to_be_visible()
    (given,) = here(assessment).given
    assert (given.agreement.stance, given.agreement.words, given.is_open) == ("object", "The stairs.", True)
    assert Agreement.objects.count() == 2


def press_to_box(page: Page) -> None:
    """The link in the summary of errors leads to the box."""
    link = page.get_by_role("alert").get_by_role("link")
    for _step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if link.evaluate("element => element === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your words")).to_be_focused()


def test_a_guest_challenges_wishes_and_notes_by_keyboard_alone(cast: Cast, page: Page) -> None:
    assessment, mine = invited(cast)
    write(assessment, cast.facilitator, small=True, good="No poems")
    page.goto(mine)

    press(page, "button", "This was not small")
    expect(page.get_by_text("Everybody will be asked again")).to_be_visible()
    press(page, "link", "How much this plan asks, and your wish for more")
    press(page, "button", "Wish for more")
    expect(page.get_by_role("alert")).to_be_visible()
    page.goto(f"{mine}today/")
    reach_summary(page)
    reach(page, "textbox", "What happened, or what changed?")
    page.keyboard.type("The heron flew in.")
    press(page, "button", "Note it")

    expect(page.get_by_text("What you noted")).to_be_visible()
    assert Change.objects.get(key="good").challenged_guest is not None


def reach_summary(page: Page) -> None:
    """What is folded away opens with the keyboard, without a script."""
    there = page.locator("summary", has_text="Note a change")
    for _step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        if there.evaluate("element => element === document.activeElement"):
            break
    page.keyboard.press("Enter")
