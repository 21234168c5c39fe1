"""One concern with something of everything, and its export made as a worker would."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.utils import timezone

from concerns.enums import EntryKind, ReporterMode, RoleInConcern
from concerns.models import Concern, Entry
from concerns.services.raising import Involved, Raised, Reporter, raise_concern
from concerns.services.records import ask_for_record
from safeguarding import audit, context, looks
from safeguarding.exports import Export
from safeguarding.people.models import Person
from tests.cast import Cast

WORDS = "The side door was locked again.\n\nNobody could get out when the alarm rang."
REPORTER = Reporter(
    mode=ReporterMode.CONTACT, name="Rosalind Quill", email="rosalind@example.org", phone="07700 900123"
)


@pytest.fixture
def concern(cast: Cast) -> Concern:
    """Raised by Rosalind; Lena has written what was seen."""
    involved = Involved(name="Tobias Wren", role=RoleInConcern.AFFECTED, relationship="peer")
    raised = raise_concern(
        raised=Raised(words=WORDS, reporter=REPORTER, involved=[involved]), by=audit.Other.REPORTER
    )
    with context.system():
        now = timezone.now()
        entry = Entry(
            concern=raised,
            kind=EntryKind.SEEN,
            by=cast.lead,
            happened_at=now - timedelta(days=3),
            told_at=now - timedelta(days=2),
            written_at=now - timedelta(days=1),
            entered_at=now,
        )
        entry.words = "The caretaker has the only key."
        entry.save(force_insert=True)
    return raised


@pytest.fixture
def copy_of() -> Callable[..., Export]:
    """A copy, asked for by somebody and made by the worker's own look."""

    def make(concern: Concern, *, by: Person, **answers: Any) -> Export:
        with context.person(by):
            export = ask_for_record(concern=concern, by=by, **{"purpose": "look"} | answers)
        looks.make_exports()
        with context.system():
            export.refresh_from_db()
        return export

    return make


def content(export: Export, ending: str = "pdf") -> bytes:
    with context.system():
        return export.files.get(ending=ending).content()


def text_of(pdf: bytes, folder: Path) -> str:
    (folder / "record.pdf").write_bytes(pdf)
    words = ["pdftotext", "-layout", str(folder / "record.pdf"), "-"]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


def open_pdf(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))
