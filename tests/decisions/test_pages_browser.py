"""The pages of challenges, decisions and how telling was, in a real browser, normal and in error."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext
from pytest_django.live_server_helper import LiveServer

from reviews.forms.suggestions import grouped
from reviews.services import challenging, deciding
from reviews.weighing import Reply
from tests.cast import Cast
from tests.decisions.conftest import checked, said, written
from tests.planning.test_library_browser import signed_in
from tests.planning.test_pages_browser import Axe, faults
from tests.statement.conftest import published

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.slow
def test_no_page_has_a_fault_also_in_error(
    cast: Cast,
    client_for: Callable[..., Client],
    browser_context: BrowserContext,
    live_server: LiveServer,
    axe: Axe,
) -> None:
    published(cast)
    page = signed_in(browser_context, client_for(cast.deputy), live_server)
    shown, in_error = pages(cast)
    found: dict[str, list[str]] = {}

    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        for address in (*shown, *in_error):
            page.goto(f"{live_server.url}{address}")
            found[f"{address} at {width}"] = faults(page, axe)
        for address, button in in_error.items():
            page.goto(f"{live_server.url}{address}")
            page.get_by_role("button", name=button).first.click()
            page.locator(".govuk-error-summary").wait_for()
            page.evaluate("scrollTo(0, 0)")  # else the bar that stays on top covers a half of some link
            found[f"{address} in error at {width}"] = faults(page, axe)

    assert {where: what for where, what in found.items() if what} == {}


def pages(cast: Cast) -> tuple[list[str], dict[str, str]]:
    """What is looked at, and which of it has a button that an empty form refuses."""
    waits, code = said(by=cast.deputy)
    challenging.answer(challenge=waits, by=cast.lead, reply=Reply.PARTLY, words="We ask you next time.")
    again, mine = "/values-not-followed/", f"/values-not-followed/all/{waits.pk}/"
    record, asked = checked(cast), written(cast)
    deciding.look_back(record=record, by=cast.facilitator, again="partly", words="Sooner, next time.")
    shown = [f"{again}all/?show=all", mine, "/decisions/", f"/decisions/{record.pk}/", "/decisions/to-check/"]
    in_error = {
        again: "Send",
        f"{again}find/": "Continue",
        f"{again}read/{grouped(code)}/": "Send",
        f"{again}read/{grouped(code)}/again/": "Send it back",
        f"{mine}answer/": "Send the answer",
        f"{mine}book/": "Book the time",
        "/decisions/write/": "Keep it",
        f"/decisions/{asked.pk}/check/": "Save what I say",
        f"/decisions/{record.pk}/look-back/": "Save",
    }
    return [*shown, "/how-it-was/", "/decisions/find/"], in_error
