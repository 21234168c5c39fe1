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
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from safeguarding.papers import Fact, Words, direction

_NOT_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MARK = "\ufffd"  # in the place of a letter that no XML may hold


def write(page: dict[str, Any], *, at: datetime) -> bytes:
    document = Document()
    _describe(document, page, at)
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
    lines = [page["organisation"], _("Made on %(day)s") % {"day": page["made_on"]}]
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
        for paragraph in each.paragraphs:
            text = "".join(paragraph.pieces)
            _turn(document.add_paragraph(_clean(text)), text)


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
