"""What the PDF of a record says, and how it is built."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from concerns.models import Concern
from safeguarding import audit, context
from safeguarding.exports import Export
from tests.cast import Cast
from tests.records.conftest import content, open_pdf, text_of

pytestmark = pytest.mark.django_db(transaction=True)
Copy = Callable[..., Export]


def test_it_says_what_was_said_and_who_made_the_copy_and_why(
    concern: Concern, cast: Cast, copy_of: Copy, tmp_path: Path
) -> None:
    export = copy_of(concern, by=cast.lead, purpose="law", words="order 17 of the court")

    text = text_of(content(export), tmp_path)

    for said in (
        concern.reference,
        "The side door was locked again.",
        "Nobody could get out when the alarm rang.",
        "Tobias Wren",
        "The caretaker has the only key.",
        "By: Lena",
        "Made for: Lena",
        "order 17 of the court",
        "Page 1 of ",
    ):
        assert said in text


def test_it_gives_the_four_times_of_an_entry(
    concern: Concern, cast: Cast, copy_of: Copy, tmp_path: Path
) -> None:
    text = content(copy_of(concern, by=cast.lead), "txt").decode()

    entry = text[text.index("What was seen or heard") :]
    labels = [line.split(":")[0] for line in entry.splitlines()[2:7]]
    assert labels == ["By", "Happened", "Told to us", "Written", "Entered here"]


def test_pdf_and_text_say_the_same(concern: Concern, cast: Cast, copy_of: Copy, tmp_path: Path) -> None:
    export = copy_of(concern, by=cast.lead)
    pdf, text = text_of(content(export), tmp_path), content(export, "txt").decode()

    lines = [line.strip(" =-") for line in text.splitlines() if line.strip(" =-")]
    flat = " ".join(pdf.split())
    missing = [line for line in lines if " ".join(line.split())[:60] not in flat]
    assert missing == []


@pytest.mark.clause("8.d")
def test_it_prints_the_head_of_the_audit(concern: Concern, cast: Cast, copy_of: Copy) -> None:
    export = copy_of(concern, by=cast.lead)

    text = content(export, "txt").decode()

    with context.system():
        asked = audit.AuditEntry.objects.get(verb="export_asked")
    assert f"number {asked.seq}, {bytes(asked.hash).hex()}" in text


def test_it_prints_the_digest_of_the_text_beside_it(
    concern: Concern, cast: Cast, copy_of: Copy, tmp_path: Path
) -> None:
    export = copy_of(concern, by=cast.lead)

    digest = hashlib.sha256(content(export, "txt")).hexdigest()

    assert digest in "".join(text_of(content(export), tmp_path).split())


def test_it_is_a_tagged_pdf_with_title_language_and_bookmarks(
    concern: Concern, cast: Cast, copy_of: Copy
) -> None:
    with open_pdf(content(copy_of(concern, by=cast.lead))) as pdf:
        metadata = pdf.open_metadata()
        assert str(metadata["pdfuaid:part"]) == "1"
        assert metadata["dc:title"] == f"Record {concern.reference}"
        assert str(pdf.Root.Lang) == "en-gb"
        assert bool(pdf.Root.MarkInfo.Marked)
        with pdf.open_outline() as outline:
            assert outline.root[0].title == f"Record {concern.reference}"
            assert "What was first said" in [item.title for item in outline.root[0].children]


def test_it_is_built_of_headings_and_lists_and_not_of_tables(
    concern: Concern, cast: Cast, copy_of: Copy
) -> None:
    with open_pdf(content(copy_of(concern, by=cast.lead))) as pdf:
        tags = {
            str(thing.S) for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/S" in thing
        }

    assert {"/H1", "/H2", "/H3", "/L", "/LI", "/P"} <= tags
    assert "/Table" not in tags


def test_it_embeds_our_own_letters(concern: Concern, cast: Cast, copy_of: Copy) -> None:
    with open_pdf(content(copy_of(concern, by=cast.lead))) as pdf:
        fonts = {
            str(thing.FontName).split("+")[-1]
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"
        }

    assert all(name.startswith("Atkinson") for name in fonts), fonts
