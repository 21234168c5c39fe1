"""/who-can-see-what/: the table that opens and closes every door, printed in words for anyone."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from safeguarding.permissions import NEED_SECOND_FACTOR, ROLES, Role

pytestmark = pytest.mark.django_db


def printed() -> dict[str, list[tuple[str, bool]]]:
    """Each role's name and, in order, what it may do and whether after a second proof."""
    page = unescape(Client().get("/who-can-see-what/").content.decode())
    roles = re.findall(r"<section>\s*<h3>([^<]+)</h3>(.*?)</section>", page, re.DOTALL)
    items = {name: re.findall(r"<li>(.*?)</li>", part, re.DOTALL) for name, part in roles}
    return {
        name: [(item.split(" <span")[0].strip(), "after a second proof" in item) for item in found]
        for name, found in items.items()
    }


@pytest.mark.clause("V2")
def test_each_role_stands_there_with_every_verb_of_the_table() -> None:
    table = {
        str(role.label).lower(): {(str(verb.label), verb in NEED_SECOND_FACTOR) for verb in ROLES[role]}
        for role in Role
    }

    assert {name.lower(): set(verbs) for name, verbs in printed().items()} == table


def test_raising_needs_no_second_proof_and_reading_does() -> None:
    for verbs in printed().values():
        assert ("raise a concern, with or without an account", False) in verbs
    assert ("read concerns, unless they are kept out of one", True) in printed()["Safeguarding lead"]
