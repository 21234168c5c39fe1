"""One answer long; and what those who answer, and those who were answered, are asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from concerns.enums import Channel
from reviews.enums import NEED_A_REASON, Answer, Heard
from reviews.forms.clauses import named
from reviews.models import ClauseText
from reviews.services.suggesting import CODE_LENGTH
from safeguarding.forms import Form, LineField, Radios, WordsField, WordsInput, spoken

LIMIT = 4_000  # characters
NAME_LIMIT = 120  # characters
TYPED = [(value, label) for value, label in Channel.choices if value != Channel.WEB]


class SuggestForm(Form):
    """The words are enough; everything else can be left as it is."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    words = WordsField(
        label=_("What should we change, add, or keep?"),
        help_text=_("A few words are enough. Please leave out other people’s names."),
        max_length=LIMIT,
        widget=WordsInput(rows=6),
        error_messages={"required": _("Write what you suggest. One word is enough.")},
    )
    name = LineField(
        label=_("Your name, if we may know it"),
        help_text=_("Any name you like. Leave it empty if nobody may know."),
        max_length=NAME_LIMIT,
        required=False,
    )
    mine = forms.BooleanField(
        label=_("Link this to my account"),
        help_text=_("You find the answer in your list. If you leave this out, we do not note who you are."),
        required=False,
    )

    def __init__(self, *args: Any, signed_in: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not signed_in:
            del self.fields["mine"]


class TypeInForm(SuggestForm):
    """The same, for somebody who wrote it on paper, by mail, or said it."""

    field_order = ("once", "clause", "words", "name", "channel")
    clause = forms.TypedChoiceField(
        label=_("Which clause is it about?"), coerce=int, required=False, empty_value=None
    )
    channel = forms.ChoiceField(
        label=_("How did it reach you?"),
        choices=spoken(TYPED),
        widget=Radios(),
        error_messages={"required": _("Choose how it reached you.")},
    )

    def __init__(self, *args: Any, texts: Sequence[ClauseText], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = _("What do they suggest, in their words?")
        self.fields["words"].error_messages["required"] = _("Write what they suggest. One word is enough.")
        self.fields["name"].label = _("Their name, if we may know it")
        chooser = self.fields["clause"]
        assert isinstance(chooser, forms.TypedChoiceField)
        chooser.choices = [
            ("", _("None: it is about all of it")),
            *((t.clause.serial, named(t)) for t in texts),
        ]


class CodeForm(Form):
    code = LineField(
        label=_("The code that you were given"),
        help_text=_("Twelve letters and numbers. Spaces do not matter."),
        max_length=40,
        error_messages={"required": _("Type the code. It stood on the page after you sent it.")},
    )


class AnswerForm(Form):
    once = forms.UUIDField(widget=forms.HiddenInput, required=False)
    answer = forms.ChoiceField(
        label=_("What became of it?"),
        choices=spoken(Answer.choices),
        widget=Radios(),
        error_messages={"required": _("Choose what became of it.")},
    )
    words = WordsField(
        label=_("What did you do, or why not?"),
        help_text=_("Whoever suggested it reads this."),
        max_length=LIMIT,
        widget=WordsInput(rows=4),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        says_why = "words" in self.errors or str(answers.get("words") or "").strip()
        if answers.get("answer") in NEED_A_REASON and not says_why:
            self.add_error("words", _("Say why. They took the time to write it."))
        return answers


class HeardForm(Form):
    heard = forms.ChoiceField(
        label=_("Does this answer what you said?"),
        choices=spoken(Heard.choices),
        widget=Radios(),
        error_messages={"required": _("Choose an answer, or leave this page as it is.")},
    )
    words = WordsField(
        label=_("Anything you want to say about it"),
        max_length=LIMIT,
        widget=WordsInput(rows=3),
        required=False,
    )


def groups(code: str) -> list[str]:
    """A code as people read it out."""
    return [code[place : place + 4] for place in range(0, CODE_LENGTH, 4)]


def grouped(code: str) -> str:
    return "-".join(groups(code))
