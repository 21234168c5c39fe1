"""The words of a Word file, in order, from whoever sent it: read as hostile.

Nothing is fetched, run or expanded. What is read: paragraphs, also inside tables of tables, content
controls and text boxes, then foot- and endnotes. What was deleted under "track changes" is not.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from docx import Document
from docx.document import Document as Doc
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsmap, qn
from docx.text.paragraph import Paragraph

MOST_BYTES = 5 * 1024 * 1024  # of the file
MOST_UNPACKED = 40 * 1024 * 1024  # bytes of all that is packed in it
MOST_PARTS = 2000  # files packed in it
DEEPEST = 4  # levels of headings
_MACROS = ("vbaProject", "vbaData")
_DECLARES = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_NOTES = ("footnote", "endnote")
_BREAKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "\u2011"}
_OTHER_WAY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # the same once more


class Fault(Enum):
    NOT_WORD = "not_word"
    TOO_LARGE = "too_large"
    HAS_MACROS = "has_macros"
    UNSAFE = "unsafe"
    LOCKED = "locked"


class NotReadable(Exception):
    """Not a Word file that we read; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True)
class Block:
    """One heading (level 1 and deeper) or one paragraph (level 0), with the number or mark it carries."""

    words: str
    level: int = 0
    number: str = ""


@dataclass
class _Numbers:
    """Word counts lists while it draws them: so must we. Where a level is begun again, deeper ones restart."""

    formats: dict[tuple[str, int], str]
    counts: dict[tuple[str, int], int] = field(default_factory=dict)

    def next(self, number: str, level: int) -> str:
        kind = self.formats.get((number, level), "bullet")
        if kind == "bullet":
            return "•"
        self.counts[number, level] = self.counts.get((number, level), 0) + 1
        for deeper in [key for key in self.counts if key[0] == number and key[1] > level]:
            del self.counts[deeper]
        return _counted(self.counts[number, level], kind)


def _counted(count: int, kind: str) -> str:
    if kind in ("lowerLetter", "upperLetter") and count <= 26:
        letter = chr(ord("a") + count - 1)
        return letter.upper() if kind == "upperLetter" else letter
    if kind in ("lowerRoman", "upperRoman") and count < 40:
        tens, ones = divmod(count, 10)
        roman = "x" * tens + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[ones]
        return roman.upper() if kind == "upperRoman" else roman
    return str(count)


def read(content: bytes) -> list[Block]:
    """Every paragraph that says something. Raises NotReadable."""
    _look_before_opening(content)
    try:
        document = Document(io.BytesIO(content))
        numbers = _Numbers(dict(_formats(document)))
        found = [block for p in _paragraphs(document.element.body) if (block := _block(p, document, numbers))]
        return found + [note for kind in _NOTES for note in _notes(document, kind)]
    except Exception as fault:  # whatever is wrong in it, the library stumbles over it in its own way
        raise NotReadable(Fault.NOT_WORD) from fault


def _look_before_opening(content: bytes) -> None:
    """Everything that can be known without unpacking more than we allow."""
    if len(content) > MOST_BYTES:
        raise NotReadable(Fault.TOO_LARGE)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            _look_at_parts(packed)
    except NotReadable:
        raise
    except Exception as fault:  # zipfile and zlib have many ways to say that a zip is broken
        raise NotReadable(Fault.NOT_WORD) from fault


def _look_at_parts(packed: zipfile.ZipFile) -> None:
    parts = packed.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise NotReadable(Fault.TOO_LARGE)
    if any(part.flag_bits & 1 for part in parts):
        raise NotReadable(Fault.LOCKED)
    if any(word in part.filename for part in parts for word in _MACROS):
        raise NotReadable(Fault.HAS_MACROS)
    for part in parts:
        if part.filename.endswith((".xml", ".rels")) and _declares(packed.read(part)):
            raise NotReadable(Fault.UNSAFE)


def _declares(part: bytes) -> bool:
    """A document type can name entities, and so files and addresses; no Word file has one. UTF-16 hides it."""
    return bool(_DECLARES.search(part)) or b"\x00" in part[:200]


def _paragraphs(root: Any) -> Iterator[Any]:
    """In the order of the page; what is there twice, for older programs, only once."""
    for paragraph in root.iter(qn("w:p")):
        if not any(True for _parent in paragraph.iterancestors(_OTHER_WAY)):
            yield paragraph


def _block(paragraph: Any, document: Doc, numbers: _Numbers) -> Block | None:
    words = _words(paragraph)
    if not words.strip():
        return None
    level = _level(paragraph, document)
    number = _number(paragraph, document, numbers)
    return Block(words.strip(), level, "" if level and number == "•" else number)


def _words(paragraph: Any) -> str:
    """Its own words; a text box in it has paragraphs of its own."""
    said = []
    for part in paragraph.iter(qn("w:t"), *_BREAKS):
        own = next(part.iterancestors(qn("w:p"))) is paragraph
        in_tabs = part.getparent().tag == qn("w:tabs")  # where a tab would stop
        if own and not in_tabs:
            said.append(part.text or "" if part.tag == qn("w:t") else _BREAKS[part.tag])
    return "".join(said)


def _level(paragraph: Any, document: Doc) -> int:
    style = Paragraph(paragraph, document._body).style
    name = (style.name or "") if style is not None else ""
    if name == "Title":
        return 1
    found = _HEADING.match(name)
    return min(int(found[1]), DEEPEST) if found else 0


def _number(paragraph: Any, document: Doc, numbers: _Numbers) -> str:
    numbered = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    if numbered is None:
        style = Paragraph(paragraph, document._body).style
        numbered = style.element.find(f"{qn('w:pPr')}/{qn('w:numPr')}") if style is not None else None
    if numbered is None:
        return ""
    which, depth = numbered.find(qn("w:numId")), numbered.find(qn("w:ilvl"))
    number = which.get(qn("w:val")) if which is not None else "0"
    if number == "0":  # taken off the list
        return ""
    return numbers.next(number, int(depth.get(qn("w:val"))) if depth is not None else 0)


def _formats(document: Doc) -> Iterator[tuple[tuple[str, int], str]]:
    """How each level of each list is counted."""
    try:
        root = parse_xml(document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).blob)
    except KeyError:  # it has no lists
        return
    abstract = {each.get(qn("w:abstractNumId")): each for each in root.findall(qn("w:abstractNum"))}
    for each in root.findall(qn("w:num")):
        kind = abstract.get(each.find(qn("w:abstractNumId")).get(qn("w:val")))
        for level in kind.findall(qn("w:lvl")) if kind is not None else []:
            how = level.find(qn("w:numFmt"))
            place = (each.get(qn("w:numId")), int(level.get(qn("w:ilvl"))))
            yield place, how.get(qn("w:val")) if how is not None else "decimal"


def _notes(document: Doc, kind: str) -> Iterator[Block]:
    """Foot- or endnotes, after the text; those that only draw a line say nothing."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith(f"/{kind}s") and not relation.is_external:
            root = parse_xml(relation.target_part.blob)
            for note in root.findall(f"w:{kind}", {"w": nsmap["w"]}):
                words = "\n".join(filter(None, (_words(p).strip() for p in note.iter(qn("w:p")))))
                if words:
                    yield Block(words, number=note.get(qn("w:id")) or "")
