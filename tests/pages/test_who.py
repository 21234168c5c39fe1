"""`/who-can-see-what/`: anyone reads the same table that decides (ASVS 8.1.1)."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from safeguarding.permissions import NEED_SECOND_FACTOR, ROLES, Role, Verb

pytestmark = pytest.mark.django_db


def printed() -> dict[str, list[str]]:
    """Heading → the lines of the list below it, as a reader without an account finds them."""
    page = Client().get("/who-can-see-what/").content.decode()
    parts = re.findall(r"<h3[^>]*>(.*?)</h3>\s*<ul[^>]*>(.*?)</ul>", page, re.DOTALL)
    return {
        _plain(heading): [_plain(line) for line in re.findall(r"<li[^>]*>(.*?)</li>", lines, re.DOTALL)]
        for heading, lines in parts
    }


def _plain(markup: str) -> str:
    return html.unescape(re.sub("<[^>]*>", "", markup)).strip()


@pytest.mark.clause("V2")
@pytest.mark.parametrize("role", Role)
def test_each_role_and_each_thing_it_may_do_is_printed(role: Role) -> None:
    lines = next(lines for heading, lines in printed().items() if heading.lower() == str(role.label).lower())
    may = [verb for verb in Verb if verb in ROLES[role]]

    assert len(lines) == len(may)
    assert [line for line, verb in zip(lines, may, strict=True) if str(verb.label) not in line] == []


def test_what_needs_a_second_proof_says_so() -> None:
    lines = printed()["Safeguarding lead"]
    may = [verb for verb in Verb if verb in ROLES[Role.LEAD]]

    assert [str(verb.label) == line for verb, line in zip(may, lines, strict=True)] == [
        verb not in NEED_SECOND_FACTOR for verb in may
    ]
