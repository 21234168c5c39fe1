"""What is asked of somebody who reads words for the pack."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.packs import Outcome
from reviews.services import passing_words
from riskassessment.forms.names import EachField, offer
from safeguarding.forms import Form, Radios, WordsField, WordsInput, spoken


class WordsReadForm(Form):
    """`seen` is the hash of the words that the page showed; `stays` is asked of each thing that stands out."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    outcome = forms.ChoiceField(
        label=_("May they stand in the evidence?"),
        help_text=_(
            "Could anybody recognise themselves, or somebody else? Then change them or leave them out."
        ),
        choices=spoken(Outcome.choices),
        widget=Radios(),
        error_messages={"required": _("Choose what may stand.")},
    )
    instead = WordsField(
        label=_("The words to use instead"),
        help_text=_("Keep what they mean. Take out who, where and when."),
        widget=WordsInput(rows=4),
        required=False,
    )
    stays = EachField(
        _("Please look at these. Which may stand, and lead to nobody?"), _("Use other words for the rest.")
    )

    def __init__(self, *args: Any, words: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = words
        self.standing_out = passing_words.standing_out(self._would_stand())
        offer(self, "stays", self.standing_out)
        if not self.standing_out:
            del self.fields["stays"]

    def _would_stand(self) -> str:
        if self.data.get("outcome") == Outcome.LEFT_OUT:
            return ""
        return (
            str(self.data.get("instead") or "") if self.data.get("outcome") == Outcome.INSTEAD else self.words
        )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("outcome") == Outcome.INSTEAD and not str(given.get("instead") or "").strip():
            self.add_error("instead", _("Write the words that may stand."))
        left = [each for each in self.standing_out if each not in given.get("stays", ())]
        if "outcome" in given and left:
            told = _("This may lead to somebody: %(there)s. Use other words, or say that it may stand.")
            self.add_error("stays", told % {"there": ", ".join(left)})
        return given
