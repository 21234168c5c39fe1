"""What is asked of a review: who holds it, that it was held, or why not."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.forms.clauses import REASON_LIMIT, SUMMARY_LIMIT
from reviews.models import ReviewCycle
from reviews.services.cycles import HOLDERS
from riskassessment.forms.names import AsksAboutNames
from safeguarding.forms import Checkboxes, DayField, Form, WordsField, WordsInput
from safeguarding.people.models import Person


class HoldersForm(Form):
    people = forms.ModelMultipleChoiceField(
        label=_("Who holds this review?"),
        help_text=_("Choose two members. They hear first when it opens and when its time runs out."),
        queryset=Person.objects.none(),
        required=False,
        widget=Checkboxes(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chooser = self.fields["people"]
        assert isinstance(chooser, forms.ModelMultipleChoiceField)
        chooser.queryset = Person.objects.get_queryset().active().order_by("preferred_name", "email")

    def clean_people(self) -> Any:
        people = self.cleaned_data["people"]
        if len(people) > HOLDERS:
            raise forms.ValidationError(_("Choose two people at most. Others can help without being named."))
        return people


def day_held(day: date, *, cycle: ReviewCycle, today: date) -> date:
    """Raises ValidationError for a day before it opened or after today."""
    if day > today:
        raise forms.ValidationError(_("This day is still to come. Write it down when it was held."))
    if day < cycle.opens_on:
        raise forms.ValidationError(_("This is before the review opened. Please check the day."))
    return day


class HeldForm(AsksAboutNames):
    named = ("summary",)
    field_order = ("held_on", "summary", "name_stays")
    held_on = DayField(label=_("On which day was it held?"))
    summary = WordsField(
        label=_("What did you decide?"),
        help_text=_("A few plain sentences. Anybody can read this. Please name nobody."),
        max_length=SUMMARY_LIMIT,
        required=False,
        widget=WordsInput(rows=8),
    )

    def __init__(self, *args: Any, cycle: ReviewCycle, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cycle, self.today = cycle, today

    def clean_held_on(self) -> date:
        return day_held(self.cleaned_data["held_on"], cycle=self.cycle, today=self.today)


class NotHeldForm(AsksAboutNames):
    named = ("why",)
    field_order = ("why", "name_stays")
    why = WordsField(
        label=_("Why was it not held?"),
        help_text=_(
            "A sentence or two is enough. Nobody is blamed. Anybody can read this. Please name nobody."
        ),
        max_length=REASON_LIMIT,
        widget=WordsInput(rows=4),
        error_messages={"required": _("Write a few words, so that people know.")},
    )
