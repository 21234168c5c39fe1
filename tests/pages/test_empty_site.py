"""A site where nothing has happened yet: no page of it may fail for want of something to show."""

from __future__ import annotations

import pytest
from django.urls import NoReverseMatch

from safeguarding.permissions import Role
from tests.access.table import VISITOR, Asker, Row, rows
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def stands_alone(row: Row) -> bool:
    try:
        row.address({})
    except NoReverseMatch:
        return False
    return "GET" in row.methods and row.name != "readyz"  # which is right to say that no worker runs


@pytest.mark.parametrize("asker", [VISITOR, *map(Asker, Role)], ids=str)
def test_no_page_fails_where_there_is_nothing_yet(asker: Asker, cast: Cast) -> None:
    alone = [row for row in rows() if stands_alone(row)]
    client = asker.client(cast, alone[0])

    answers = {row.name: client.get(row.address({})).status_code for row in alone}

    assert len(alone) > 100
    assert {name for name, status in answers.items() if status >= 500} == set()
