"""A kind of harm as we say it now, looking back with it, and a space to reflect."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.forms.learning import LIMIT, YES_NO
from riskassessment.forms.names import AsksAboutNames
from safeguarding.forms import DayField, Form, LineField, Radios, WordsField, WordsInput

NAME_LIMIT = 120  # characters
MOST_PEOPLE = 500  # in one space to reflect
SEEN = [
    ("same", _("Seen, nothing new")),
    ("differently", _("We see it differently now")),
]


class TermForm(AsksAboutNames):
    named = ("meaning",)
    field_order = ("once", "name", "meaning", "name_stays")
    once = forms.UUIDField(widget=forms.HiddenInput)
    name = LineField(label=_("What do we call it?"), max_length=NAME_LIMIT)
    meaning = WordsField(
        label=_("What do we mean by it?"),
        help_text=_("Anybody can read this."),
        max_length=LIMIT,
        widget=WordsInput(rows=4),
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        if self.initial.get("name") and not {"name", "meaning"} & set(self.changed_data):
            self.add_error("name", _("It says this already. Say it in other words."))
        return answers


class SeenForm(Form):
    seen = forms.ChoiceField(label=_("How do you see it now?"), choices=SEEN, widget=Radios())
    words = WordsField(
        label=_("What do you see differently?"),
        help_text=_("It goes into the record of this concern, as a judgement, and nowhere else."),
        max_length=LIMIT,
        widget=WordsInput(rows=4),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if answers.get("seen") == "differently" and not str(answers.get("words") or "").strip():
            self.add_error("words", _("Write what you see differently. It goes into its record."))
        return answers


class ReflectionForm(AsksAboutNames):
    """No box for what was said: that stays in the room."""

    named = ("theme",)
    field_order = ("once", "held_on", "theme", "name_stays", "people", "aftercare_offered")
    once = forms.UUIDField(widget=forms.HiddenInput)
    held_on = DayField(label=_("On which day was it?"))
    theme = LineField(
        label=_("What was it about, in a few words?"),
        help_text=_("A theme, such as “saying no”. Nothing that was said, and no names."),
        max_length=NAME_LIMIT,
    )
    people = forms.IntegerField(
        label=_("How many were there?"),
        help_text=_("Only the number."),
        min_value=1,
        max_value=MOST_PEOPLE,
        widget=forms.TextInput({"inputmode": "numeric", "class": "govuk-input--width-3"}),
        error_messages={
            "invalid": _("Write a number, like 6."),
            "min_value": _("Write how many there were. One is the smallest number."),
            "max_value": _("Write a number up to %(limit_value)s."),
        },
    )
    aftercare_offered = forms.TypedChoiceField(
        label=_("Was aftercare offered?"),
        choices=YES_NO,
        coerce=lambda value: value == "yes",
        widget=Radios(),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_held_on(self) -> date:
        day: date = self.cleaned_data["held_on"]
        if day > self.today:
            raise forms.ValidationError(_("This day is still to come. Write it down when it was held."))
        return day
