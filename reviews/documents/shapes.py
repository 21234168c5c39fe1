"""A paper of ours as PDF, Word and plain text: the three say the same."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

from safeguarding import pdf, word
from safeguarding.exports import Made

PDF = ("pdf", "application/pdf")
TEXT = ("txt", "text/plain; charset=utf-8")
WORD = ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")


def made_of(page: dict[str, Any], *, at: datetime) -> list[Made]:
    """A PDF that takes too long is left out: the same words stand beside it."""
    text = render_to_string("papers/document.txt", page).encode()
    made = [Made(*WORD, word.write(page, at=at)), Made(*TEXT, text)]
    try:
        return [Made(*PDF, pdf.render(render_to_string("papers/document.html", page))), *made]
    except pdf.TookTooLong:
        return made
