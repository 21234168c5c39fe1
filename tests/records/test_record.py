"""What the PDF of a record says, and how it is built."""

from __future__ import annotations

import hashlib
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from concerns.documents import record
from concerns.enums import RoleInConcern
from concerns.models import Concern
from concerns.services.raising import Involved, Raised, raise_concern
from safeguarding import audit, context
from safeguarding.exports import Export
from safeguarding.papers import Section, Words
from tests.cast import Cast
from tests.records.conftest import content, open_pdf, text_of

pytestmark = pytest.mark.django_db(transaction=True)
Copy = Callable[..., Export]
PAGE_WIDTH, MARGIN = 595, 56  # points: A4, and 20 mm


def test_it_says_what_was_said_and_who_made_the_copy_and_why(
    concern: Concern, cast: Cast, copy_of: Copy, tmp_path: Path
) -> None:
    export = copy_of(concern, by=cast.lead, purpose="law", words="order 17 of the court")

    text = " ".join(text_of(content(export), tmp_path).split())

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


def test_each_page_says_whose_copy_it_is(concern: Concern, cast: Cast, copy_of: Copy, tmp_path: Path) -> None:
    pages = text_of(content(copy_of(concern, by=cast.lead)), tmp_path).split("\f")[:-1]

    foot = f"Record {concern.reference}, made for Lena on "
    assert len(pages) > 1
    assert [page for page in pages if foot not in page] == []


def test_an_endless_name_stays_on_the_page(cast: Cast, copy_of: Copy, tmp_path: Path) -> None:
    endless = Involved(name="x" * 150, role=RoleInConcern.INVOLVED)
    raised = raise_concern(raised=Raised(words="A word.", involved=[endless]), by=audit.Other.REPORTER)

    assert right_edge(content(copy_of(raised, by=cast.lead)), tmp_path) < PAGE_WIDTH - MARGIN


def right_edge(pdf: bytes, folder: Path) -> float:
    """Where the longest line ends, in points."""
    (folder / "one.pdf").write_bytes(pdf)
    words = ["pdftotext", "-bbox", str(folder / "one.pdf"), "-"]
    boxes = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    return max(float(edge) for edge in re.findall(r'xMax="([\d.]+)"', boxes))


def test_it_gives_the_four_times_of_an_entry(
    concern: Concern, cast: Cast, copy_of: Copy, tmp_path: Path
) -> None:
    text = content(copy_of(concern, by=cast.lead), "txt").decode()

    entry = text[text.index("What was seen or heard") :]
    labels = [line.split(":")[0] for line in entry.splitlines()[2:7]]
    assert labels == ["By", "Happened", "Told to us", "Written", "Entered here"]


def test_the_text_underlines_its_headings_and_asks_no_question_twice() -> None:
    section = Section(
        "What was said", words=[Words("No.", label="Still at risk?"), Words("Yes.", label="Why")]
    )
    page = {"title": "Record", "organisation": "The Collective", "sections": [section]}

    said = "\n\nWhat was said\n=============\n\nStill at risk?\nNo.\n\nWhy:\nYes.\n\n\n"
    assert said in record.text_of(page).decode()


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
