"""docs/crypto.md says what the code does (ASVS 11.1.2)."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.hashers import get_hasher

from safeguarding import crypto

ROOT = Path(settings.BASE_DIR)
TEXT = (ROOT / "docs" / "crypto.md").read_text()


def test_each_purpose_of_the_ring_is_listed() -> None:
    assert [purpose for purpose in crypto.PURPOSES if f"`{purpose}`" not in TEXT] == []


def test_the_receipts_hash_is_as_listed() -> None:
    """Read afresh: within the tests receipts are hashed at less cost (tests/conftest.py)."""
    hasher = runpy.run_path(str(ROOT / "concerns" / "receipts.py"))["_hasher"]

    assert f"Argon2id t={hasher.time_cost} m={hasher.memory_cost} p={hasher.parallelism}" in TEXT


def test_passwords_are_hashed_by_argon2id() -> None:
    assert settings.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    assert get_hasher().encode("a password", get_hasher().salt()).startswith("argon2$argon2id$")


def test_the_nonce_and_version_are_as_listed() -> None:
    assert f"{crypto.NONCE}-byte random nonce" in TEXT
    assert f"begins with its version ({crypto.VERSION})" in TEXT


@pytest.mark.parametrize("protocol", ["TLSv1.2", "TLSv1.3"])
def test_the_wire_is_as_listed(protocol: str) -> None:
    line = next(
        line for line in (ROOT / "deploy" / "nginx.conf").read_text().splitlines() if "ssl_protocols" in line
    )

    assert protocol in line
    assert "TLSv1.1" not in line
