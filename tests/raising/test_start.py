"""`/raise/`: danger first, who gets this, and nothing said to nobody."""

import pytest

from tests.raising.journey import Reporter, the_concern

pytestmark = pytest.mark.django_db


def test_shortest_way_is_two_pages_and_one_answer(reporter: Reporter) -> None:
    receipt = reporter.raise_it()

    assert len(receipt) == 16
    assert the_concern().words == "The door was locked."
