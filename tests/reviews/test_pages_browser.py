"""The pages of reviews in a real browser, in their normal and their error state."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext
from pytest_django.live_server_helper import LiveServer

from tests.access.rows_cycles import a_cycle
from tests.cast import Cast
from tests.planning.test_library_browser import signed_in
from tests.planning.test_pages_browser import Axe, faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_no_page_has_a_fault_also_in_error(
    cast: Cast,
    client_for: Callable[..., Client],
    browser_context: BrowserContext,
    live_server: LiveServer,
    axe: Axe,
) -> None:
    page = signed_in(browser_context, client_for(cast.lead), live_server)
    review = f"/statement/reviews/{a_cycle(days_ago=60).pk}/"
    found: dict[str, list[str]] = {}

    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        for address in ("/statement/reviews/", review, f"{review}holders/"):
            page.goto(f"{live_server.url}{address}")
            found[f"{address} at {width}"] = faults(page, axe)
        for address, box in ((f"{review}held/", "Day"), (f"{review}not-held/", "Why")):
            page.goto(f"{live_server.url}{address}")
            found[f"{address} at {width}"] = faults(page, axe)
            page.get_by_label(box).first.fill("")
            page.get_by_role("button", name="Save").click()
            page.locator(".govuk-error-summary").wait_for()
            found[f"{address} in error at {width}"] = faults(page, axe)

    assert {where: what for where, what in found.items() if what} == {}
