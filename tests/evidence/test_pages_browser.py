"""The pages of the evidence in a real browser, in their normal and their error state."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext
from pytest_django.live_server_helper import LiveServer

from tests.access.rows_cycles import a_cycle
from tests.access.rows_evidence import packed
from tests.cast import Cast
from tests.evidence.conftest import passed
from tests.planning.test_library_browser import signed_in
from tests.planning.test_pages_browser import Axe, faults
from tests.reviews.test_pages import holding
from tests.statement.conftest import published, suggested

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_no_page_has_a_fault_also_in_error(
    cast: Cast,
    client_for: Callable[..., Client],
    browser_context: BrowserContext,
    live_server: LiveServer,
    axe: Axe,
) -> None:
    clause = published(cast).texts.in_order()[0].clause
    passed("Say clearly that one may pass.", by=cast.administrator, clause=clause)
    made, _code = suggested("Ask Ceri first.")
    holding(a_cycle(), cast.facilitator)
    review = f"/statement/reviews/{packed(a_cycle()).cycle_id}/"
    page = signed_in(browser_context, client_for(cast.facilitator), live_server)
    found: dict[str, list[str]] = {}

    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        for address in (review, f"{review}evidence/", f"{review}figures/", f"{review}words/"):
            page.goto(f"{live_server.url}{address}")
            found[f"{address} at {width}"] = faults(page, axe)
        page.goto(f"{live_server.url}{review}words/suggestion/{made.pk}/")
        found[f"words at {width}"] = faults(page, axe)
        page.get_by_label("They can stand as they are").check()
        page.get_by_role("button", name="Save").click()
        page.locator(".govuk-error-summary").wait_for()
        found[f"words in error at {width}"] = faults(page, axe)

    assert {where: what for where, what in found.items() if what} == {}
