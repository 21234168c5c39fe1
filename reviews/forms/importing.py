"""A text to bring: pasted, or as a file. What cannot be read is said in words; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from reviews import blocks
from reviews.forms.clauses import NUMBER_LIMIT, WORDS_LIMIT, short
from reviews.models import ClauseText
from reviews.services.drafting import MOST_CLAUSES
from safeguarding import word
from safeguarding.forms import Form, PlainFileInput, Radios, WordsField, WordsInput
from safeguarding.word import Block
from safeguarding.word.reading import MOST_BYTES, Fault

PASTE_LIMIT = 400_000  # characters
OLD_WORD = b"\xd0\xcf\x11\xe0"  # how a .doc of before 2007 begins, and a locked .docx
SAID = {
    Fault.NOT_WORD: _(
        "We could not read this file. Save it as a Word file (.docx) or as text, and try again."
    ),
    Fault.TOO_LARGE: _("This file is too large. Take the pictures out, or paste the text instead."),
    Fault.HAS_MACROS: _(
        "This file has macros in it, so we did not open it. Save it as .docx without macros."
    ),
    Fault.UNSAFE: _("This file asks for other files, so we did not read it. Save it again as .docx."),
    Fault.LOCKED: _("This file has a password. Save it without one, and try again."),
}


class ImportForm(Form):
    file = forms.FileField(
        label=_("A file"),
        help_text=_("A Word file (.docx), or text with or without Markdown. Up to 5 megabytes."),
        widget=PlainFileInput(),
        required=False,
        allow_empty_file=True,
    )
    text = WordsField(
        label=_("Or paste the text"),
        help_text=_("Each paragraph becomes a clause. Lines that begin with # become headings."),
        max_length=PASTE_LIMIT,
        widget=WordsInput(rows=12),
        required=False,
    )

    def clean_file(self) -> Sequence[Block]:
        file = self.cleaned_data["file"]
        if not file:
            return []
        if file.size is not None and file.size > MOST_BYTES:
            raise forms.ValidationError(SAID[Fault.TOO_LARGE])
        return self._looked_at(_read(file.read()))

    def clean_text(self) -> Sequence[Block]:
        return self._looked_at(blocks.of_text(self.cleaned_data["text"]))

    def _looked_at(self, found: Sequence[Block]) -> Sequence[Block]:
        """As many as may be, and none too long for one clause."""
        if len(found) > MOST_CLAUSES:
            raise forms.ValidationError(_too_many(len(found)))
        for place, block in enumerate(found, start=1):
            if len(block.words) > WORDS_LIMIT or len(block.number) > NUMBER_LIMIT:
                raise forms.ValidationError(_too_long(place))
        return found

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        answers["blocks"] = answers.get("file") or answers.get("text") or []
        if not self.errors and not answers["blocks"]:
            raise forms.ValidationError(_("There is no text in it. Choose a file with words, or paste them."))
        return answers


def _too_many(number: int) -> str:
    return ngettext(
        "It has %(number)s paragraph. We take %(most)s at most.",
        "It has %(number)s paragraphs. We take %(most)s at most.",
        number,
    ) % {"number": number, "most": MOST_CLAUSES}


def _too_long(place: int) -> str:
    return _("Paragraph %(place)s is longer than %(limit)s characters. Part it in two, and try again.") % {
        "place": place,
        "limit": f"{WORDS_LIMIT:,}",
    }


def _read(content: bytes) -> list[Block]:
    if content.startswith(b"PK"):
        try:
            return [blocks.with_number(block) for block in word.read(content)]
        except word.NotReadable as fault:
            raise forms.ValidationError(SAID[fault.fault]) from fault
    if content.startswith(OLD_WORD) or b"\x00" in content:
        raise forms.ValidationError(SAID[Fault.NOT_WORD])
    try:
        return blocks.of_text(content.decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        raise forms.ValidationError(SAID[Fault.NOT_WORD]) from fault


class MatchForm(Form):
    """Which clause one block is."""

    serial = forms.TypedChoiceField(
        label=_("Which clause is it?"), coerce=int, widget=Radios(), required=False, empty_value=None
    )

    def __init__(self, *args: Any, offered: Sequence[ClauseText], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chooser = self.fields["serial"]
        assert isinstance(chooser, forms.TypedChoiceField)
        chooser.choices = [
            *((t.clause.serial, short(t, 120)) for t in offered),
            ("", _("None of these: a new one")),
        ]
