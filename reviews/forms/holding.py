"""What the two who hold a review write down: decisions, who was there, pressures, the agreement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.forms.clauses import REASON_LIMIT, WORDS_LIMIT
from reviews.holding_words import Decided, Method, Result, Seen, Way
from reviews.models import ClauseText, Suggestion
from reviews.services.settling import Choice
from safeguarding.forms import Checkboxes, DayField, Form, Radios, WordsField, WordsInput, spoken
from safeguarding.statement.pressures import Pressure

LIMIT = 2_000  # characters


class DecideForm(Form):
    seen = forms.IntegerField(widget=forms.HiddenInput)
    decided = forms.ChoiceField(
        label=_("What do we decide?"),
        choices=spoken(Decided.choices),
        widget=Radios(),
        error_messages={"required": _("Choose what was decided.")},
    )
    after = WordsField(
        label=_("What will it say?"),
        help_text=_("Only if you change it. It goes into the draft, and is not published yet."),
        max_length=WORDS_LIMIT,
        widget=WordsInput(rows=5),
        required=False,
    )
    reason = WordsField(
        label=_("Why?"),
        help_text=_("Anybody can read this later. Please name nobody."),
        max_length=REASON_LIMIT,
        widget=WordsInput(rows=3),
        required=False,
    )
    again_on = DayField(
        label=_("When do we talk about it again?"),
        help_text=_("Only if you talk about it again later."),
        required=False,
    )
    answers = forms.ModelMultipleChoiceField(
        label=_("Which suggestions does this answer?"),
        help_text=_(
            "Whoever made one reads your decision by their code. Leave out names when you read them aloud."
        ),
        queryset=Suggestion.objects.none(),
        widget=Checkboxes(),
        required=False,
    )

    def __init__(
        self, *args: Any, text: ClauseText, suggestions: Sequence[Suggestion], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.text, self.today = text, today
        chooser = self.fields["answers"]
        assert isinstance(chooser, forms.ModelMultipleChoiceField)
        chooser.queryset = Suggestion.objects.filter(pk__in=[each.pk for each in suggestions])
        chooser.choices = [(each.pk, each.words) for each in suggestions]
        if not suggestions:
            del self.fields["answers"]

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        checks = {
            str(Decided.CHANGE): self._check_change,
            str(Decided.DISCUSS): self._check_again,
            str(Decided.KEEP): self._check_keep,
        }
        check = checks.get(str(answers.get("decided")))
        if check is not None:
            check(answers)
        return answers

    def _is_empty(self, answers: Mapping[str, Any], name: str) -> bool:
        return name not in self.errors and not str(answers.get(name) or "").strip()

    def _check_change(self, answers: Mapping[str, Any]) -> None:
        if self._is_empty(answers, "after"):
            self.add_error("after", _("Write what it will say."))
        elif answers.get("after") == self.text.words:
            self.add_error("after", _("It says this already. Change the words, or keep it as it is."))
        if self._is_empty(answers, "reason"):
            fixed = _("This is a fixed rule. Say why it changes.")
            self.add_error("reason", fixed if self.text.strength == "fixed" else _("Say why it changes."))

    def _check_again(self, answers: Mapping[str, Any]) -> None:
        day = answers.get("again_on")
        if day is None and "again_on" not in self.errors:
            self.add_error("again_on", _("Say on which day, so that it is not forgotten."))
        elif day is not None and day <= self.today:
            self.add_error("again_on", _("Choose a day that is still to come."))

    def _check_keep(self, answers: Mapping[str, Any]) -> None:
        if answers.get("answers") and self._is_empty(answers, "reason"):
            self.add_error("reason", _("Say why it stays. They took the time to write it."))

    def choice(self) -> Choice:
        given, decided = self.cleaned_data, self.cleaned_data["decided"]
        return Choice(
            decided=decided,
            after=given["after"] if decided == Decided.CHANGE else "",
            reason=given["reason"].strip(),
            again_on=given["again_on"] if decided == Decided.DISCUSS else None,
            answers=list(given.get("answers") or ()),
        )


def _box(label: Any, help_text: Any = "", rows: int = 3) -> WordsField:
    return WordsField(
        label=label, help_text=help_text, max_length=LIMIT, widget=WordsInput(rows=rows), required=False
    )


class WhoForm(Form):
    ways = forms.MultipleChoiceField(
        label=_("How did people take part?"), choices=spoken(Way.choices), widget=Checkboxes(), required=False
    )
    took_part = _box(
        _("Who took part?"),
        _("In words that the group chooses, such as “seven of us, three by phone”. Anybody can read it."),
    )
    missing = _box(
        _("Who was missing, and why?"),
        _("Groups and roles, and never a person. What would make it possible next time?"),
    )


class LookForm(Form):
    """One choice for each of the five pressures. What nobody answers, nobody is sure of."""

    words = _box(_("What do we do about it?"), _("Anybody can read this later. Please name nobody."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for value, label in spoken(Pressure.choices):
            self.fields[value] = forms.ChoiceField(
                label=label, choices=spoken(Seen.choices), widget=Radios(), required=False
            )
        self.order_fields([*Pressure.values, "words"])

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        is_seen = any(answers.get(each) == Seen.SEEN for each in Pressure.values)
        if is_seen and "words" not in self.errors and not str(answers.get("words") or "").strip():
            self.add_error("words", _("Say what we do about it. One sentence is enough."))
        return answers

    def seen(self) -> dict[str, str]:
        return {each: self.cleaned_data[each] or str(Seen.UNSURE) for each in Pressure.values}


class AgreementForm(Form):
    method = forms.ChoiceField(
        label=_("How did you come to agree?"),
        choices=spoken(Method.choices),
        widget=Radios(),
        error_messages={"required": _("Choose how you came to agree.")},
    )
    result = forms.ChoiceField(
        label=_("What came of it?"),
        choices=spoken(Result.choices),
        widget=Radios(),
        error_messages={"required": _("Choose what came of it.")},
    )
    words = _box(_("Anything to say about it"), _("Anybody can read this later. Please name nobody."))


class ObjectionForm(Form):
    once = forms.UUIDField(widget=forms.HiddenInput, required=False)
    words = WordsField(
        label=_("An objection that somebody said aloud"),
        help_text=_("In their words. It is kept, whatever you decide."),
        max_length=LIMIT,
        widget=WordsInput(rows=3),
        error_messages={"required": _("Write the objection.")},
    )
    may_be_shown = forms.BooleanField(
        label=_("They say that anybody may read these words, without their name"), required=False
    )
