"""Word files from anybody: a real one is read whole; a hostile one is refused, and fetches nothing."""

from __future__ import annotations

import io
import threading
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from reviews import starter
from reviews.forms.importing import ImportForm
from reviews.services import importing
from safeguarding import word
from safeguarding.word import Block
from safeguarding.word.reading import MOST_BYTES, MOST_PARTS, MOST_UNPACKED
from tests.cast import Cast
from tests.statement.conftest import drafted

OFFICE = Path(__file__).parent / "files" / "starter.docx"
Change = Callable[[dict[str, bytes]], None]


def form_of(content: bytes) -> ImportForm:
    form = ImportForm({}, {"file": SimpleUploadedFile("statement.docx", content)})
    form.is_valid()
    return form


def made(fill: Callable[[docx.document.Document], object]) -> bytes:
    document, out = docx.Document(), io.BytesIO()
    fill(document)
    document.save(out)
    return out.getvalue()


def changed(change: Change) -> bytes:
    """The real file with its parts changed."""
    with zipfile.ZipFile(OFFICE) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    change(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


def test_a_file_of_an_office_program_is_read_whole() -> None:
    found = form_of(OFFICE.read_bytes()).cleaned_data["blocks"]

    assert found[0] == Block("Our statement", 1)
    rows = [(row.words, row.level + 1 if row.level else 0, row.number) for row in starter.ROWS]
    assert [(block.words, block.level, block.number) for block in found[1 : len(rows) + 1]] == rows
    assert [block.words for block in found[len(rows) + 1 :]] == [
        "In a table: Ŵyneb, مرحبا, 👋🏽",
        "A table in a table",
        "The last line has a link: read more.",
    ]


@pytest.mark.django_db
def test_brought_into_the_example_every_clause_of_it_is_known_again(cast: Cast) -> None:
    draft = drafted(cast)
    importing.begin_with_example(draft=draft, by=cast.administrator)

    blocks = form_of(OFFICE.read_bytes()).cleaned_data["blocks"]
    preview = importing.preview(importing.bring(draft=draft, by=cast.administrator, blocks=blocks))

    assert preview.gone == []
    assert [row.block.words for row in preview.rows if row.text is None] == [
        "Our statement",
        "In a table: Ŵyneb, مرحبا, 👋🏽",
        "A table in a table",
        "The last line has a link: read more.",
    ]


def test_tables_in_tables_lists_breaks_and_merged_cells_are_read_once_each() -> None:
    def fill(document: docx.document.Document) -> None:
        document.add_heading("Rules", 2)
        document.add_paragraph("One", style="List Number")
        document.add_paragraph("Two", style="List Number")
        document.add_paragraph("Mark", style="List Bullet")
        run = document.add_paragraph("Before").add_run()
        run.add_break()
        run.add_text("after")
        table = document.add_table(2, 2)
        table.cell(0, 0).merge(table.cell(0, 1)).text = "Merged"
        table.cell(1, 0).add_table(1, 1).cell(0, 0).text = "Nested"
        document.add_paragraph("   ")

    assert word.read(made(fill)) == [
        Block("Rules", 2),
        Block("One", 0, "1"),
        Block("Two", 0, "2"),
        Block("Mark", 0, "•"),
        Block("Before\nafter"),
        Block("Merged"),
        Block("Nested"),
    ]


W = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def test_what_hides_in_content_controls_and_tracked_changes_is_read_as_it_is_seen() -> None:
    inside = (
        b"<w:sdt><w:sdtContent><w:p><w:r><w:t>In a control</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        b"<w:p><w:ins><w:r><w:t>Put in</w:t></w:r></w:ins><w:del><w:r><w:delText>Taken out</w:delText></w:r></w:del></w:p>"
    )

    def change(parts: dict[str, bytes]) -> None:
        body = b"<w:document " + W + b"><w:body>" + inside + b"</w:body></w:document>"
        parts["word/document.xml"] = body

    assert [block.words for block in word.read(changed(change))] == ["In a control", "Put in"]


def bomb(parts: dict[str, bytes]) -> None:
    parts["word/media/bomb.bin"] = b"\0" * (MOST_UNPACKED + 1)


def many_parts(parts: dict[str, bytes]) -> None:
    parts.update({f"word/media/{number}.bin": b"" for number in range(MOST_PARTS)})


def macros(parts: dict[str, bytes]) -> None:
    parts["word/vbaProject.bin"] = b"macro"


def with_entity(parts: dict[str, bytes]) -> None:
    document = parts["word/document.xml"]
    declared = b'<!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/passwd">]>'
    head, _mark, rest = document.partition(b"?>")
    parts["word/document.xml"] = head + b"?>" + declared + rest


def laughs(parts: dict[str, bytes]) -> None:
    entities = b"".join(b'<!ENTITY a%d "%s">' % (n + 1, b"&a%d;" % n * 10) for n in range(9))
    declared = b'<!doctype x [<!ENTITY a0 "ha">' + entities + b"]>"
    parts["word/document.xml"] = declared + b"<w:document " + W + b">&a9;</w:document>"


def in_other_letters(parts: dict[str, bytes]) -> None:
    """A document type hides from a search for its letters in UTF-16."""
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY e "x">]><x>&e;</x>'
    parts["word/document.xml"] = text.encode("utf-16")


def no_document(parts: dict[str, bytes]) -> None:
    del parts["word/document.xml"]


def broken(parts: dict[str, bytes]) -> None:
    parts["word/document.xml"] = b"<w:document"


def locked() -> bytes:
    """As a zip with a password says that it is: a bit in each of its heads."""
    content = bytearray(OFFICE.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(mark)
        while place >= 0:
            content[place + offset] |= 1
            place = content.find(mark, place + 4)
    return bytes(content)


HOSTILE = {
    "a bomb": (changed(bomb), "too large"),
    "many parts": (changed(many_parts), "too large"),
    "a huge file": (b"PK\x03\x04" + b"\0" * MOST_BYTES, "too large"),
    "macros": (changed(macros), "has macros"),
    "an outside entity": (changed(with_entity), "asks for other files"),
    "entities of entities": (changed(laughs), "asks for other files"),
    "other letters": (changed(in_other_letters), "asks for other files"),
    "no document": (changed(no_document), "could not read"),
    "half a document": (changed(broken), "could not read"),
    "half a file": (OFFICE.read_bytes()[:4000], "could not read"),
    "a zip of nothing": (b"PK\x05\x06" + b"\0" * 18, "could not read"),
    "a password": (locked(), "has a password"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_a_clear_sentence(name: str) -> None:
    content, said = HOSTILE[name]

    assert said in str(form_of(content).errors)


def test_every_half_of_a_file_is_read_or_refused_and_never_a_fault() -> None:
    whole = OFFICE.read_bytes()

    for end in range(0, len(whole), 97):
        form_of(whole[:end])
        form_of(whole[:end] + b"\xff" * 20 + whole[end + 20 :])


@pytest.fixture
def canary() -> Iterator[tuple[str, list[str]]]:
    """A server that notes whoever asks it for anything."""
    asked: list[str] = []

    class Note(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Note)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


def test_nothing_that_a_file_points_at_is_fetched(canary: tuple[str, list[str]]) -> None:
    address, asked = canary
    outside = (
        '<Relationship Id="rId{n}" TargetMode="External" Target="{to}/{kind}"'
        ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/>'
    )
    kinds = ("attachedTemplate", "image", "footnotes", "numbering", "subDocument", "frame")

    def change(parts: dict[str, bytes]) -> None:
        more = "".join(outside.format(n=900 + n, to=address, kind=kind) for n, kind in enumerate(kinds))
        rels = parts["word/_rels/document.xml.rels"]
        parts["word/_rels/document.xml.rels"] = rels.replace(
            b"</Relationships>", more.encode() + b"</Relationships>"
        )

    form_of(changed(change))

    assert asked == []
