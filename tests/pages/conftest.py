"""What the tests of pages share: a database that goes away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.db import connections


@pytest.fixture
def database_away() -> Callable[[], AbstractContextManager[None]]:
    """For a block, the database's address leads nowhere. For tests that commit (`transaction=True`)."""

    @contextmanager
    def away() -> Iterator[None]:
        wrapper = connections["default"]
        here = wrapper.settings_dict["HOST"]
        wrapper.close()
        wrapper.settings_dict["HOST"] = "/nowhere"
        try:
            yield
        finally:
            wrapper.close()
            wrapper.settings_dict["HOST"] = here

    return away
