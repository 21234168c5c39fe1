"""Zones by keyboard alone, without JavaScript, at four times the size: 320 of 1280 pixels, and no sideways scroll."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from riskassessment.models import Adjustment, CardShare, GroupPicture, HelpsCard, Part, ZoneAnswer, ZoneSheet
from riskassessment.services import adjusting
from safeguarding import clock
from safeguarding.people.models import Person
from tests.cast import Cast
from tests.planning.conftest import code_for
from tests.planning.test_zones_browser import told
from tests.planning.zone_cast import close, parts, say, session

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.clause("5.6"),
]
MOST_TABS = 150
ZOOMED = {"width": 320, "height": 256}  # 1280 by 1024 at 400 %
Open = Callable[[Person | None], Page]


@pytest.fixture
def zoomed(chromium: Browser, client_for: Callable[..., Client], live_server: LiveServer) -> Iterator[Open]:
    context = chromium.new_context(viewport=ZOOMED, java_script_enabled=False, base_url=live_server.url)  # type: ignore[arg-type]
    context.set_default_timeout(10_000)

    def opened(who: Person | None) -> Page:
        if who is not None:
            name = settings.SESSION_COOKIE_NAME
            value = client_for(who).cookies[name].value
            context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
        return context.new_page()

    yield opened
    context.close()


def reach(page: Page, there: Locator) -> None:
    """Tab until it has the focus; it is then in view and drawn as focused."""
    for _each in range(MOST_TABS):
        if there.evaluate("it => it === document.activeElement"):
            expect(there).to_be_in_viewport()
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way to {there} by keyboard")


def press(page: Page, name: str, *, key: str = "Enter", role: str = "button") -> None:
    reach(page, page.get_by_role(role, name=name, exact=True).first)  # type: ignore[arg-type]
    page.keyboard.press(key)


def choose(page: Page, group: str, label: str) -> None:
    """Into the group by Tab, where its chosen answer has the focus; and down to the one that is meant."""
    here = page.get_by_role("group", name=group).first
    reach(
        page,
        here.locator("input:checked")
        if here.locator("input:checked").count()
        else here.get_by_role("radio").first,
    )
    for _each in here.get_by_role("radio").all():
        if here.get_by_label(label, exact=True).is_checked():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{label} cannot be chosen by keyboard")


def fits(page: Page) -> None:
    """Nothing is wider than the window; read by the browser, whose own scripts still run."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


def test_a_guest_answers_and_deletes_by_keyboard_alone(zoomed: Open, cast: Cast) -> None:
    round_ = session(cast, "Reading", "Tea")
    page = zoomed(None)
    page.goto(f"/join/{code_for(round_.assessment, cast).code}/zones/")

    choose(page, "Who may know what you answer?", "Those who facilitate, without my name")
    choose(page, "Reading", "Panic (or stress)")
    choose(page, "Tea", "Comfort")
    press(page, "Pass on only what would help", key="Space", role="checkbox")
    reach(page, page.locator("#more summary"))
    page.keyboard.press("Enter")
    choose(page, "Is some pressure welcome?", "Please not")
    press(page, "Send")

    expect(page.get_by_text("Kept. You can change it")).to_be_visible()
    fits(page)
    assert {str(each.felt) for each in ZoneAnswer.objects.all()} == {"panic", "comfort"}
    said = ZoneSheet.objects.get().said
    assert (said.sight, said.passes_on, said.pressure) == ("unnamed", True, "none")
    press(page, "Delete all I said here")
    expect(page.get_by_text("All you said here is deleted.")).to_be_visible()
    assert not ZoneSheet.objects.exists()


def test_those_who_facilitate_ask_guess_agree_and_tell_by_keyboard_alone(zoomed: Open, cast: Cast) -> None:
    begins = clock.now() - timedelta(hours=2)
    round_ = session(cast, starts_at=begins, ends_at=begins + timedelta(hours=1))
    for _each in range(5):
        say(round_, zone="panic")
        say(round_, stage="after", zone="panic")
    page = zoomed(cast.facilitator)
    page.goto(f"/activities/{round_.activity_id}/zones/round/")

    reach(page, page.locator("summary", has_text="What do you think most will say?"))
    page.keyboard.press("Enter")
    choose(page, "Reading", "Comfort")
    press(page, "Keep my guess")
    press(page, "Close the round")
    expect(page.get_by_text("You thought that “Reading” would be comfort")).to_be_visible()
    press(page, "Tell the group how it was")
    expect(page.get_by_text("How it was, as the group is told")).to_be_visible()
    agreeing = page.locator("form", has=page.get_by_role("button", name="Save", exact=True))
    reach(page, agreeing.get_by_role("radio", checked=True))
    page.keyboard.press("ArrowUp")
    press(page, "Save")
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()

    assert set(GroupPicture.objects.values_list("stage", flat=True)) == {"before", "after"}
    assert Part.objects.get().agreed == "panic"
    fits(page)


def test_a_card_is_written_shared_and_deleted_by_keyboard_alone(zoomed: Open, cast: Cast) -> None:
    session(cast, starts_at=clock.now() + timedelta(days=1))
    page = zoomed(cast.co_producer)
    page.goto("/helps-me/")

    reach(page, page.get_by_role("textbox").first)
    page.keyboard.type("A pause.")
    press(page, "Save")
    reach(page, page.get_by_role("combobox"))
    page.keyboard.press("ArrowDown")
    press(page, "Share")
    expect(page.get_by_text("Shared with those who facilitate it.")).to_be_visible()
    assert CardShare.objects.count() == 1
    press(page, "Delete my card")
    expect(page.get_by_text("Your card is deleted.")).to_be_visible()

    assert not HelpsCard.objects.exists()
    fits(page)


def test_no_page_of_zones_is_wider_than_the_window_at_four_times_the_size(zoomed: Open, cast: Cast) -> None:
    addresses = told(cast)
    page = zoomed(cast.facilitator)

    for address in addresses:
        page.goto(address)
        for fold in page.locator("summary").all():
            fold.click()
        fits(page)


def test_a_need_is_decided_on_by_keyboard_alone(zoomed: Open, cast: Cast) -> None:
    round_ = session(cast)
    say(round_, helps="A lamp", passes_on=True)
    close(round_, cast)
    need = Adjustment.objects.get(pk=adjusting.need_id(round_.activity, round_.assessment, "A lamp"))
    page = zoomed(cast.facilitator)
    page.goto(f"/activities/{round_.activity_id}/zones/round/")

    reach(page, page.get_by_role("link", name="Decide"))
    page.keyboard.press("Enter")
    reach(page, page.get_by_role("radio").first)
    page.keyboard.press("Space")
    reach(page, page.get_by_role("textbox"))
    page.keyboard.type("Two lamps.")
    press(page, "Save")
    expect(page.get_by_text("Saved. The group can read it.")).to_be_visible()

    need.refresh_from_db()
    assert (need.decision, need.words, parts(round_)[0].title) == ("do", "Two lamps.", "Reading")
