"""The papers: a site is not open until its impact assessment is done, and what is named here exists."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import Settings

from tests.cast import Cast

BANNER = "This site is not open yet"
PAGES = ("/", "/raise/", "/follow-up/", "/help/", "/account/login/", "/nowhere/")
PAPERS = ("README.md", "SECURITY.md", "docs/dpia.md", "docs/deploy.md")


@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_that_the_site_is_not_open_until_somebody_opens_it(
    path: str, cast: Cast, settings: Settings
) -> None:
    said = {}
    for switch in (True, False):
        settings.NOT_FOR_LIVE_USE = switch
        said[switch] = BANNER in Client().get(path).content.decode()

    assert said == {True: True, False: False}


def test_the_assessment_is_a_draft_that_names_the_switch() -> None:
    paper = (settings.BASE_DIR / "docs" / "dpia.md").read_text()

    assert "Not for live use until this is completed and signed" in paper
    assert "NOT_FOR_LIVE_USE=0" in paper


@pytest.mark.parametrize("name", PAPERS)
def test_each_file_that_a_paper_names_exists(name: str) -> None:
    paper = settings.BASE_DIR / name
    text = paper.read_text()
    linked = {link for link in re.findall(r"\]\(([^)#]+)", text) if "://" not in link}
    named = set(re.findall(r"`((?:docs|script|tests|bench|deploy|static|templates)/[\w./-]*)`", text))

    missing = {link for link in linked if not (paper.parent / link).exists()}
    missing |= {path for path in named if not (settings.BASE_DIR / path).exists()}

    assert missing == set()


def test_the_readme_has_two_pictures_and_the_two_commands() -> None:
    text = (settings.BASE_DIR / "README.md").read_text()

    pictures = re.findall(r"!\[(.+)\]\((docs/pictures/[\w.]+)\)", text)
    assert len(pictures) >= 2
    assert [line for line in ("script/server", "script/test") if f"\n{line}\n" not in text] == []
