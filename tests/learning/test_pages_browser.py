"""The pages of what we have learnt in a real browser, in their normal and their error state."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext
from pytest_django.live_server_helper import LiveServer

from reviews.services import recognising, reflecting
from tests.cast import Cast
from tests.learning.conftest import day, published, written
from tests.planning.test_library_browser import signed_in
from tests.planning.test_pages_browser import Axe, faults
from tests.triage.conftest import raised

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.slow
def test_no_page_has_a_fault_also_in_error(
    cast: Cast,
    client_for: Callable[..., Client],
    browser_context: BrowserContext,
    live_server: LiveServer,
    axe: Axe,
) -> None:
    out = f"/learning/points/{published(cast.co_producer, cast.deputy).public_id}/"
    waits = f"/learning/to-check/{written(cast.co_producer).pk}/"
    mine, concern = f"/learning/mine/{written(cast.lead).pk}/", raised()
    term = recognising.add(name="Small digs", meaning="Remarks.", by=cast.lead, once=uuid4())
    reflecting.add(
        held_on=day(0), theme="Saying no", people=3, aftercare_offered=True, by=cast.lead, once=uuid4()
    )
    words = f"/learning/recognition/{term.pk}/"
    calm = ["/learning/", out, "/learning/kinds/harm/", "/learning/mine/", mine, "/learning/to-check/"]
    calm += [
        "/learning/ask/",
        "/learning/recognition/",
        words,
        "/learning/reflection/",
        f"{mine}view/",
        f"{out}correct/",
    ]
    asking = ["/learning/write/", waits, f"{out}take-back/", f"{out}difference/"]
    asking += ["/learning/recognition/add/", f"{words}{concern.reference}/", "/learning/reflection/add/"]
    page, found = signed_in(browser_context, client_for(cast.lead), live_server), dict[str, list[str]]()

    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        for address in (*calm, *asking):
            page.goto(f"{live_server.url}{address}")
            found[f"{address} at {width}"] = faults(page, axe)
            if address in asking:
                page.locator("main form button").last.click()
                page.locator(".govuk-error-summary").wait_for()
                found[f"{address} in error at {width}"] = faults(page, axe)

    assert {where: what for where, what in found.items() if what} == {}
