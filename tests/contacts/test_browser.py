"""Every page of the contacts in a real browser: no fault of accessibility, no sideways scroll."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from safeguarding.contacts.models import Contact, ContactKind, HelpPanel
from tests.cast import Cast
from tests.contacts.conftest import row

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Axe = Callable[[Page], list[str]]


@pytest.fixture
def signed_in(
    cast: Cast, client_for: Callable[..., Client], browser_context: BrowserContext, live_server: LiveServer
) -> Page:
    """The administrator's page; the session was made by the test."""
    value = client_for(cast.administrator).cookies[settings.SESSION_COOKIE_NAME].value
    browser_context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}]
    )
    return browser_context.new_page()


def addresses(cast: Cast) -> list[str]:
    lead, panel = row(cast.lead).pk, HelpPanel.objects.get(kind="outside").pk
    return [
        "",
        "add/lead/",
        "add/outside/",
        "history/",
        "hours/",
        "holidays/",
        "help/",
        "help/add/",
        f"help/{panel}/change/",
        f"{lead}/change/",
        f"{lead}/end/",
        f"{lead}/away/",
        "confirm/nothing/",
    ]


def faults(page: Page, axe: Axe) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return axe(page) + (["the page scrolls sideways"] if wide else [])


@pytest.mark.parametrize("width", [1280, 320])
def test_no_page_has_a_fault(
    signed_in: Page, cast: Cast, live_server: LiveServer, axe: Axe, width: int
) -> None:
    signed_in.set_viewport_size({"width": width, "height": 900})
    Contact.objects.filter(kind=ContactKind.ALTERNATE).update(confirmed_at=None)

    found = {}
    for address in addresses(cast):
        signed_in.goto(f"{live_server.url}/contacts/{address}")
        found[address] = faults(signed_in, axe)

    assert {address: said for address, said in found.items() if said} == {}


@pytest.mark.parametrize("width", [1280, 320])
def test_home_with_the_alarm_has_no_fault_and_leads_to_the_contacts(
    signed_in: Page, cast: Cast, live_server: LiveServer, axe: Axe, width: int
) -> None:
    signed_in.set_viewport_size({"width": width, "height": 900})
    Contact.objects.exclude(kind=ContactKind.OUTSIDE).update(confirmed_at=None)
    signed_in.goto(live_server.url)
    assert faults(signed_in, axe) == []

    signed_in.get_by_role("link", name="See who is there, and name somebody").click()

    signed_in.get_by_role("heading", name="Who gets concerns", exact=True).wait_for()


@pytest.mark.parametrize("width", [1280, 320])
def test_no_error_has_a_fault(
    signed_in: Page, cast: Cast, live_server: LiveServer, axe: Axe, width: int
) -> None:
    signed_in.set_viewport_size({"width": width, "height": 900})
    found = {}
    for address, button in (
        ("add/outside/", "Add them"),
        ("holidays/", "Add it"),
        ("help/add/", "Save"),
        (f"{row(cast.lead).pk}/away/", "Save"),
    ):
        signed_in.goto(f"{live_server.url}/contacts/{address}")
        signed_in.get_by_role("button", name=button, exact=True).click()
        signed_in.get_by_role("heading", name="Please look at this again").wait_for()
        found[address] = faults(signed_in, axe)

    assert {address: said for address, said in found.items() if said} == {}


def test_help_is_put_in_order_by_keyboard_alone(signed_in: Page, live_server: LiveServer, axe: Axe) -> None:
    signed_in.goto(f"{live_server.url}/contacts/help/")
    titles = signed_in.locator(".app-contact__name")
    first, second = titles.nth(0).inner_text(), titles.nth(1).inner_text()

    signed_in.get_by_role("button", name="Move down").first.press("Enter")

    signed_in.get_by_text(f"“{first}” is number 2 now.").wait_for()
    assert [titles.nth(0).inner_text(), titles.nth(1).inner_text()] == [second, first]
    assert faults(signed_in, axe) == []


def test_the_last_one_goes_away_after_reading_who_takes_over(
    signed_in: Page, cast: Cast, live_server: LiveServer, axe: Axe
) -> None:
    Contact.objects.exclude(kind__in=["lead", "outside"]).update(valid_to=timezone.now())
    signed_in.goto(f"{live_server.url}/contacts/")
    signed_in.get_by_role("link", name="Mark as away (Lena, safeguarding lead)").click()
    signed_in.locator("button[name=on]").first.click()
    assert "Concerns would then go to: The outside office" in signed_in.inner_text("main")
    assert faults(signed_in, axe) == []

    signed_in.get_by_role("button", name="I have read this").click()

    assert "Only the outside contact is told" in signed_in.inner_text("main").replace("only", "Only")
    signed_in.get_by_role("button", name="They are back").click()
    assert row(cast.lead).away_until is None
