from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[None]:
    """DEMO=1, with a mailbox of its own."""
    with override_settings(DEMO=True, ROOT_URLCONF="tests.demo.urls", VAR_DIR=tmp_path):
        yield
