"""What somebody who takes part in a review is asked: clause by clause, all of it on one page, all of it optional."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from reviews.agendas import Row
from reviews.forms.clauses import WORDS_LIMIT, short
from reviews.holding_words import Assented, Stance
from reviews.models import ClauseText
from reviews.services.taking_part import Said
from safeguarding.forms import Form, Radios, WordsField, WordsInput, spoken

LIMIT = 2_000  # characters


@dataclass(frozen=True)
class Asked:
    """One clause with its questions."""

    row: Row
    fields: list[BoundField]


class SayForm(Form):
    once = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, rows: Sequence[Row], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        for row in rows:
            for name, made in _questions().items():
                self.fields[f"{name}_{row.serial}"] = made

    def asked(self) -> Iterator[Asked]:
        for row in self.rows:
            yield Asked(row, [self[f"{name}_{row.serial}"] for name in ("stance", "proposed", "words")])

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not self.said():
            raise forms.ValidationError(_("Choose something for one clause, or write a word. One is enough."))
        return answers

    def said(self) -> list[Said]:
        """Words with no choice beside them are something to talk about."""
        made = []
        for row in self.rows:
            stance, proposed, words = (
                str(self.cleaned_data.get(f"{name}_{row.serial}") or "")
                for name in ("stance", "proposed", "words")
            )
            if stance or proposed.strip() or words.strip():
                fallback = Stance.CHANGE if proposed.strip() else Stance.DISCUSS
                made.append(Said(row.text.clause, stance or fallback, words, proposed))
        return made


def _questions() -> dict[str, forms.Field]:
    return {
        "stance": forms.ChoiceField(
            label=_("What should we do with it?"),
            choices=spoken(Stance.choices),
            widget=Radios(),
            required=False,
        ),
        "proposed": WordsField(
            label=_("What should it say?"),
            help_text=_("Only if you want it changed."),
            max_length=WORDS_LIMIT,
            widget=WordsInput(rows=3),
            required=False,
        ),
        "words": WordsField(label=_("Why?"), max_length=LIMIT, widget=WordsInput(rows=2), required=False),
    }


class AskForm(Form):
    clause = forms.TypedChoiceField(
        label=_("Which clause shall we talk about as well?"),
        coerce=int,
        error_messages={"required": _("Choose a clause.")},
    )

    def __init__(self, *args: Any, texts: Sequence[ClauseText], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chooser = self.fields["clause"]
        assert isinstance(chooser, forms.TypedChoiceField)
        chooser.choices = [("", _("Choose a clause")), *((t.clause.serial, short(t)) for t in texts)]


class AssentForm(Form):
    said = forms.ChoiceField(
        label=_("It was read aloud. What do you say?"),
        choices=spoken(Assented.choices),
        widget=Radios(),
        error_messages={"required": _("Choose an answer, or leave this page as it is.")},
    )
    words = WordsField(
        label=_("Your “but”, or what you object to"),
        max_length=LIMIT,
        widget=WordsInput(rows=3),
        required=False,
    )
    may_be_shown = forms.BooleanField(
        label=_("Anybody may read these words, without my name"),
        help_text=_(
            "If you leave this out, those who hold the review read them. The record then says only that there is an objection."
        ),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if answers.get("said") == Assented.BUT and not str(answers.get("words") or "").strip():
            self.add_error("words", _("Write your “but”, so that it can be heard."))
        return answers
