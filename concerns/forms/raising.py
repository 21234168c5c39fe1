"""The questions of the four pages. Every one can be skipped."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from concerns.enums import HowSoon, Under18
from safeguarding.forms import Form, Radios, WordsField


class WordsForm(Form):
    words = WordsField(
        label=_("What happened, or what worries you?"),
        help_text=_("Use your own words. A few are enough. You do not have to give names."),
        max_length=settings.WORDS_LIMIT,
        required=False,
    )
    rather_not_write = forms.BooleanField(
        label=_("Please contact me. I would rather not write it."), required=False
    )
    how_soon = forms.ChoiceField(
        label=_("How soon should someone look?"),
        help_text=_("If you are not sure, we treat it as today."),
        choices=HowSoon.choices,
        widget=Radios(),
        required=False,
    )
    under_18 = forms.ChoiceField(
        label=_("Is anyone involved under 18?"),
        choices=[choice for choice in Under18.choices if choice[0]],
        widget=Radios(),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not answers["words"].strip() and not answers["rather_not_write"]:
            self.add_error("words", _("Write a few words here, or tick the box below it."))
        return answers
