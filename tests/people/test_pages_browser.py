"""The pages of accounts and people, looked at by axe, wide and narrow, as they are and with errors."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from safeguarding.people import invitations, lost_factor
from safeguarding.permissions import Role
from tests.cast import Cast, sign_in
from tests.people.signing_in import give_app, link_in_mail

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = (1280, 320)
FOR_VISITORS = ("account_login", "account_reset_password", "account_reset_password_done")
FOR_EVERYBODY = (
    "account",
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
    "kept_words",
    "mfa_index",
    "mfa_activate_totp",
    "second_factor_needed",
    "usersessions_list",
    "welcome",
)
FOR_ADMINISTRATORS = (
    "people",
    "invitations",
    "invite",
    "person",
    "change_roles",
    "close_account",
    "reset_factor",
)
WITH_A_FORM = ("account_login", "account_reset_password", "account_change_password", "invite", "reset_factor")


def faults(page: Page, axe: Callable[[Page], list[str]], name: str) -> list[str]:
    """What axe finds at each width, and whether anything sticks out sideways."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{name} {width}: {fault}" for fault in axe(page)]
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found.append(f"{name} {width}: sticks out sideways")
        if "SHOTS" in os.environ:
            page.screenshot(path=Path(os.environ["SHOTS"]) / f"{name}-{width}.png", full_page=True)
    return found


def look(page: Page, server: LiveServer, axe: Callable[[Page], list[str]], name: str, path: str) -> list[str]:
    page.goto(server.url + path)
    found = faults(page, axe, name)
    if name in WITH_A_FORM:
        page.locator("main form button[type=submit]:visible").last.click()
        found += faults(page, axe, f"{name} with errors")
    return found


def wear(page: Page, server: LiveServer, client: Client) -> None:
    cookie = {"name": "session", "value": client.cookies["session"].value, "url": server.url}
    page.context.add_cookies([cookie])  # type: ignore[list-item]


def test_pages_for_visitors(
    page: Page, cast: Cast, live_server: LiveServer, axe: Callable[[Page], list[str]]
) -> None:
    found = [f for name in FOR_VISITORS for f in look(page, live_server, axe, name, reverse(name))]
    invitations.invite(
        email="ines@example.org", preferred_name="Ines", roles=[Role.LEAD], by=cast.administrator
    )
    found += look(page, live_server, axe, "accept_invitation", link_in_mail("/invitation/"))
    found += look(page, live_server, axe, "invitation_ended", "/invitation/made-up/")
    lost_factor.start(person=cast.lead, met_in_person=False, by=cast.administrator)
    found += look(page, live_server, axe, "stop_factor_reset", link_in_mail("/second-step/"))

    assert found == []


def test_pages_for_somebody_with_an_account(
    page: Page, cast: Cast, live_server: LiveServer, axe: Callable[[Page], list[str]]
) -> None:
    wear(page, live_server, sign_in(Client(), cast.lead, second_factor=False))

    assert [f for name in FOR_EVERYBODY for f in look(page, live_server, axe, name, reverse(name))] == []


def test_pages_for_administrators(
    page: Page, cast: Cast, live_server: LiveServer, axe: Callable[[Page], list[str]]
) -> None:
    invitations.invite(
        email="ines@example.org", preferred_name="Ines", roles=[Role.LEAD], by=cast.administrator
    )
    give_app(cast.lead)
    wear(page, live_server, sign_in(Client(), cast.administrator))
    about = {"pk": cast.lead.pk}
    single = ("person", "change_roles", "close_account", "reset_factor")
    paths = {name: reverse(name, kwargs=about if name in single else {}) for name in FOR_ADMINISTRATORS}

    assert [f for name, path in paths.items() for f in look(page, live_server, axe, name, path)] == []


def test_a_password_can_be_pasted_and_kept_by_a_manager(
    page: Page, cast: Cast, live_server: LiveServer
) -> None:
    """No length is cut off, pasting is not refused, and each box says what it is for."""
    page.goto(live_server.url + reverse("account_login"))
    for_signing_in = boxes(page)
    wear(page, live_server, sign_in(Client(), cast.facilitator))
    page.goto(live_server.url + reverse("account_change_password"))

    assert for_signing_in == [("current-password", True, None)]
    assert boxes(page) == [("current-password", True, None)] + [("new-password", True, None)] * 2


def boxes(page: Page) -> list[tuple[str, bool, str | None]]:
    """Of each password box: what it says it is for, whether it lets a paste through, its longest length."""
    found = page.locator("input[type=password]").all()
    paste = "box => box.dispatchEvent(new ClipboardEvent('paste', {bubbles: true, cancelable: true}))"
    return [
        (str(box.get_attribute("autocomplete")), bool(box.evaluate(paste)), box.get_attribute("maxlength"))
        for box in found
    ]
