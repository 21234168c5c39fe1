"""Passkeys, in a real browser with the browser's own virtual authenticator."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.cast import PASSWORD, Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def key(page: Page) -> Page:
    """The page's browser has a phone-like authenticator whose owner always agrees."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return page


def sign_in_with_password(page: Page, server: LiveServer, email: str) -> None:
    page.goto(f"{server.url}/account/login/")
    page.get_by_label("Your email address").fill(email)
    page.get_by_label("Your password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def add_passkey(page: Page, server: LiveServer, email: str, *, alone: bool = True) -> None:
    sign_in_with_password(page, server, email)
    page.goto(f"{server.url}/account/second-factor/needed/?next=/account/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("A name for this passkey").fill("My phone")
    if alone:
        page.get_by_label("Let me sign in with this passkey alone").check()
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", name="Your spare codes")).to_be_visible()


def sign_out(page: Page, server: LiveServer) -> None:
    page.goto(f"{server.url}/account/")
    page.get_by_role("button", name="Sign out").click()


def test_a_passkey_is_added_and_signs_in_alone(
    key: Page, cast: Cast, live_server: LiveServer, axe: Callable[[Page], list[str]]
) -> None:
    add_passkey(key, live_server, cast.lead.email)
    assert axe(key) == []
    sign_out(key, live_server)

    key.goto(f"{live_server.url}/account/login/")
    assert axe(key) == []
    key.get_by_role("button", name="Sign in with a passkey").click()

    expect(key).to_have_url(f"{live_server.url}/")
    key.goto(f"{live_server.url}/account/second-factor/needed/?next=/account/")
    expect(key.get_by_role("heading", name="Lena")).to_be_visible()


def test_a_passkey_is_the_second_step_after_a_password(
    key: Page, cast: Cast, live_server: LiveServer, axe: Callable[[Page], list[str]]
) -> None:
    add_passkey(key, live_server, cast.lead.email, alone=False)
    sign_out(key, live_server)

    sign_in_with_password(key, live_server, cast.lead.email)
    expect(key.get_by_role("heading", name="One more step")).to_be_visible()
    assert axe(key) == []
    key.get_by_role("button", name="Use a passkey").click()

    expect(key).to_have_url(f"{live_server.url}/")


def test_a_passkey_proves_that_it_is_still_them(key: Page, cast: Cast, live_server: LiveServer) -> None:
    add_passkey(key, live_server, cast.lead.email)

    key.goto(f"{live_server.url}/account/second-factor/passkeys/reauthenticate/?next=/account/sessions/")
    key.get_by_role("button", name="Use a passkey").click()

    expect(key.get_by_role("heading", name="Where you are signed in")).to_be_visible()


def test_a_passkey_is_renamed_and_removed(
    key: Page, cast: Cast, live_server: LiveServer, axe: Callable[[Page], list[str]]
) -> None:
    add_passkey(key, live_server, cast.lead.email)
    key.goto(f"{live_server.url}/account/second-factor/passkeys/")
    assert axe(key) == []

    key.get_by_role("link", name="Rename My phone").click()
    key.get_by_label("A name for this passkey").fill("The old phone")
    key.get_by_role("button", name="Keep this name").click()
    key.get_by_role("link", name="Remove The old phone").click()
    key.get_by_role("button", name="Remove it").click()

    expect(key.get_by_text("That passkey is removed.")).to_be_visible()
    assert list(Authenticator.objects.filter(user=cast.lead, type="webauthn")) == []
