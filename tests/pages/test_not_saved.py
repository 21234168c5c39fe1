"""What was typed stays in the page when the database cannot save it; nothing secret and nobody else's does."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from playwright.sync_api import Page

from tests.cast import Cast
from tests.raising.journey import Reporter, concerns

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = 'The heron & the <b>door</b>.\n\nNobody "came" when I called, and it was late.'


def browser() -> Client:
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


@pytest.fixture
def reporter(cast: Cast) -> Reporter:
    """Somebody on the page where words are typed, in a browser that is asked for its token."""
    reporter = Reporter(browser())
    page = reporter.client.get("/raise/")
    reporter.client.post("/raise/", form_of(page) | {"told": reporter.ticked(page)})
    return reporter


def form_of(page: Any) -> dict[str, str]:
    """Every hidden field and every text of the page, as a browser would send them."""
    html = page.content.decode()
    fields = dict(re.findall(r'<input type="hidden" name="([a-z_0-9]+)"[^>]*value="([^"]*)"', html))
    texts = re.findall(r'<textarea[^>]*name="([a-z_]+)"[^>]*>\n?(.*?)</textarea>', html, re.DOTALL)
    return {name: unescape(value) for name, value in [*fields.items(), *texts]}


def sent_in_vain(reporter: Reporter, away: Any, **more: str) -> Any:
    typed = form_of(reporter.client.get("/raise/words/")) | {"words": WORDS, "under_18": "no"} | more
    with away():
        return reporter.client.post("/raise/words/", typed)


def test_the_page_says_that_it_is_not_saved_and_keeps_every_word(
    reporter: Reporter, database_away: Any
) -> None:
    page = sent_in_vain(reporter, database_away)

    shown = page.content.decode()
    assert (page.status_code, page.headers["Retry-After"]) == (503, "60")
    assert "This is not saved yet" in shown
    assert 'href="tel:999"' in shown
    assert form_of(page)["words"] == WORDS
    assert "<b>door" not in shown


def test_sending_that_page_again_is_sending_it(reporter: Reporter, database_away: Any) -> None:
    page = sent_in_vain(reporter, database_away, send="1")

    again = reporter.client.post("/raise/words/", form_of(page), follow=True)

    assert reporter.receipt(again) != ""
    assert [concern.words for concern in concerns()] == [WORDS]


def test_nothing_of_another_sites_form_comes_back(cast: Cast, database_away: Any) -> None:
    """The database fails before Django looks at the form's token."""
    client = browser()
    client.cookies.load({settings.SESSION_COOKIE_NAME: "a" * 32, settings.CSRF_COOKIE_NAME: "b" * 32})
    with database_away():
        page = client.post("/raise/words/", {"words": WORDS, "csrfmiddlewaretoken": "a" * 32})

    assert page.status_code == 503
    assert "heron" not in page.content.decode()


def test_a_password_does_not_come_back(cast: Cast, database_away: Any) -> None:
    typed = {"login": "lena@example.org", "password": "four quiet herons"}
    with database_away():
        page = Client(raise_request_exception=False).post("/account/login/", typed)

    assert page.status_code == 503
    assert "heron" not in page.content.decode()
    assert "lena@" not in page.content.decode()


def test_a_file_does_not_come_back(cast: Cast, database_away: Any) -> None:
    with database_away():
        page = Client(raise_request_exception=False).post(
            "/verify/", {"file": SimpleUploadedFile("heron.pdf", b"heron")}
        )

    assert page.status_code == 503
    assert "heron" not in page.content.decode()


def test_where_nothing_was_typed_the_plain_page_is_shown(cast: Cast, database_away: Any) -> None:
    with database_away():
        page = Client(raise_request_exception=False).post("/raise/words/", {})

    assert "We are not here for a few minutes" in page.content.decode()


@pytest.mark.browser
def test_axe_finds_nothing(
    reporter: Reporter, database_away: Any, page: Page, axe: Callable[[Page], list[str]]
) -> None:
    page.set_content(sent_in_vain(reporter, database_away).content.decode())
    page.add_style_tag(path=settings.BASE_DIR / "static" / "build" / "app.css")

    assert axe(page) == []
