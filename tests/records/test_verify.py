"""Anyone can check that a copy is unchanged, and learns nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, encode_multipart

from concerns.models import Concern
from safeguarding import clock, limits
from safeguarding.exports import Export
from safeguarding.files.views import CHECKS
from tests.cast import Cast
from tests.records.conftest import content

pytestmark = pytest.mark.django_db(transaction=True)
Copy = Callable[..., Export]
YES, NO = "This was made here, and it is unchanged", "We do not know this copy"


def check(**data: object) -> str:
    return Client().post("/verify/", data).content.decode()


def uploaded(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("record.pdf", content, content_type="application/pdf")


def test_an_unchanged_file_is_known_and_nothing_of_it_is_shown(
    concern: Concern, cast: Cast, copy_of: Copy
) -> None:
    export = copy_of(concern, by=cast.lead)

    for ending in ("pdf", "txt"):
        page = check(file=uploaded(content(export, ending)))
        assert YES in page
        assert not any(said in page for said in (concern.reference, "door", "Lena", "record-"))


def test_one_changed_byte_is_noticed(concern: Concern, cast: Cast, copy_of: Copy) -> None:
    changed = bytearray(content(copy_of(concern, by=cast.lead)))
    changed[-20] ^= 1

    assert NO in check(file=uploaded(bytes(changed)))


def test_a_digest_typed_from_paper_is_known(concern: Concern, cast: Cast, copy_of: Copy) -> None:
    digest = hashlib.sha256(content(copy_of(concern, by=cast.lead), "txt")).hexdigest().upper()
    grouped = " ".join(digest[i : i + 8] for i in range(0, 64, 8))

    assert YES in check(typed=grouped)


@pytest.mark.parametrize("typed", ["abc", "g" * 64, "0" * 65, "\u0660" * 64, "0" * 63 + "\x00"])
def test_what_is_no_digest_is_refused_in_words(typed: str) -> None:
    page = check(typed=typed)

    assert YES not in page
    assert NO not in page
    assert "govuk-error-summary" in page


def test_nothing_at_all_is_asked_for_again() -> None:
    assert "Choose a file, or type the digest below it." in check()


@pytest.mark.parametrize("over", [-1, 0, 1])
def test_a_file_that_is_too_large_is_not_taken(over: int) -> None:
    """The whole POST counts: the file, and what the browser writes around it."""
    around = len(encode_multipart(BOUNDARY, {"file": uploaded(b"")}))
    page = check(file=uploaded(b"0" * (settings.FILE_UPLOAD_MAX_MEMORY_SIZE - around + over)))

    assert (NO in page, "Choose a file, or type the digest below it." in page) == (over <= 0, over > 0)


def test_an_empty_file_is_not_known() -> None:
    assert NO in check(file=uploaded(b""))


def test_too_many_checks_from_one_address_are_refused() -> None:
    client = Client()
    with clock.at(datetime(2026, 3, 4, 12, tzinfo=UTC)):
        for _ in range(CHECKS.hits - 1):
            limits.is_over(CHECKS, "127.0.0.1")

        assert [client.post("/verify/", {"typed": "0" * 64}).status_code for _ in range(2)] == [200, 429]
