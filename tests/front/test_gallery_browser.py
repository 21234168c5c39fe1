"""The gallery in a real browser: narrow and wide, light and dark, with and without a script."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from safeguarding import urls as site
from safeguarding.forms import Form, WordsField
from safeguarding.gallery import gallery

Axe = Callable[[Page], list[str]]
pytestmark = [pytest.mark.browser, pytest.mark.urls(__name__)]

WIDTHS = [1280, 320]
# A link inside a sentence may be smaller (WCAG 2.5.8); everything that stands alone may not.
SMALL_TARGETS = """() => Array.from(document.querySelectorAll('a, button, input, select, textarea, summary'))
  .filter((found) => found.checkVisibility({visibilityProperty: true, opacityProperty: false}))
  .filter((found) => !found.classList.contains('govuk-skip-link'))
  .filter((found) => !(found.tagName === 'A' && getComputedStyle(found).display === 'inline'
     && found.parentElement.closest('p, li, dd, h2, td')
     && (found.closest('p, .app-door, .app-card, .govuk-task-list__item'))))
  .map((found) => [found.outerHTML.slice(0, 120), found.getBoundingClientRect()])
  .filter(([, box]) => box.height > 0 && (box.height < 43.5 || box.width < 24))
  .map(([html, box]) => `${Math.round(box.width)}x${Math.round(box.height)} ${html}`)"""
LIMIT = 60


class WordsForm(Form):
    words = WordsField(label="Your words", max_length=LIMIT)


@login_not_required
@csrf_exempt
def words(request: HttpRequest) -> HttpResponse:
    form = WordsForm(request.POST or None)
    if form.is_valid():
        return render(request, "leave.html")
    return render(request, "tests/words.html", {"form": form})


@login_not_required
def leave(request: HttpRequest) -> HttpResponse:
    return render(request, "leave.html")


urlpatterns = [path("gallery/", gallery), path("words/", words), path("leave/", leave), *site.urlpatterns]


@pytest.fixture(autouse=True)
def test_templates(settings: Any, tmp_path: Any) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "words.html").write_text(
        '{% extends "base.html" %}{% block content %}<h1>Words</h1>{% formtag form keep_words=True %}'
        '{% form_fields form %}{% component "button" text="Send" %}{% endformtag %}{% endblock %}'
    )
    engine = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**engine, "DIRS": [*engine["DIRS"], tmp_path]}]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", ["", "?errors=1"])
def test_gallery_has_no_fault_that_axe_sees(
    live_server: LiveServer, page: Page, axe: Axe, width: int, scheme: Any, state: str
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{live_server.url}/gallery/{state}")
    assert axe(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_gallery_has_the_highest_contrast(live_server: LiveServer, page: Page, axe: Axe, scheme: Any) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{live_server.url}/gallery/?errors=1")
    axe(page)
    rule = "{runOnly: ['color-contrast-enhanced'], rules: {'color-contrast-enhanced': {enabled: true}}}"
    found = page.evaluate(f"axe.run(document, {rule})")["violations"]
    assert [node["html"] for fault in found for node in fault["nodes"]] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_gallery_never_scrolls_sideways(live_server: LiveServer, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{live_server.url}/gallery/?errors=1")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_gallery_never_scrolls_sideways_with_wide_text_spacing(live_server: LiveServer, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{live_server.url}/gallery/?errors=1")
    page.evaluate(
        """() => { const wide = new CSSStyleSheet();
        wide.replaceSync('* {line-height:1.5 !important; letter-spacing:.12em !important; word-spacing:.16em !important}');
        document.adoptedStyleSheets = [wide]; }"""
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("width", WIDTHS)
def test_targets_are_large_enough(live_server: LiveServer, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{live_server.url}/gallery/?errors=1")
    assert page.evaluate(SMALL_TARGETS) == []


def test_exit_is_reached_first_and_stays_in_sight(live_server: LiveServer, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 600})
    page.goto(f"{live_server.url}/gallery/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Exit this page")).to_be_focused()
    page.evaluate("window.scrollTo(0, 3000)")
    expect(page.get_by_role("link", name="Exit this page")).to_be_in_viewport(ratio=1)


def test_exit_leaves_no_step_back(live_server: LiveServer, page: Page) -> None:
    page.goto(f"{live_server.url}/words/")
    page.goto(f"{live_server.url}/gallery/")
    page.get_by_role("link", name="Exit this page").click()
    page.wait_for_url("**/leave/")
    page.go_back()
    assert page.url.endswith("/words/")


def test_error_summary_has_focus_and_its_link_leads_to_the_box(live_server: LiveServer, page: Page) -> None:
    page.goto(f"{live_server.url}/gallery/?errors=1")
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.get_by_role("link", name="Please choose an answer: How soon").click()
    expect(page.get_by_role("radio", name="Today")).to_be_focused()


def test_password_can_be_shown(live_server: LiveServer, page: Page) -> None:
    page.goto(f"{live_server.url}/gallery/")
    page.get_by_role("button", name="Show password").click()
    assert page.get_by_label("Password", exact=True).get_attribute("type") == "text"


def test_count_is_the_servers_count(live_server: LiveServer, page: Page) -> None:
    page.goto(f"{live_server.url}/words/")
    page.get_by_label("Your words").fill("🌱" * (LIMIT - 2) + "\n")
    expect(page.locator(".govuk-character-count__status")).to_have_text("You have 1 character left")


def test_words_are_marked_until_they_are_sent(live_server: LiveServer, page: Page) -> None:
    page.goto(f"{live_server.url}/words/")
    expect(page.locator(".app-unsent")).to_be_hidden()
    page.get_by_label("Your words").fill("Something felt wrong.")
    expect(page.locator(".app-unsent")).to_be_visible()


def test_words_stay_and_are_sent_again_when_the_network_goes(live_server: LiveServer, page: Page) -> None:
    failures = 1

    def fail_once(route: Route) -> None:
        nonlocal failures
        if route.request.method == "POST" and failures:
            failures -= 1
            route.abort()
        else:
            route.continue_()

    page.route("**/words/", fail_once)
    page.goto(f"{live_server.url}/words/")
    page.get_by_label("Your words").fill("Something felt wrong.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("status")).to_contain_text("Your words are still here")
    assert page.get_by_label("Your words").input_value() == "Something felt wrong."
    expect(page.get_by_role("heading", name="Simple pancakes")).to_be_visible(timeout=8000)


@pytest.mark.parametrize(
    ("status", "told"), [(503, "busy"), (429, "busy"), (413, "too long"), (403, "open too long")]
)
def test_words_stay_when_the_server_cannot_take_them(
    live_server: LiveServer, page: Page, status: int, told: str
) -> None:
    page.route("**/words/", lambda route: _refuse(route, status))
    page.goto(f"{live_server.url}/words/")
    page.get_by_label("Your words").fill("Something felt wrong.")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("status")).to_contain_text(told)
    assert page.get_by_label("Your words").input_value() == "Something felt wrong."


def _refuse(route: Route, status: int) -> None:
    if route.request.method == "POST":
        route.fulfill(status=status, body="no")
    else:
        route.continue_()


def test_words_come_back_with_their_error(live_server: LiveServer, page: Page) -> None:
    page.goto(f"{live_server.url}/words/")
    page.get_by_label("Your words").fill("a" * (LIMIT + 1))
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    assert page.get_by_label("Your words").input_value() == "a" * (LIMIT + 1)


def test_nothing_is_stored_in_the_browser(live_server: LiveServer, page: Page) -> None:
    page.goto(f"{live_server.url}/words/")
    page.get_by_label("Your words").fill("Something felt wrong.")
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_right_to_left_mirrors_the_page(live_server: LiveServer, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{live_server.url}/gallery/?errors=1")
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    box = page.locator(".govuk-radios__input").first.bounding_box()
    assert box is not None and box["x"] > 160


def test_nothing_asks_another_site_and_the_page_is_light(live_server: LiveServer, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{live_server.url}/words/", wait_until="networkidle")
    assert len(asked) <= 8
    assert all(url.startswith(live_server.url) for url in asked)


@pytest.fixture
def plain_page(page: Page) -> Iterator[Page]:
    """The same browser with scripts switched off."""
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_without_a_script_exit_still_leaves(live_server: LiveServer, plain_page: Page) -> None:
    plain_page.goto(f"{live_server.url}/gallery/")
    plain_page.get_by_role("link", name="Exit this page").click()
    expect(plain_page.get_by_role("heading", name="Simple pancakes")).to_be_visible()


def test_without_a_script_words_come_back_with_their_error(live_server: LiveServer, plain_page: Page) -> None:
    plain_page.goto(f"{live_server.url}/words/")
    plain_page.get_by_label("Your words").fill("a" * (LIMIT + 1))
    plain_page.get_by_role("button", name="Send").click()
    assert plain_page.get_by_label("Your words").input_value() == "a" * (LIMIT + 1)


def test_without_a_script_nothing_is_shown_that_needs_one(live_server: LiveServer, plain_page: Page) -> None:
    plain_page.goto(f"{live_server.url}/gallery/")
    for name in ("Show password", "Copy the number", "Print this page"):
        expect(plain_page.get_by_role("button", name=name)).to_have_count(0)
