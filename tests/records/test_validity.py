"""The PDFs are PDF/UA-1 for a validator, and the validator notices each thing that would make them not so."""

from __future__ import annotations

import io
from collections.abc import Callable

import page as validator
import pikepdf
import pytest
from pikepdf import Dictionary, Name

from concerns.models import Concern
from safeguarding import pdf
from safeguarding.exports import Export
from tests.cast import Cast
from tests.records.conftest import content, open_pdf
from tests.records.scripts import LEFT_TO_RIGHT, RIGHT_TO_LEFT
from tests.records.scripts import page as page_of

Copy = Callable[..., Export]
Spoil = Callable[[pikepdf.Pdf], None]
DOT = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="
PARTS = f"""<html lang=en><head><title>Parts</title></head><body><h1>One</h1><h2>Two</h2><h3>Three</h3>
<ul><li>an item</ul><p><a href="#two" title="Where it goes">a link</a><h2 id=two>Two</h2>
<table><tr><th>When<th>Who<tr><th>Monday<td>Lena</table><img src="{DOT}" alt="A dot"></body></html>"""


def failed(pdf: bytes) -> set[str]:
    """The rules of PDF/UA-1 that the validator says a PDF breaks."""
    report = validator.validate_pdf_bytes(pdf, profile="ua1")
    return {failure.rule_id.removeprefix("PDFUA1-").removesuffix("-001") for failure in report.failures}


@pytest.fixture(scope="module")
def parts() -> bytes:
    """One page with a part of every kind."""
    return pdf.render(PARTS)


@pytest.mark.django_db(transaction=True)
def test_a_record_is_valid(concern: Concern, cast: Cast, copy_of: Copy) -> None:
    export = copy_of(concern, by=cast.lead, words="order 17 of the court", with_reporter=True)

    assert failed(content(export)) == set()


def test_every_script_is_valid() -> None:
    assert failed(page_of(LEFT_TO_RIGHT | RIGHT_TO_LEFT)) == set()


def test_every_kind_of_part_is_valid(parts: bytes) -> None:
    assert failed(parts) == set()


def test_header_cells_say_what_they_head(parts: bytes) -> None:
    with open_pdf(parts) as document:
        scopes = [str(cell.A.Scope) for cell in things(document, "/S", "/TH")]

    assert scopes == ["/Column", "/Column", "/Row"]


def spoilt(pdf: bytes, spoil: Spoil) -> bytes:
    with open_pdf(pdf) as document:
        spoil(document)
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def things(document: pikepdf.Pdf, key: str, value: str) -> list[pikepdf.Object]:
    """Every dictionary in which a key has a value."""
    found = [thing for thing in document.objects if isinstance(thing, Dictionary)]
    return [thing for thing in found if thing.get(key) == Name(value)]


def without(key: str, *, of: tuple[str, str]) -> Spoil:
    def spoil(document: pikepdf.Pdf) -> None:
        for thing in things(document, *of):
            if key in thing:
                del thing[key]

    return spoil


def renamed(old: str, new: str) -> Spoil:
    def spoil(document: pikepdf.Pdf) -> None:
        for thing in things(document, "/S", old):
            thing.S = Name(new)

    return spoil


def untitled(document: pikepdf.Pdf) -> None:
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        del metadata["dc:title"]


def unclaimed(document: pikepdf.Pdf) -> None:
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        del metadata["pdfuaid:part"]


def drawn_beside_the_tags(document: pikepdf.Pdf) -> None:
    document.pages[0].contents_add(b"0 0 10 10 re f")


def untied(document: pikepdf.Pdf) -> None:
    """Cells name their headers, and headers say what they head: either would do."""
    for tag in ("/TH", "/TD"):
        without("/A", of=("/S", tag))(document)


CATALOG = ("/Type", "/Catalog")
SPOILT: dict[str, tuple[Spoil, str]] = {
    "it does not say that it is PDF/UA": (unclaimed, "ID-PART"),
    "it has no title": (untitled, "METADATA-TITLE"),
    "its title is not shown": (without("/ViewerPreferences", of=CATALOG), "VIEWER-PREFERENCES"),
    "it is not tagged": (without("/MarkInfo", of=CATALOG), "TAGGED-DOCUMENT"),
    "it has no structure": (without("/StructTreeRoot", of=CATALOG), "STRUCT-TREE-ROOT"),
    "it has no language": (without("/Lang", of=CATALOG), "TEXT-LANGUAGE"),
    "something is drawn outside the tags": (drawn_beside_the_tags, "CONTENT-TAGGING"),
    "a tag is unknown": (renamed("/P", "/Leaflet"), "STRUCT-TREE-ROLE-MAP"),
    "a heading level is skipped": (renamed("/H2", "/H4"), "HEADING-NESTING"),
    "an item stands outside a list": (renamed("/L", "/P"), "LI-PARENT"),
    "header cells are tied to nothing": (untied, "TABLE-HEADERS-SCOPE"),
    "a picture has no words": (without("/Alt", of=("/S", "/Figure")), "FIGURE-ALTERNATIVE-TEXT"),
    "a link says nothing": (without("/Contents", of=("/Subtype", "/Link")), "LINK-CONTENTS"),
    "a link is not tagged": (renamed("/Link", "/Span"), "LINK-LINK-TAG"),
    "a page with a link has no tab order": (without("/Tabs", of=("/Type", "/Page")), "PAGE-TABS"),
    "a font is not embedded": (without("/FontFile2", of=("/Type", "/FontDescriptor")), "FONT-EMBEDDING"),
    "letters have no text": (without("/ToUnicode", of=("/Type", "/Font")), "FONT-UNICODE-MAPPING"),
}


@pytest.mark.parametrize("what", SPOILT)
def test_the_validator_notices_when(what: str, parts: bytes) -> None:
    spoil, rule = SPOILT[what]

    assert rule in failed(spoilt(parts, spoil))


def test_the_validator_notices_the_box_of_a_missing_letter() -> None:
    assert "NOTDEF-GLYPH" in failed(page_of({"old": "\U00012000"}))
