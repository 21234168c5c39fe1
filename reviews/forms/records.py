"""What goes out of a review, and how it is corrected: the names in it are asked about first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.forms.clauses import REASON_LIMIT, SUMMARY_LIMIT
from reviews.forms.cycles import day_held
from reviews.models import ReviewCycle
from reviews.recorded import Said
from reviews.services.correcting_records import Reworded
from reviews.services.recording import Told
from riskassessment.forms.names import EachField, offer
from safeguarding.forms import DayField, Form, WordsField, WordsInput

RECORD_LIMIT = 10_000  # characters of "you said, we did"


class PublicWordsForm(Form):
    """What anybody will read. The names in it are asked about before they can."""

    summary = WordsField(
        label=_("What did you decide, in a few plain sentences?"),
        help_text=_("Anybody can read this. Please name nobody."),
        max_length=SUMMARY_LIMIT,
        widget=WordsInput(rows=5),
        error_messages={"required": _("Write at least one sentence about what you decided.")},
    )
    said_did = WordsField(
        label=_("You said, we did, we could not because"),
        max_length=RECORD_LIMIT,
        widget=WordsInput(rows=10),
        required=False,
    )
    names = EachField(
        _("Are these people’s names? Choose each that may be read by anybody."),
        _("Only who said so themselves. Or change the words, so that no name is left."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asks_about([])

    def asks_about(self, named: Sequence[str]) -> None:
        """These names stand in it. Answered for each, or it does not go out."""
        self.named = list(named)
        offer(self, "names", named)

    def unasked(self) -> list[str]:
        """The names that nobody said may stay."""
        return [name for name in self.named if name not in self.cleaned_data.get("names", ())]


class RecordForm(PublicWordsForm):
    held_on = DayField(label=_("On which day was it held?"))
    with_statement = forms.BooleanField(
        label=_("Publish the draft as the new version of our statement"), required=False
    )
    field_order = ("held_on", "summary", "said_did", "with_statement", "names")

    def __init__(self, *args: Any, cycle: ReviewCycle, today: date, may_publish: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cycle, self.today = cycle, today
        self.fields["said_did"].help_text = _("We began this from your decisions. Change it as you like.")
        if not may_publish:
            del self.fields["with_statement"]

    def clean_held_on(self) -> date:
        return day_held(self.cleaned_data["held_on"], cycle=self.cycle, today=self.today)

    def told(self) -> Told:
        given = self.cleaned_data
        return Told(given["held_on"], given["summary"], given["said_did"])


class CorrectionForm(PublicWordsForm):
    """`seen` is the number of the correction that the page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    reason = WordsField(
        label=_("Why do you correct it?"),
        help_text=_("One sentence is enough. Anybody can read it. Please name nobody."),
        max_length=REASON_LIMIT,
        widget=WordsInput(rows=3),
        error_messages={"required": _("Say why you correct it.")},
    )
    field_order = ("seen", "summary", "said_did", "reason", "names")

    def __init__(self, *args: Any, said: Said, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.said = said

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        is_the_same = (given.get("summary"), given.get("said_did")) == (self.said.summary, self.said.said_did)
        if is_the_same and given.get("seen") == self.said.number:
            self.add_error("summary", _("It says this already. Change the words here or in the next box."))
        return given

    def reworded(self) -> Reworded:
        given = self.cleaned_data
        return Reworded(given["summary"], given["said_did"], given["reason"])
