"""Every page of the statement in a real browser: no fault of accessibility, no sideways scroll, also in error."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from reviews.forms.suggestions import grouped
from reviews.models import Suggestion
from reviews.services import drafting, importing, reading, suggesting
from safeguarding.word import Block
from tests.cast import Cast
from tests.planning.test_pages_browser import faults
from tests.statement.conftest import rewrite, suggested

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Axe = Callable[[Page], list[str]]
As = Callable[..., Client]


def told(cast: Cast) -> list[str]:
    """Two versions, a third in draft with a text beside it, suggestions in each state: all their pages."""
    ada = cast.administrator
    first = drafting.begin(by=ada)
    importing.begin_with_example(draft=first, by=ada)
    drafting.publish(draft=first, by=ada, summary="The first.")
    reading.acknowledge(statement=first, by=ada)
    second = drafting.begin(by=ada)
    clauses = list(second.texts.in_order())
    rewrite(clauses[1], cast, "We want all of us to be safe, and to feel safe.", reason="Shorter.")
    drafting.move(text=clauses[3], by=ada, steps=-1)
    drafting.take_away(text=clauses[5], by=ada)
    drafting.publish(draft=second, by=ada, summary="Shorter, and in a better order.")
    draft = drafting.begin(by=ada)
    text = importing.bring(draft=draft, by=ada, blocks=[Block("x" * 90), Block(clauses[6].words, 0, "9")])
    answered, code = suggested("x" * 80, clause=clauses[1].clause, by=ada)
    suggesting.answer(suggestion=answered, by=ada, answer="no", words="Because.")
    waiting, other_code = suggested("Shorter.", name="Olu")
    here, mine = "/statement/", "/statement/suggestions/"
    pages = [here, f"{here}versions/", f"{here}versions/1/", f"{here}versions/1/2/", f"{here}changes/"]
    pages += [f"{here}versions/1/2/?show=all", f"{here}clauses/2/", f"{here}clauses/6/", f"{here}draft/"]
    pages += [f"{here}draft/changes/", f"{here}draft/publish/", f"{here}draft/bring/"]
    pages += [f"{here}draft/bring/{text.pk}/", f"{here}draft/bring/{text.pk}/1/", f"{here}draft/clauses/add/"]
    pages += [f"{here}draft/clauses/2/", f"{here}suggest/", f"{here}suggest/2/", "/suggested/"]
    pages += [f"/suggested/{grouped(each)}/" for each in (code, other_code, "A" * 12)]
    pages += [mine, f"{mine}?show=all", f"{mine}type-in/", f"{mine}{answered.pk}/"]
    return [*pages, f"{mine}{waiting.pk}/answer/", "/"]


@pytest.fixture
def ada(cast: Cast, client_for: As, browser_context: BrowserContext, live_server: LiveServer) -> Page:
    value = client_for(cast.administrator).cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}
    browser_context.add_cookies([cookie])  # type: ignore[list-item]
    return browser_context.new_page()


@pytest.mark.slow
def test_no_page_has_a_fault_nor_has_its_error(
    ada: Page, cast: Cast, live_server: LiveServer, axe: Axe
) -> None:
    """At both widths in one pass: axe and the measure of a page need no second visit."""
    found = {}
    for address in told(cast):
        ada.goto(f"{live_server.url}{address}")
        found[address] = _at_both(ada, axe)
        send = ada.locator("form[data-keep-words] button").first
        if send.count() and "/draft/clauses/2/" not in address:
            send.click()
            ada.wait_for_load_state()
            found[f"{address} sent empty"] = _at_both(ada, axe)

    assert {address: said for address, said in found.items() if said} == {}


def _at_both(page: Page, axe: Axe) -> list[str]:
    said = []
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        said += faults(page, axe)
    return said


@pytest.mark.clause("V3")
def test_one_answer_long_and_without_javascript(chromium: Browser, live_server: LiveServer) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/suggest/")

    page.get_by_label("What should we change, add, or keep?").fill("Say it shorter.")
    page.get_by_role("button", name="Send").click()

    expect(page.get_by_role("heading", name="Thank you for your suggestion")).to_be_visible()
    assert Suggestion.objects.get().words == "Say it shorter."
    expect(page.get_by_role("heading", name="Your code")).to_be_visible()
    context.close()
