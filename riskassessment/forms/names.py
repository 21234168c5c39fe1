"""Names: those in what somebody wrote are asked about one by one; one that the group keeps in one line.

A tick for one never stands for another.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from riskassessment.services import naming
from safeguarding.forms import Checkboxes, Form


class KeepForm(Form):
    line = forms.CharField(widget=forms.HiddenInput, max_length=60)
    name = forms.CharField(widget=forms.HiddenInput, max_length=120)


class EachField(forms.MultipleChoiceField):
    """A box for each thing that was found in the words of its form."""

    def __init__(self, label: Any, help_text: Any = "") -> None:
        super().__init__(label=label, help_text=help_text, widget=Checkboxes(), required=False)


def offer(form: forms.Form, name: str, found: Sequence[str]) -> None:
    """What was ticked before stays a choice: it is no fault that its word has gone since."""
    chooser = form.fields[name]
    assert isinstance(chooser, EachField)
    ticked = form[name].data or [] if form.is_bound else []
    chooser.choices = [(each, each) for each in dict.fromkeys([*found, *ticked])]


class AsksAboutNames(Form):
    """A name of one of us in the words of `named` is asked about, and may stay. It is never refused."""

    named: tuple[str, ...] = ("words",)
    stays: Sequence[str] = ()
    name_stays = EachField(_("Which of these names can stay?"), _("A role often says enough."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = naming.in_words(" ".join(str(self[name].value() or "") for name in self.named))
        offer(self, "name_stays", self.names)
        if not (self.names and self.is_bound):
            del self.fields["name_stays"]

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        self.stays = answers.pop("name_stays", [])
        if left := [name for name in self.names if name not in self.stays]:
            asked = _now("“%(names)s”: is this the name of one of us? Write a role, or say that it can stay.")
            self.add_error(self.named[0], asked % {"names": ", ".join(left)})
        return answers
