"""What the product leaves out on purpose: an admin site, tables for spreadsheets, words in an address."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.core.test_source import SOURCES

CARRIED = {  # what an address may carry: something opaque, or a word of ours
    "pk": "the id of a row",
    "entry": "the id of a row",
    "reference": "of a concern; drawn by chance",
    "token": "of a link that works once; only its hash is kept",
    "code": "for a room; drawn by chance, and ends within a day",
    "uidb36": "of allauth's link for a new password",
    "key": "of allauth's link for a new password; works once",
    **dict.fromkeys(("version", "other"), "the number of a version"),
    "kind": "of a contact, or of what the statement holds",
    "serial": "the number of a clause; never given again",
    "place": "of a paragraph in a text that is brought",
    "area": "of a plan: where worries come from",
    "section": "of the journey",
    "ending": "of a file",
    **dict.fromkeys(("year", "month", "day"), "of a day off"),
}
READS_OUR_OWN_FILES = {
    "safeguarding/management/commands/clauses.py",
    "safeguarding/management/commands/limits.py",
}


def carried(resolver: URLResolver) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from carried(pattern)
        elif isinstance(pattern, URLPattern):
            yield from pattern.pattern.converters
            yield from re.findall(r"\(\?P<(\w+)>", str(pattern.pattern))


def test_an_address_carries_nothing_that_somebody_wrote() -> None:
    assert set(carried(get_resolver())) - set(CARRIED) == set()


def test_no_word_that_was_typed_is_read_from_an_address() -> None:
    """Search, receipts and codes come by POST; a GET only names a list's order, a page or the way back."""
    read = re.compile(r"request\.GET(?:\.get(?:list)?\(|\[)\"(\w+)\"")

    assert {name for text in SOURCES.values() for name in read.findall(text)} <= {
        "page",
        "next",
        "year",
        "show",
    }


def test_there_is_no_admin_site() -> None:
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    assert not any("admin" in str(pattern.pattern) for pattern in get_resolver().url_patterns)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/django-admin/"])
def test_an_admin_site_is_not_found(path: str) -> None:
    assert Client().get(path, follow=True).status_code == 404


def test_nothing_is_written_for_a_spreadsheet() -> None:
    """Whoever adds such a file also adds the writer that defuses formulas (ASVS 1.2.10)."""
    users = {
        name
        for name, text in SOURCES.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Import | ast.ImportFrom)
        and {"csv", "openpyxl"} & {*(alias.name for alias in node.names), getattr(node, "module", None)}
    }

    assert users == READS_OUR_OWN_FILES
