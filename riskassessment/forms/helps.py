"""The card "What helps me", and with whom it is shared."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from riskassessment.models import Activity
from safeguarding.forms import DayField, Form, WordsField, WordsInput

LIMIT = 4_000  # characters


class CardForm(Form):
    words = WordsField(
        label=_("What helps me"),
        help_text=_("What to do, and what not to do. You never have to say why."),
        max_length=LIMIT,
        widget=WordsInput(rows=6),
        required=False,
    )


class ShareForm(Form):
    activity = forms.ModelChoiceField(
        label=_("For which activity?"), queryset=Activity.objects.none(), empty_label=_("Choose an activity")
    )
    until = DayField(
        label=_("Until which day?"),
        help_text=_("Leave it empty for a month after the activity. That is the longest."),
        required=False,
    )

    def __init__(self, data: Any = None, *, activities: Any) -> None:
        super().__init__(data)
        chooser = self.fields["activity"]
        assert isinstance(chooser, forms.ModelChoiceField)
        chooser.queryset = activities
