"""What is asked of a series, of one session of it, of a cancellation and of a calendar feed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from riskassessment.enums import FeedDetail, Rhythm
from riskassessment.forms.activities import SHORT
from riskassessment.rhythm import PLACES, is_last, nth, weekday_of
from safeguarding.forms import DayField, Form, LineField, Radios, WordsField, WordsInput, spoken

MOST_WEEKS = 52


def _number(label: Any) -> forms.IntegerField:
    said = _("Write the weeks as a number from 1 to 52, like 2.")
    return forms.IntegerField(
        label=label,
        help_text=_("Only if it comes every so many weeks. 1 is every week."),
        min_value=1,
        max_value=MOST_WEEKS,
        required=False,
        widget=forms.TextInput({"class": "govuk-input--width-3", "inputmode": "numeric"}),
        error_messages={"invalid": said, "min_value": said, "max_value": said},
    )


class SeriesForm(Form):
    """Offers the rhythms that the day of the first session can have."""

    rhythm = forms.ChoiceField(
        label=_("How often does it come again?"),
        widget=Radios(),
        error_messages={"required": _("Choose how often it comes again.")},
    )
    weeks = _number(_("How many weeks from one to the next?"))
    until = DayField(
        label=_("Until which day?"),
        help_text=_("Leave it empty if it goes on. You can end it at any time."),
        required=False,
    )

    def __init__(self, *args: Any, begins_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.begins_on = begins_on
        chooser = self.fields["rhythm"]
        assert isinstance(chooser, forms.ChoiceField)
        chooser.choices = list(_rhythms(begins_on))

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        needs_weeks = answers.get("rhythm") == Rhythm.WEEKS and "weeks" not in self.errors
        if needs_weeks and not answers.get("weeks"):
            self.add_error("weeks", _("Say how many weeks. 1 is every week."))
        if answers.get("until") and answers["until"] < self.begins_on:
            self.add_error("until", _("This is before the first session. Please check the day."))
        return answers

    def columns(self) -> dict[str, Any]:
        return self.cleaned_data | {"weeks": self.cleaned_data["weeks"] or 1}


def _rhythms(begins_on: date) -> Any:
    weekday, place = weekday_of(begins_on), PLACES.get(nth(begins_on))
    yield Rhythm.WEEKS, _("Every so many weeks, on a %(weekday)s") % {"weekday": weekday}
    if place is not None:
        told = {"weekday": weekday, "place": place}
        yield Rhythm.WEEKDAY, _("Every month, on the %(place)s %(weekday)s") % told
    if is_last(begins_on):
        yield Rhythm.LAST, _("Every month, on the last %(weekday)s") % {"weekday": weekday}


class DifferentForm(Form):
    different = WordsField(
        label=_("What is different this time?"),
        help_text=_("Say it in roles, not names. For example: another room, a new guest, a hard topic."),
        max_length=SHORT,
        widget=WordsInput(rows=3),
        error_messages={"required": _("Write what is different, or go back and choose that nothing is.")},
    )
    said_by = LineField(
        label=_("Who said so?"),
        help_text=_("In words you choose: “somebody who takes part” is enough."),
        max_length=160,
        required=False,
    )


class SessionAloudForm(Form):
    who_was_there = WordsField(
        label=_("Who was there?"),
        help_text=_("In words the group chooses: names, a number, or “all of us”. You can leave it out."),
        max_length=SHORT,
        widget=WordsInput(rows=2),
        required=False,
    )


class CancelForm(Form):
    why = WordsField(
        label=_("Why does it not take place?"),
        help_text=_("Everybody who has a place in it reads this. You can leave it out."),
        max_length=SHORT,
        widget=WordsInput(rows=2),
        required=False,
    )


class FeedForm(Form):
    detail = forms.ChoiceField(
        label=_("What may your calendar show?"),
        choices=spoken(FeedDetail.choices),
        widget=Radios(
            hints={
                FeedDetail.TITLE: _("Whoever looks at your calendar can read this."),
                FeedDetail.HIDDEN: _("Better if others can see your calendar."),
            }
        ),
        initial=FeedDetail.TITLE,
    )
