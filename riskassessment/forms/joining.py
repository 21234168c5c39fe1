"""What a guest is asked: who may know it is them, and then, if they like, three questions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from riskassessment.enums import About, Answer, Attribution
from riskassessment.models import Contribution, Worry
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

    def whose(self) -> dict[str, Any]:
        """Who may know whose words they are, and the id that makes the same page sent twice one."""
        return {name: self.cleaned_data[name] for name in ("attribution", "name", "once")}


class TypeInForm(ContributeForm):
    """The same page, typed by somebody who facilitates: from paper, or one device for the whole room."""

    field_order = ("once", "attribution", "name")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attribution"].label = _("Who may know whose words these are? Ask them.")
        self.fields["name"].label = _("Their name, if somebody may know it")
        self.fields["name"].help_text = _("Any name they like. Leave it empty if nobody may know.")
        self.fields["safe"].label = _("What does safe mean to them here?")
        self.fields["worry"].label = _("What worries them, or could go wrong?")


class PutRightForm(Form):
    """What was typed in for somebody, put right by whoever typed it."""

    attribution = forms.ChoiceField(
        label=_("Who may know whose words these are? Ask them."),
        choices=spoken(Attribution.choices),
        widget=Radios(),
    )
    name = LineField(
        label=_("Their name, if somebody may know it"),
        help_text=_("Any name they like. Leave it empty if nobody may know."),
        max_length=120,
        required=False,
    )
    words = WordsField(
        label=_("Their words"),
        help_text=_("If the words change, an answer that was given to them is asked for again."),
        max_length=LIMIT,
        widget=WordsInput(rows=4),
    )
    read_back = forms.BooleanField(
        label=_("I read it back to them, and it is what they mean"),
        error_messages={"required": _("Read it back to them first.")},
    )


class AnswerForm(Form):
    answer = forms.ChoiceField(
        label=_("What became of it?"),
        choices=spoken(Answer.choices),
        widget=Radios(),
        error_messages={"required": _("Choose what became of it.")},
    )
    worry = forms.ModelChoiceField(
        label=_("Does it belong with a worry in the plan?"),
        help_text=_("Both stay as they were written."),
        queryset=Worry.objects.none(),
        empty_label=_("No, or not yet"),
        required=False,
    )
    words = WordsField(
        label=_("Why, in a few words"),
        help_text=_("The person who wrote it reads this."),
        max_length=LIMIT,
        widget=WordsInput(rows=3),
        required=False,
    )

    def __init__(self, *args: Any, contribution: Contribution, **kwargs: Any) -> None:
        given = {"answer": contribution.answer, "worry": contribution.worry_id}
        super().__init__(*args, initial=given | {"words": contribution.answer_words}, **kwargs)
        chooser = self.fields["worry"]
        assert isinstance(chooser, forms.ModelChoiceField)
        chooser.queryset = contribution.assessment.worries.filter(removed_at=None)

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if answers.get("answer") == Answer.NOT_USED and not str(answers.get("words") or "").strip():
            self.add_error("words", _("Say why it is not used. They took the time to write it."))
        return answers
