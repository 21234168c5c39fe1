"""One clause, its place, and what publishing asks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reviews import features
from reviews.enums import Level, Strength
from reviews.models import ClauseText
from safeguarding import clock
from safeguarding.forms import Checkboxes, Form, LineField, Radios, WordsField, WordsInput, spoken
from safeguarding.statement.models import Value

WORDS_LIMIT = 6_000  # characters of one clause
REASON_LIMIT = 1_000  # characters
SUMMARY_LIMIT = 4_000  # characters
NUMBER_LIMIT = 20  # characters


class ClauseForm(Form):
    words = WordsField(label=_("What does it say?"), max_length=WORDS_LIMIT, widget=WordsInput(rows=6))
    number = LineField(
        label=_("The number or mark in front of it"),
        help_text=_("As it is printed, such as 5.1 or a. Leave it empty if it has none."),
        max_length=NUMBER_LIMIT,
        required=False,
    )
    level = forms.TypedChoiceField(
        label=_("What is it?"),
        choices=[(str(value), label) for value, label in spoken([(str(v), n) for v, n in Level.choices])],
        coerce=int,
        widget=Radios(),
        initial=str(Level.WORDS.value),
    )
    strength = forms.ChoiceField(
        label=_("How binding is it?"),
        choices=[*spoken(Strength.choices), ("", _("Neither: it explains, or is a heading"))],
        widget=Radios(
            hints={
                Strength.FIXED: _("It always holds. Link it to where this site holds to it."),
                Strength.GUIDANCE: _("It needs judgement. Link it to where this site reminds people."),
            }
        ),
        required=False,
    )
    values = forms.ModelMultipleChoiceField(
        label=_("Which values does it stand for?"),
        queryset=Value.objects.none(),
        widget=Checkboxes(),
        required=False,
    )
    features = forms.MultipleChoiceField(
        label=_("Where does this site make it real?"),
        choices=[(feature.key, feature.name) for feature in features.ALL],
        widget=Checkboxes(),
        required=False,
    )
    reason = WordsField(
        label=_("Why is it changed?"),
        help_text=_("Everybody who reads the change reads this."),
        max_length=REASON_LIMIT,
        widget=WordsInput(rows=3),
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, text: ClauseText | None = None, **kwargs: Any) -> None:
        super().__init__(*args, initial=_initial(text) if text else {}, **kwargs)
        now = clock.now()
        standing = Q(valid_from__lte=now) & (Q(valid_to=None) | Q(valid_to__gt=now))
        held = Q(pk__in=[value.pk for value in text.values.all()]) if text else Q()
        chooser = self.fields["values"]
        assert isinstance(chooser, forms.ModelMultipleChoiceField)
        chooser.queryset = Value.objects.filter(standing | held if text else standing).order_by("order", "pk")

    def said(self) -> dict[str, Any]:
        """What is saved of it; the strange keys of features that have gone are not kept."""
        names = ("words", "number", "level", "strength", "features", "reason")
        return {name: self.cleaned_data[name] for name in names} | {"values": self.cleaned_data["values"]}


def _initial(text: ClauseText) -> dict[str, Any]:
    names = ("words", "number", "strength", "features", "reason", "version")
    kept = {name: getattr(text, name) for name in names}
    return kept | {"level": str(text.level), "values": [value.pk for value in text.values.all()]}


class PublishForm(Form):
    summary = WordsField(
        label=_("What changed, in plain words?"),
        help_text=_("A few sentences that anybody can follow. They stand above the changes."),
        max_length=SUMMARY_LIMIT,
        widget=WordsInput(rows=5),
    )


def short(text: ClauseText, letters: int = 60) -> str:
    """A clause to choose from others: the number it keeps, the one it is printed with, and its first words."""
    return f"{text.clause}: {text.number} {text.words[:letters]}"
