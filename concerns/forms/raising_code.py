"""The two numbers people come back with: a kept draft's code, and a receipt."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from concerns.receipts import digits_of
from concerns.references import draft_code_of
from safeguarding.forms import Form, LineField


class CodeForm(Form):
    code = LineField(
        label=_("Your code"),
        help_text=_("Twelve letters and numbers, like K7M4-Q2XR-9HDP. Spaces and small letters are fine."),
        max_length=60,
    )

    def clean_code(self) -> str:
        code = draft_code_of(self.cleaned_data["code"])
        if not code:
            raise ValidationError(_("A code has twelve letters and numbers. Please look at it again."))
        return code

    def not_found(self) -> None:
        self.add_error(
            "code",
            _("We cannot find anything with this code. Check it, or start again. Codes last 30 days."),
        )


class ReceiptForm(Form):
    receipt = LineField(
        label=_("The 16 numbers on your receipt"),
        help_text=_("Like 4821 0937 5510 2746. Spaces do not matter."),
        max_length=60,
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["receipt"].widget.attrs |= {"inputmode": "numeric", "spellcheck": "false"}

    def clean_receipt(self) -> str:
        digits = digits_of(self.cleaned_data["receipt"])
        if not digits:
            raise ValidationError(_("A receipt has 16 numbers. Please look at it again."))
        return digits

    def not_found(self) -> None:
        self.add_error(
            "receipt",
            _("We cannot find anything with this receipt. Check each number, and try again."),
        )
