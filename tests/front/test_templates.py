"""Every template: short, without inline style or script, and true to its own rules."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

from tests.front.govuk import ROOT
from tests.front.visitor import a_visit

TEMPLATES = ROOT / "templates"
FILES = sorted(TEMPLATES.rglob("*.html"))
ERRORS = ("400", "403", "404", "409", "413", "429", "500", "503")
INLINE = re.compile(r"\sstyle=|<style|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)", re.IGNORECASE)
ANOTHER_SITE = re.compile(r"""(?:src|href|action)=["'](?:https?:)?//""")


def name_of(file: Path) -> str:
    return str(file.relative_to(TEMPLATES))


def holding(wrong: re.Pattern[str]) -> list[str]:
    return [name_of(file) for file in FILES if wrong.search(file.read_text())]


def test_no_template_has_inline_style_or_script() -> None:
    assert holding(INLINE) == []


def test_no_template_asks_another_site() -> None:
    assert holding(ANOTHER_SITE) == []


def test_every_page_has_its_template_looked_at() -> None:
    assert len(FILES) > 300


@pytest.mark.parametrize("code", ERRORS)
def test_error_page_names_999_before_anything_else(code: str) -> None:
    html = get_template(f"{code}.html").render({}, a_visit() if code not in ("500", "503") else None)
    main = html[html.index("<main") :]
    assert main.index("tel:999") < main.index("<h1")


@pytest.mark.parametrize("code", ["500", "503"])
def test_failing_page_needs_nothing_to_render(code: str) -> None:
    assert not re.search(r"{[%{#]", (TEMPLATES / f"{code}.html").read_text())


@pytest.mark.parametrize("code", ERRORS)
def test_error_page_title_is_neutral(code: str) -> None:
    assert "<title>Page</title>" in get_template(f"{code}.html").render({})


def test_exit_is_the_first_thing_that_can_be_reached() -> None:
    html = get_template("base.html").render({})
    body = html[html.index("<body") :]
    assert re.findall(r"<a\s[^>]*href=\"([^\"]+)\"", body)[:2] == ["/leave/", "#main"]


def test_exit_page_says_nothing_about_us() -> None:
    html = get_template("leave.html").render({"organisation_name": "The Meadow Collective"}).lower()
    assert not re.search("meadow|safe|concern|help|/static/", html)


def test_private_page_says_so_to_the_script() -> None:
    assert re.search(r"<body[^>]* data-private", get_template("base.html").render({"private": True}))


def test_page_refreshes_itself_only_without_a_script() -> None:
    html = get_template("base.html").render({"refresh_seconds": 5})
    assert re.search(r'<noscript><meta http-equiv="refresh" content="5"></noscript>', html)
