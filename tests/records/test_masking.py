"""Fault 2, in files: who raised it is in no copy, unless it was ticked by somebody who may."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from concerns.enums import ReporterMode
from concerns.models import Concern
from concerns.services.raising import Raised, Reporter, raise_concern
from safeguarding import audit, context
from safeguarding.exports import Export
from tests.cast import Cast
from tests.records.conftest import content, open_pdf, text_of

pytestmark = pytest.mark.django_db(transaction=True)
Copy = Callable[..., Export]
CANARIES = ("Rosalind", "Quill", "rosalind@example.org", "07700", "At the bakery")


def everything_in(export: Export, folder: Path) -> str:
    """Both files as words, and all that the PDF keeps beside its pages."""
    pdf = content(export)
    with open_pdf(pdf) as document:
        beside = str(document.docinfo) + str(document.open_metadata())
    return text_of(pdf, folder) + content(export, "txt").decode() + beside


@pytest.fixture
def told(cast: Cast) -> Concern:
    reporter = Reporter(
        mode=ReporterMode.CONTACT,
        name="Rosalind Quill",
        email="rosalind@example.org",
        phone="07700 900123",
        safe_ways="At the bakery, before nine.",
    )
    return raise_concern(raised=Raised(words="A word.", reporter=reporter), by=audit.Other.REPORTER)


@pytest.mark.parametrize("role", ["lead", "deputy", "administrator"])
def test_no_copy_names_the_reporter(
    role: str, told: Concern, cast: Cast, copy_of: Copy, tmp_path: Path
) -> None:
    export = copy_of(told, by=getattr(cast, role))

    words = everything_in(export, tmp_path)

    assert [canary for canary in CANARIES if canary in words] == []
    assert "kept back in this copy" in words


def test_not_even_for_the_handler_it_is_assigned_to(
    told: Concern, cast: Cast, copy_of: Copy, tmp_path: Path
) -> None:
    with context.system():
        Concern.objects.filter(pk=told.pk).update(assigned_to=cast.lead)

    words = everything_in(copy_of(told, by=cast.lead), tmp_path)

    assert [canary for canary in CANARIES if canary in words] == []


def test_where_it_was_ticked_it_is_there_and_the_copy_says_so(
    told: Concern, cast: Cast, copy_of: Copy, tmp_path: Path
) -> None:
    words = everything_in(copy_of(told, by=cast.lead, with_reporter=True), tmp_path)

    assert [canary for canary in CANARIES if canary not in words] == []
    assert "shown in this copy" in words


def test_who_never_gave_a_name_is_said_to_have_given_none(cast: Cast, copy_of: Copy) -> None:
    anonymous = raise_concern(raised=Raised(words="A word."), by=audit.Other.REPORTER)

    text = content(copy_of(anonymous, by=cast.lead), "txt").decode()

    assert "Name of the person who raised it: never given" in text
