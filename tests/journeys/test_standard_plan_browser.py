"""A whole standard activity on a phone, from the first thought to what goes back; guests have no JavaScript."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from riskassessment import standing
from riskassessment.models import Activity, ZoneSheet
from riskassessment.standing import Standing
from tests.cast import Cast

PHONE = {"width": 375, "height": 667}
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.clause("P2", "5.0d", "5.0f", "5.7b"),
]


@pytest.fixture
def phones(
    cast: Cast, chromium: Browser, client_for: Callable[..., Client], live_server: LiveServer
) -> Iterator[tuple[Page, Page]]:
    """Of Farah, who facilitates, and of a guest who has scripts switched off."""
    with ExitStack() as stack:
        ours, theirs = (
            stack.enter_context(
                chromium.new_context(
                    viewport=PHONE,  # type: ignore[arg-type]
                    base_url=live_server.url,
                    java_script_enabled=has_scripts,
                )
            )
            for has_scripts in (True, False)
        )
        name = settings.SESSION_COOKIE_NAME
        value = client_for(cast.facilitator).cookies[name].value
        ours.add_cookies([{"name": name, "value": value, "url": live_server.url}])
        for context in (ours, theirs):
            context.set_default_timeout(10_000)
        yield ours.new_page(), theirs.new_page()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def begin(farah: Page) -> str:
    """A title, one part, the plan, and more than a light one. Returns the plan's address."""
    farah.goto("/activities/new/")
    farah.get_by_label("What is it called?").fill("A listening day")
    press(farah, "Begin")
    farah.get_by_role("link", name="Add a part").click()
    farah.get_by_label("What is this part called?").fill("Telling and hearing")
    farah.locator("main").get_by_role("button").click()
    press(farah, "Begin the plan")
    farah.get_by_role("link", name="How much this plan asks").click()
    farah.get_by_role("group", name="How much should this plan ask?").get_by_label("Standard").check()
    farah.get_by_label("Why?").last.fill("It is new for us.")
    farah.get_by_role("group", name="How much should this plan ask?").locator(
        "xpath=ancestor::form"
    ).get_by_role("button").click()
    return f"/assessments/{Activity.objects.get().assessment.pk}/"


def contribute(guest: Page, code: str) -> str:
    """Words of a guest, who keeps the address of their own page."""
    guest.goto(f"/join/{code}/")
    guest.get_by_label("What does safe mean to you here?").fill("That I may stop.")
    guest.get_by_label("What worries you, or could go wrong?").fill("It may bring things back.")
    press(guest, "Send")
    expect(guest.get_by_role("heading", name="Thank you for writing")).to_be_visible()
    fits(guest)
    return guest.url


def make_sense(farah: Page, plan: str) -> None:
    """Each contribution is answered; the worry is taken up, worked out and decided."""
    farah.goto(f"{plan}contributions/")
    press(farah, "Put it into the plan")
    for each in farah.get_by_role("link", name="Answer it").all():
        address = each.get_attribute("href")
        assert address is not None
        farah.goto(address)
        farah.get_by_label("Used", exact=True).check()
        press(farah, "Save")
    farah.goto(f"{plan}write/")
    farah.get_by_label("What safe means to us").fill("Anybody may stop.")
    farah.get_by_label("What we do about it").first.fill("We agree on a sign, and stop.")
    press(farah, "Save")
    expect(farah.get_by_text("Saved.", exact=True)).to_be_visible()
    farah.get_by_role("link", name="Work it out").click()
    farah.get_by_label("Take it together").check()
    farah.get_by_label("The good", exact=False).first.fill("They are heard.")
    press(farah, "Save")
    expect(farah.get_by_text("Saved.", exact=True)).to_be_visible()
    fits(farah)


def agree(farah: Page, guest: Page, plan: str, own: str) -> None:
    farah.goto(f"{plan}agreeing/")
    press(farah, "Put it to the group")
    guest.goto(own)
    guest.get_by_label("I agree", exact=True).check()
    guest.locator("form", has=guest.get_by_label("I agree", exact=True)).get_by_role("button").click()
    farah.goto(f"{plan}agreeing/")
    press(farah, "Say that the group agrees")
    expect(farah.get_by_text("The group agrees on this plan.")).to_be_visible()


def say_zones(farah: Page, guest: Page, here: str, own: str) -> None:
    """One tap for the part, which only its giver sees; and gone again with one more."""
    farah.goto(f"{here}zones/round/")
    farah.get_by_label("How many people are invited?").fill("6")
    press(farah, "Ask now")
    guest.goto(f"{own}zones/")
    guest.get_by_role("group", name="Telling and hearing").get_by_label("Stretch").check()
    press(guest, "Send")
    fits(guest)
    assert ZoneSheet.objects.count() == 1
    guest.goto(f"{own}zones/")
    press(guest, "Delete all I said here")
    assert not ZoneSheet.objects.exists()
    farah.goto(f"{here}zones/round/")
    press(farah, "Close the round")


def be_there(farah: Page, guest: Page, own: str, here: str) -> None:
    guest.goto(f"{own}today/")
    expect(guest.get_by_text("We agree on a sign, and stop.")).to_be_visible()
    fits(guest)
    press(guest, "Tell whoever watches")
    yesterday = timezone.localdate() - timedelta(days=1)
    farah.goto(f"{here}change/")
    day = farah.get_by_role("group", name="Which day?")
    for box, number in zip(
        ("Day", "Month", "Year"), (yesterday.day, yesterday.month, yesterday.year), strict=True
    ):
        day.get_by_label(box, exact=True).fill(str(number))
    press(farah, "Save")
    expect(farah.get_by_role("heading", name="A listening day", exact=True)).to_be_visible()


def look_back(farah: Page, guest: Page, plan: str, own: str, here: str) -> None:
    guest.goto(f"{own}after/")
    felt = guest.get_by_role("group", name="Did it feel safe?")
    felt.get_by_role("radio").first.check()
    guest.get_by_label("What worked?").fill("The sign.")
    press(guest, "Send")
    farah.goto(f"{here}after/write/")
    farah.get_by_label("What worked?").fill("We stopped once, and went on.")
    press(farah, "Save")
    farah.goto(f"{plan}feedback/")
    press(farah, "Share it")
    guest.goto(own)
    expect(guest.get_by_role("heading", name="You said, and we did")).to_be_visible()
    fits(guest)


def test_from_a_first_thought_to_what_goes_back(phones: tuple[Page, Page]) -> None:
    farah, guest = phones
    plan = begin(farah)
    here = f"/activities/{Activity.objects.get().pk}/"

    farah.goto(f"{plan}write/")
    press(farah, "Get a code for the room")
    own = contribute(guest, str(farah.locator(".app-poster__code").text_content()))
    make_sense(farah, plan)
    agree(farah, guest, plan, own)
    assert [each.standing for each in standing.of(Activity.objects.all())] == [Standing.AGREED]
    say_zones(farah, guest, here, own)
    be_there(farah, guest, own, here)
    look_back(farah, guest, plan, own, here)
