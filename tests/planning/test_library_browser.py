"""What grows the library, and a copy line by line, in a real browser: normal, in error, and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from riskassessment.models import AfterReview, Assessment, Prompt
from riskassessment.services import after, areas, assessing, copying, library
from riskassessment.services.assessing import Written
from safeguarding import clock
from tests.after.conftest import held
from tests.cast import Cast
from tests.planning.conftest import begun, planned
from tests.planning.test_pages_browser import Axe, faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OPEN = "document.querySelectorAll('details').forEach((each) => (each.open = true))"


def grown(cast: Cast) -> tuple[AfterReview, Assessment]:
    """A suggestion with somebody's name in it; a copy with lines of the library, one changed there since."""
    activity = held(cast, starts=clock.now() - timedelta(days=2), title="Poems upstairs").activity
    review = after.write(
        activity=activity, by=cast.facilitator, version=0, uses={}, keep_prompt="Could Ceri hear?"
    )
    source = begun(cast, title="Last time")
    page = assessing.Page(
        passages={"good": ("Poems", 0), "safe": ("Tea", 0)}, new={uuid4(): Written("Stairs.", "Lift.")}
    )
    assessing.save(assessment=source, by=cast.facilitator, page=page)
    prompt = Prompt.objects.current()[0]
    areas.put_in(assessment=source, prompt=prompt, by=cast.facilitator)
    library.change(prompt=prompt, by=cast.administrator, area=prompt.area, text="Said anew.")
    return review, copying.begin_as_copy(
        activity=planned(cast.facilitator), source=source, by=cast.facilitator
    )


def signed_in(context: BrowserContext, client: Client, live_server: LiveServer) -> Page:
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}
    context.add_cookies([cookie])  # type: ignore[list-item]
    return context.new_page()


def test_no_page_has_a_fault_also_in_error(
    cast: Cast,
    client_for: Callable[..., Client],
    browser_context: BrowserContext,
    live_server: LiveServer,
    axe: Axe,
) -> None:
    page = signed_in(browser_context, client_for(cast.facilitator), live_server)
    review, copy = grown(cast)
    plan, suggested = f"/assessments/{copy.pk}/", f"/prompts/suggested/{review.pk}/"
    found: dict[str, list[str]] = {}

    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        for address in ("/prompts/", suggested, f"{plan}still-true/", f"{plan}write/"):
            page.goto(f"{live_server.url}{address}")
            page.evaluate(OPEN)
            found[f"{address} {width}"] = faults(page, axe)
    for button, box in (
        ("Take it", "What should people think about?"),
        ("Set it aside", "Why is it not"),
    ):
        page.goto(f"{live_server.url}{suggested}")
        page.get_by_role("button", name=button).click()
        expect(page.get_by_role("alert")).to_be_visible()
        found[button] = faults(page, axe)
        page.get_by_role("alert").get_by_role("link").last.click()
        expect(page.get_by_label(box)).to_be_focused()

    assert {address: said for address, said in found.items() if said} == {}


def test_a_copy_is_looked_at_line_by_line_without_javascript(
    cast: Cast, client_for: Callable[..., Client], chromium: Browser, live_server: LiveServer
) -> None:
    _review, copy = grown(cast)
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 375, "height": 800})
    page = signed_in(context, client_for(cast.facilitator), live_server)
    page.goto(f"{live_server.url}/assessments/{copy.pk}/write/")

    page.get_by_role("link", name="Look at them, one by one").click()
    page.get_by_role("group", name="The good we want to come of it").get_by_label("Yes, still true").check()
    page.get_by_role("group", name="Worry 1").get_by_label("No longer: take it away").check()
    page.get_by_role("button", name="Save").click()

    expect(page.get_by_role("group")).to_have_count(2)
    page.get_by_role("link", name=re.compile("Change it.*What safe means")).click()
    expect(page.get_by_label("What safe means to us")).to_have_value("Tea")
    context.close()
    assert copy.worries.filter(removed_at=None).count() == 1
