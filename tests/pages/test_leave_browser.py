"""Quick exit in a real browser: what was typed is gone, whichever way somebody tries to get back (fault 28)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from concerns.models import Draft
from concerns.services import drafts
from tests.cast import Cast
from tests.cdp import Chromium, Tab

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CANARY = "the heron by the lock"
WORDS, EXIT = "#id_names", "[href='/leave/']"


class Outside:
    """An everyday site that is not ours; it keeps what browsers ask of it."""

    def __init__(self) -> None:
        self.asked: list[dict[str, str]] = []
        asked = self.asked

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append({k.lower(): v for k, v in self.headers.items()})
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b"<!DOCTYPE html><title>Weather</title><h1>Sunny</h1>")

            def log_message(self, *words: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.thread = Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/weather"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture(autouse=True)
def somebody_to_tell(cast: Cast) -> Cast:
    """Without contacts the journey shows other ways instead of a form."""
    return cast


@pytest.fixture
def outside() -> Iterator[Outside]:
    place = Outside()
    yield place
    place.close()


@pytest.fixture
def browser(raw_chromium: Callable[[], Chromium]) -> Chromium:
    return raw_chromium()


@pytest.fixture(params=[True, False], ids=["with a script", "without scripts"])
def tab(browser: Chromium, request: pytest.FixtureRequest) -> Tab:
    return browser.tab(scripts=request.param)


def write(tab: Tab, site: str) -> None:
    """A page of ours, then the form, with words typed and not sent."""
    tab.go(f"{site}/privacy/")
    tab.go(f"{site}/raise/")
    tab.type(WORDS, CANARY)
    assert CANARY in tab.shown()


def write_and_leave(tab: Tab, site: str) -> None:
    write(tab, site)
    tab.click(EXIT)
    tab.wait_for("document.title === 'Page' && document.body.textContent.includes('pancakes')")


def test_without_leaving_the_browser_would_bring_the_words_back(
    browser: Chromium, live_server: LiveServer
) -> None:
    """The danger is real in this browser: otherwise the tests below would prove nothing."""
    tab = browser.tab(scripts=False)
    write(tab, live_server.url)
    form = tab.history()[-1]
    tab.click("[href='/privacy/']")
    tab.wait_for("location.pathname === '/privacy/'")

    tab.back_to(form)

    assert CANARY in tab.shown()


def test_leaving_shows_a_plain_page_with_a_neutral_title(tab: Tab, live_server: LiveServer) -> None:
    write_and_leave(tab, live_server.url)

    assert (tab.url, tab.evaluate("document.title")) == (f"{live_server.url}/leave/", "Page")
    assert CANARY not in tab.shown()


def test_no_page_of_the_history_brings_the_words_back(tab: Tab, live_server: LiveServer) -> None:
    write_and_leave(tab, live_server.url)

    for entry in tab.history():
        if entry["url"].startswith(live_server.url):
            tab.back_to(entry)
            assert CANARY not in tab.shown()


def test_with_a_script_the_page_is_not_even_in_the_history(
    browser: Chromium, live_server: LiveServer
) -> None:
    tab = browser.tab()
    write_and_leave(tab, live_server.url)

    assert f"{live_server.url}/raise/" not in [entry["url"] for entry in tab.history()]


def test_nothing_is_left_in_the_browser_or_on_the_server(
    tab: Tab, live_server: LiveServer, settings: Any
) -> None:
    tab.go(f"{live_server.url}/privacy/")
    tab.evaluate("localStorage.setItem('left', 'behind'); sessionStorage.setItem('left', 'behind')")
    draft = drafts.begin()
    tab.go(f"{live_server.url}/raise/")
    begin_a_visit(tab, live_server.url, draft, settings)

    write_and_leave(tab, live_server.url)

    assert tab.send("Network.getCookies", urls=[live_server.url])["cookies"] == []
    assert tab.evaluate("localStorage.length + sessionStorage.length") == 0
    assert not Draft.objects.exists()


def begin_a_visit(tab: Tab, site: str, draft: Draft, settings: Any) -> None:
    """A visit whose session holds a draft."""
    session = SessionStore()
    session["draft"] = str(draft.pk)
    session.create()
    tab.send("Network.setCookie", name=settings.SESSION_COOKIE_NAME, value=session.session_key, url=site)


def test_a_new_tab_after_leaving_is_somebody_elses(
    browser: Chromium, tab: Tab, live_server: LiveServer
) -> None:
    write_and_leave(tab, live_server.url)
    browser.send("Target.closeTarget", targetId=tab.target)

    fresh = browser.tab()
    fresh.go(f"{live_server.url}/raise/")

    assert CANARY not in fresh.shown()


def test_the_outside_place_is_reached_and_learns_nothing(
    tab: Tab, live_server: LiveServer, outside: Outside, settings: Any
) -> None:
    settings.EXIT_URL = outside.url
    write(tab, live_server.url)

    tab.click(EXIT)
    tab.wait_for("document.title === 'Weather'")

    assert tab.url == outside.url
    assert ("referer" in outside.asked[0], "cookie" in outside.asked[0]) == (False, False)
    for entry in tab.history():
        if entry["url"].startswith(live_server.url):
            tab.back_to(entry)
            assert CANARY not in tab.shown()


def test_the_way_out_is_the_first_stop_of_the_keyboard(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/raise/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.wait_for_url(f"{live_server.url}/leave/")


def test_no_page_asks_anything_of_another_site(page: Page, live_server: LiveServer) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    for path in ("/help/", "/privacy/", "/accessibility/", "/raise/", "/nowhere/", "/leave/"):
        page.goto(live_server.url + path)

    assert [url for url in asked if not url.startswith((f"{live_server.url}/", "data:"))] == []
