"""Why somebody wants a copy of a record."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from safeguarding.exports import Purpose
from safeguarding.forms import Form, LineField, Radios


class PurposeForm(Form):
    purpose = forms.ChoiceField(
        label=_("Why do you need this copy?"),
        choices=[(value, capfirst(label)) for value, label in Purpose.choices],
        widget=Radios(),
    )
    words = LineField(
        label=_("Anything to add about why"),
        help_text=_("It is printed in the copy, and kept with it for 24 hours."),
        max_length=200,
        required=False,
    )
    with_reporter = forms.BooleanField(
        label=_("Show the name and contact details of the person who raised it"),
        help_text=_("Leave this empty unless whoever reads the copy must know. The choice is recorded."),
        required=False,
    )

    def __init__(self, *args: Any, may_reveal: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_reveal:
            del self.fields["with_reporter"]

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if answers.get("purpose") == Purpose.OTHER and not answers.get("words"):
            self.add_error("words", _("Say in a few words what it is for."))
        return answers
