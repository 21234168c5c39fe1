"""A light plan from nothing to agreed aloud, on a phone: one page to write, and nobody above to ask."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from riskassessment.models import AgreedVersion
from tests.cast import Cast

PHONE = {"width": 375, "height": 667}
SAID = {
    "The good we want to come of it": "New poems, and people who know each other.",
    "What safe means to us": "We can stop at any time, and nobody asks why.",
    "Who to turn to, before, during and after": "Farah, all day. The helpline is on the door.",
    "How to step out, and take part in another way": "The green room. Send a poem later.",
}
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.clause("5.0c"),
    pytest.mark.clause("5.0g"),
]


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without"])
def test_a_light_plan_is_one_page_and_one_tap(
    scripts: bool,
    cast: Cast,
    chromium: Browser,
    client_for: Callable[..., Client],
    live_server: LiveServer,
) -> None:
    context = chromium.new_context(viewport=PHONE, java_script_enabled=scripts, base_url=live_server.url)  # type: ignore[arg-type]
    name = settings.SESSION_COOKIE_NAME
    value = client_for(cast.facilitator).cookies[name].value
    context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
    page, visited = context.new_page(), []
    page.on("framenavigated", lambda frame: visited.append(urlsplit(frame.url).path))

    page.goto("/activities/new/")
    page.get_by_label("What is it called?").fill("Writing circle")
    page.locator("main").get_by_role("button").click()
    page.get_by_role("button", name="Begin the plan").click()
    write_the_page(page)

    expect(page.get_by_text("Agreed, and kept word for word.")).to_be_visible()
    agreed = AgreedVersion.objects.get()
    assert list(agreed.text["passages"].values()) == list(SAID.values())
    assert agreed.text["worries"][0]["plan"] == "A ramp at the side door."
    assert agreed.who_was_there == "All eight of us"
    assert len({path for path in visited if "/assessments/" in path}) == 1
    context.close()


def write_the_page(page: Page) -> None:
    for label, words in SAID.items():
        page.get_by_label(label).fill(words)
    page.get_by_label("What worries us").first.fill("The steps at the door")
    page.get_by_label("What we do about it").first.fill("A ramp at the side door.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    page.get_by_label("Who was there?").fill("All eight of us")
    page.get_by_role("button", name="Read aloud, and agreed in the room").click()
