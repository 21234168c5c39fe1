"""Who is invited, and why somebody could not come."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from riskassessment.services.inviting import Typed
from safeguarding.forms import Form, WordsField, WordsInput

MOST_AT_ONCE = 50  # addresses in one page
LONGEST_ADDRESS, LONGEST_NAME = 254, 120  # characters
LIMIT = 1_000  # characters
_APART = str.maketrans("<>,;", "    ")


class InviteForm(Form):
    people = WordsField(
        label=_("Who do you invite?"),
        help_text=_("One person on each line: a mail address, with a name before it if you like."),
        max_length=MOST_AT_ONCE * (LONGEST_ADDRESS + LONGEST_NAME),
        widget=WordsInput(rows=5),
        error_messages={"required": _("Write at least one mail address.")},
    )

    def clean_people(self) -> list[Typed]:
        """Each line as a name and an address."""
        lines = [line.strip() for line in self.cleaned_data["people"].splitlines() if line.strip()]
        if len(lines) > MOST_AT_ONCE:
            raise ValidationError(_("Please write 50 lines or fewer, and send the rest after."))
        wrong = [line for line, typed in zip(lines, self._read(lines), strict=True) if typed is None]
        if wrong:
            told = {"line": wrong[0]}
            raise ValidationError(_("We cannot find a mail address in this line: %(line)s") % told)
        return [typed for typed in self._read(lines) if typed is not None]

    @staticmethod
    def _read(lines: list[str]) -> Iterator[Typed | None]:
        for line in lines:
            *names, address = line.translate(_APART).split() or [""]
            try:
                validate_email(address)
            except ValidationError:
                yield None
            else:
                name = " ".join(names)
                fits = len(address) <= LONGEST_ADDRESS and len(name) <= LONGEST_NAME
                yield Typed(address, name) if fits else None


class CouldNotForm(Form):
    words = WordsField(
        label=_("I could not take part because"),
        help_text=_("Everybody who reads the plan can read this, without your name. You can leave it empty."),
        max_length=LIMIT,
        widget=WordsInput(rows=3),
        required=False,
    )


class TypedInForm(CouldNotForm):
    """For somebody who told whoever facilitates."""

    said_so = forms.BooleanField(
        label=_("They know that everybody who reads the plan can read this"),
        error_messages={"required": _("Ask them first. Their reason may be private.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = _("They could not take part because")
