"""The look for names and traces before publishing, and what is asked afterwards."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from concerns.enums import YesNo
from reviews.enums.learning import PASSING, Difference, Outcome, PersonsView
from reviews.forms.learning import LIMIT, WHY_LIMIT
from reviews.models import LearningPoint
from reviews.services import checking
from reviews.services.checking import Looked
from reviews.services.learning import earliest
from riskassessment.forms.names import AsksAboutNames
from safeguarding.forms import DayField, Form, LineField, Radios, WordsField, WordsInput, spoken


def _asked(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=spoken(YesNo.choices), widget=Radios())


class CheckForm(AsksAboutNames):
    """Three questions, then what follows from them. The service holds to the same rules."""

    named = ("instead",)
    field_order = ("could_self", "could_others", "points_at", "outcome", "instead", "name_stays", "why")
    could_self = _asked(_("Could the person it is about recognise themselves?"))
    could_others = _asked(_("Could others recognise them?"))
    points_at = _asked(_("Does anything point to a group, a place, a host or a date?"))
    outcome = forms.ChoiceField(
        label=_("What do you say to it?"), choices=spoken(Outcome.choices), widget=Radios()
    )
    instead = WordsField(
        label=_("The words instead"),
        help_text=_("Only if you chose other words. They are published as they stand here."),
        max_length=LIMIT,
        widget=WordsInput(rows=6),
        required=False,
    )
    why = WordsField(
        label=_("Because"),
        help_text=_("If it does not pass. Whoever wrote it reads this."),
        max_length=WHY_LIMIT,
        widget=WordsInput(rows=3),
        required=False,
    )
    not_before = DayField(
        label=_("Not to be published before"),
        help_text=_("A later day is always fine. For a sooner one please say why."),
        required=False,
    )
    delay_why = LineField(label=_("Why sooner?"), max_length=WHY_LIMIT, required=False)

    def __init__(self, *args: Any, point: LearningPoint, **kwargs: Any) -> None:
        self.point = point
        super().__init__(*args, **kwargs)
        if point.is_correction:
            del self.fields["not_before"], self.fields["delay_why"]

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        self._ask_for_words(answers)
        self._hold_to_the_rules(answers)
        day, usual = answers.get("not_before"), earliest(self.point.written_on)
        if day and day < usual and not (answers.get("delay_why") or self.point.delay_why):
            self.add_error("delay_why", _("This is sooner than usual. Please say why it should not wait."))
        return answers

    def _ask_for_words(self, answers: dict[str, Any]) -> None:
        outcome = answers.get("outcome")
        if outcome == Outcome.INSTEAD and not str(answers.get("instead") or "").strip():
            self.add_error("instead", _("Write the words that can be published."))
        if outcome in (Outcome.NOT_YET, Outcome.NOT_PUBLISHED) and not str(answers.get("why") or "").strip():
            self.add_error("why", _("Say why, so that whoever wrote it can follow."))

    def _hold_to_the_rules(self, answers: dict[str, Any]) -> None:
        if answers.get("outcome") in PASSING and self.point.asked == PersonsView.NO:
            self.add_error("outcome", _("The person said no. It cannot be published."))
        elif not self.errors and checking.is_recognisable(self.point.asked, self.looked()):
            self.add_error(
                "outcome",
                _("Somebody could be recognised. Write other words, or send it back to whoever wrote it."),
            )

    def looked(self) -> Looked:
        return Looked(**self.cleaned_data)


class TakeBackForm(Form):
    why = WordsField(
        label=_("Why is it taken back?"),
        help_text=_("Only people who check what we learnt read this."),
        max_length=WHY_LIMIT,
        widget=WordsInput(rows=3),
        error_messages={"required": _("Write a few words, so that others can follow.")},
    )


class DifferenceForm(AsksAboutNames):
    once = forms.UUIDField(widget=forms.HiddenInput, required=False)
    answer = forms.ChoiceField(
        label=_("Did it make a difference?"), choices=spoken(Difference.choices), widget=Radios()
    )
    words = WordsField(
        label=_("What is different now, or what is in the way?"),
        help_text=_("Somebody else looks at your words before they are shown. Please name nobody."),
        max_length=WHY_LIMIT,
        widget=WordsInput(rows=4),
        required=False,
    )
