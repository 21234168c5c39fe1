"""A page of sections as a Word file.

Real headings, lists and quotations, with title and language set, so that a reader can move in them. The
author is the organisation: a file tells nobody who made it.
"""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as Doc
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from safeguarding.papers import Fact, Words, direction

_NOT_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SIZES = {"Normal": 12, "Heading 1": 22, "Heading 2": 17, "Heading 3": 14}  # points
MARK = "\ufffd"  # in the place of a letter that no XML may hold


def write(page: dict[str, Any], *, at: datetime) -> bytes:
    document = Document()
    _describe(document, page, at)
    _set_page(document, page["title"])
    for style, points in SIZES.items():
        _set_type(document.styles[style], points)
    document.add_heading(_clean(page["title"]), level=1)
    for line in opening(page):
        document.add_paragraph(_clean(line))
    for section in page["sections"]:
        document.add_heading(_clean(section.heading), level=2)
        if section.is_empty:
            document.add_paragraph(_clean(section.when_empty))
        _add(document, section.facts, section.words)
        for item in section.items:
            document.add_heading(_clean(item.heading), level=3)
            _add(document, item.facts, item.words)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def opening(page: dict[str, Any]) -> list[str]:
    """The lines under the title, as in the other files."""
    dated = page.get("dated") or _("Made on %(day)s") % {"day": page["made_on"]}
    lines = [page["organisation"], dated, page.get("found", "")]
    if page["made_for"]:
        lines.append(_("Made for %(name)s") % {"name": page["made_for"]})
    if page["is_for_others"]:
        lines.append(_("We left out the names of people that we know."))
    return [line for line in lines if line]


def _add(document: Doc, facts: list[Fact], words: list[Words]) -> None:
    for fact in facts:
        item = document.add_paragraph(style="List Bullet")
        item.add_run(_clean(f"{fact.label}: ")).bold = True
        item.add_run(_clean(fact.value))
    for each in words:
        if each.label:
            asked = document.add_paragraph()
            asked.add_run(_clean(each.question)).bold = True
            asked.paragraph_format.keep_with_next = True
            asked.paragraph_format.space_after = Pt(0)
        for paragraph in each.paragraphs:
            text = "".join(paragraph.pieces)
            _turn(document.add_paragraph(_clean(text)), text)


def _set_page(document: Doc, title: str) -> None:
    """A4, with the title and the page at its foot."""
    for section in document.sections:
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = section.top_margin = Mm(20)
        section.bottom_margin, section.footer_distance = Mm(27), Mm(13)
        foot = section.footer.paragraphs[0]
        foot.style = document.styles["Normal"]  # the foot's own has a stop in the middle
        foot.paragraph_format.tab_stops.add_tab_stop(Mm(170), WD_TAB_ALIGNMENT.RIGHT)
        foot.add_run(f"{_clean(title)}\t")
        _number(foot, _("Page %(page)s of %(pages)s") % {"page": "\0PAGE\0", "pages": "\0NUMPAGES\0"})


def _number(foot: Paragraph, words: str) -> None:
    """Every other piece is a field that the office program fills in."""
    for number, piece in enumerate(words.split("\0")):
        if number % 2 == 0:
            foot.add_run(piece)
            continue
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), piece)
        foot._p.append(field)


def _set_type(style: Any, points: int) -> None:
    """One plain typeface that every office program has, in ink: the template's own is blue, and set in two."""
    style.font.name, style.font.color.rgb = "Arial", RGBColor(0x16, 0x21, 0x1F)
    style.font.size = Pt(points)
    style.paragraph_format.space_after = Pt(6)
    fonts = style.element.rPr.rFonts
    for name in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[name]


def _turn(paragraph: Paragraph, text: str) -> None:
    """Arabic or Hebrew is read from the right."""
    if direction(text) == "rtl":
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))


def _clean(text: str) -> str:
    return _NOT_XML.sub(MARK, text)


def _describe(document: Doc, page: dict[str, Any], at: datetime) -> None:
    about = document.core_properties
    about.title, about.language = _clean(page["title"]), page["language"]
    about.author = about.last_modified_by = page["organisation"]
    about.created = about.modified = at.replace(tzinfo=None)
    about.comments = about.keywords = about.subject = about.category = ""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), page["language"])
