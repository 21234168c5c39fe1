"""A file, or its digest, to check."""

import hashlib
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safeguarding.forms import Form, LineField, PlainFileInput

HEX = 64  # characters of a SHA-256 digest


class VerifyForm(Form):
    file = forms.FileField(
        label=_("The file you were given"),
        help_text=_("A PDF or text of up to 5 megabytes. We do not keep it."),
        widget=PlainFileInput(),
        required=False,
        allow_empty_file=True,
    )
    typed = LineField(
        label=_("Or the digest printed in it"),
        help_text=_("64 letters and numbers. Spaces do not matter."),
        max_length=200,
        required=False,
    )

    def clean_typed(self) -> str:
        typed = "".join(self.cleaned_data["typed"].split()).replace("-", "").lower()
        if typed and (len(typed) != HEX or not all(c in "0123456789abcdef" for c in typed)):
            message = _("A digest has 64 of the letters a to f and the numbers 0 to 9. Check what you typed.")
            raise forms.ValidationError(message)
        return typed

    def clean(self) -> dict[str, Any]:
        """`digest` is what to look for: of the file, or as typed."""
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return answers
        if answers["file"]:
            digest = hashlib.sha256()
            for chunk in answers["file"].chunks():
                digest.update(chunk)
            answers["digest"] = digest.digest()
        elif answers["typed"]:
            answers["digest"] = bytes.fromhex(answers["typed"])
        else:
            self.add_error("file", _("Choose a file, or type the digest below it."))
        return answers
