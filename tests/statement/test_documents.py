"""The statement as PDF, Word and plain text: made once by the worker, the same for anybody."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from reviews import starter
from reviews.enums import ChangeState
from reviews.models import StatementFile, StatementVersion, TextImport
from reviews.services import drafting, importing
from safeguarding import context, looks
from safeguarding.exports import Export, ExportState
from tests.cast import Cast
from tests.records.conftest import open_pdf, text_of
from tests.records.test_validity import failed

pytestmark = pytest.mark.django_db(transaction=True)
As = Callable[..., Client]


def example(cast: Cast) -> StatementVersion:
    draft = drafting.begin(by=cast.administrator)
    importing.begin_with_example(draft=draft, by=cast.administrator)
    return drafting.publish(draft=draft, by=cast.administrator, summary="The first.")


def file(version: StatementVersion, ending: str) -> bytes:
    return bytes(Client().get(f"/statement/versions/{version.number}/statement.{ending}").content)


def squeezed(text: str) -> str:
    """Letters and digits only: what files say, whatever their layout."""
    return re.sub(r"[\W_]+", "", text)


@pytest.mark.clause("V1")
def test_anybody_fetches_three_files_that_say_the_same(cast: Cast, tmp_path: Path) -> None:
    version = example(cast)
    assert "Its files are being made" in Client().get("/statement/").content.decode()

    looks.make_exports()

    page = Client().get("/statement/").content.decode()
    assert [f"statement.{ending}" in page for ending in ("pdf", "docx", "txt")] == [True] * 3
    pdf = file(version, "pdf")
    told = {
        "pdf": text_of(pdf, tmp_path),
        "docx": "\n".join(p.text for p in docx.Document(io.BytesIO(file(version, "docx"))).paragraphs),
        "txt": file(version, "txt").decode(),
    }
    for said in told.values():
        assert all(squeezed(row.words) in squeezed(said) for row in starter.ROWS)
        assert squeezed("In force since") in squeezed(said)
        assert squeezed(f"/statement/versions/{version.number}/") in squeezed(said)
    assert failed(pdf) == set()
    with open_pdf(pdf) as document:
        assert str(document.docinfo["/Title"]) == "Our statement, version 1"


@pytest.mark.parametrize("edited", [False, True])
def test_our_own_word_file_brought_back_changes_only_what_was_edited(
    edited: bool, cast: Cast, client_for: As
) -> None:
    """Its opening lines, and how binding each clause is, are no words of a clause."""
    version = example(cast)
    looks.make_exports()
    first = version.texts.in_order().exclude(strength="")[0]
    drafting.begin(by=cast.administrator)
    content = file(version, "docx")

    sent = SimpleUploadedFile("ours.docx", reworded(content, first.words) if edited else content)
    client_for(cast.administrator).post("/statement/draft/bring/", {"file": sent})

    seen = importing.preview(TextImport.objects.get())
    assert [row.text and row.text.clause_id for row in seen.rows] == [
        text.clause_id for text in version.texts.in_order()
    ]
    changed = [row.block.words for row in seen.rows if row.state is not ChangeState.SAME]
    assert changed == ([f"{first.words} And kindly."] if edited else [])


def reworded(content: bytes, words: str) -> bytes:
    """As somebody adds to a clause in an office program."""
    document = docx.Document(io.BytesIO(content))
    paragraph = next(each for each in document.paragraphs if words in each.text)
    paragraph.text = paragraph.text.replace(words, f"{words} And kindly.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_they_are_kept_with_the_version_and_made_once(cast: Cast, client_for: As) -> None:
    version = example(cast)
    looks.make_exports()
    before = {kept.ending: kept.made_at for kept in StatementFile.objects.all()}

    client_for(cast.administrator).post(f"/statement/versions/{version.number}/files/")
    looks.make_exports()

    assert {kept.ending: kept.made_at for kept in StatementFile.objects.all()} == before
    with context.system():
        assert {export.state for export in Export.objects.all()} == {ExportState.READY}


def test_a_draft_has_no_files(cast: Cast) -> None:
    draft = drafting.begin(by=cast.administrator)

    assert Client().get(f"/statement/versions/{draft.number}/statement.txt").status_code == 404
