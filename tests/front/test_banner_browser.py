"""The banner that says a site is not open: words on a ground they can be read on."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_banner_can_be_read(
    live_server: LiveServer,
    page: Page,
    axe: Callable[[Page], list[str]],
    settings: Settings,
    scheme: str,
) -> None:
    settings.NOT_FOR_LIVE_USE = True
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")

    page.goto(f"{live_server.url}/gallery/")

    words = page.get_by_text("This site is not open yet")
    ground = page.locator(".app-banner")
    colours = [
        spot.evaluate("(e, p) => getComputedStyle(e)[p]", p)
        for spot, p in ((words, "color"), (ground, "backgroundColor"))
    ]
    assert colours[0] != colours[1]
    assert axe(page) == []
