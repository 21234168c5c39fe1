"""Somebody who raises a concern, in a Collective where everybody is at work."""

import pytest

from tests.cast import Cast
from tests.raising.journey import Reporter


@pytest.fixture
def reporter(cast: Cast) -> Reporter:
    return Reporter()
