"""How it was to tell us: each answer may be left out, and then nothing of it is kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.services.process import Said
from reviews.weighing import Felt
from safeguarding.forms import Form, Radios, WordsField, WordsInput, spoken

LIMIT = 4_000  # characters
RATHER_NOT = "rather_not"


def _felt(label: Any) -> forms.ChoiceField:
    choices = [*spoken(Felt.choices), (RATHER_NOT, _("I would rather not say"))]
    return forms.ChoiceField(
        label=label, choices=choices, widget=Radios(), initial=RATHER_NOT, required=False
    )


class FeltForm(Form):
    heard = _felt(_("Did you feel heard?"))
    safe = _felt(_("Did you feel safe while telling us?"))
    words = WordsField(
        label=_("Anything you want to say about it"),
        help_text=_("Leave out what happened, and names. Then nobody can tell that it is yours."),
        max_length=LIMIT,
        widget=WordsInput(rows=4),
        required=False,
    )

    def as_said(self) -> Said:
        given = {name: self.cleaned_data[name].strip() for name in ("heard", "safe")}
        kept = {name: "" if value == RATHER_NOT else value for name, value in given.items()}
        words = self.cleaned_data["words"]
        return Said(**kept, words=words if words.strip() else "")
