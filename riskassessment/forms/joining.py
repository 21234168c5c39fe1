"""What a guest is asked: who may know it is them, and then, if they like, three questions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from riskassessment.enums import About, Answer, Attribution
from riskassessment.services.joining import Said
from safeguarding.forms import Form, LineField, Radios, WordsField, WordsInput, spoken

LIMIT = 4_000  # characters


def _box(label: Any, help_text: Any = "") -> WordsField:
    return WordsField(
        label=label, help_text=help_text, max_length=LIMIT, widget=WordsInput(rows=4), required=False
    )


class CodeForm(Form):
    code = LineField(
        label=_("The code"),
        help_text=_("Six letters and numbers. Big or small letters are the same."),
        max_length=40,
        error_messages={"required": _("Type the code. Whoever invited you has it.")},
    )


class ContributeForm(Form):
    once = forms.UUIDField(widget=forms.HiddenInput)
    attribution = forms.ChoiceField(
        label=_("Who may know that these words are yours?"),
        choices=spoken(Attribution.choices),
        widget=Radios(
            hints={
                Attribution.UNNAMED: _("In a small group people may still guess."),
                Attribution.KNOWN: _("They do not pass your name on."),
            }
        ),
        initial=Attribution.UNNAMED,
    )
    name = LineField(
        label=_("Your name, if somebody may know it"),
        help_text=_("Any name you like. Leave it empty if nobody may know."),
        max_length=120,
        required=False,
    )
    safe = _box(_("What does safe mean to you here?"))
    worry = _box(
        _("What worries you, or could go wrong?"),
        _("About the place, the people, the journey, being heard, or anything else."),
    )
    helps = _box(_("What would help?"))

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not self.said():
            raise forms.ValidationError(_("Write something in one of the boxes. One word is enough."))
        return answers

    def said(self) -> list[Said]:
        """What was written, in the order of the page."""
        words = {about: str(self.cleaned_data.get(about) or "") for about in About}
        return [Said(about, text) for about, text in words.items() if text.strip()]


class AnswerForm(Form):
    answer = forms.ChoiceField(
        label=_("What became of it?"),
        choices=spoken(Answer.choices),
        widget=Radios(),
        error_messages={"required": _("Choose what became of it.")},
    )
    words = WordsField(
        label=_("Why, in a few words"),
        help_text=_("The person who wrote it reads this."),
        max_length=LIMIT,
        widget=WordsInput(rows=3),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if answers.get("answer") == Answer.NOT_USED and not str(answers.get("words") or "").strip():
            self.add_error("words", _("Say why it is not used. They took the time to write it."))
        return answers
