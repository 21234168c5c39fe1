"""A promise, whether its owner takes it on, and what became of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.holding_words import Accepted, Kept
from safeguarding.forms import DayField, Form, LineField, Radios, WordsField, WordsInput, spoken
from safeguarding.people.models import Person

LIMIT = 1_000  # characters
OWNER_LIMIT = 200  # characters


class PromiseForm(Form):
    once = forms.UUIDField(widget=forms.HiddenInput, required=False)
    words = WordsField(
        label=_("What do we promise?"),
        help_text=_("Something that one can see when it is done. Anybody can read it."),
        max_length=LIMIT,
        widget=WordsInput(rows=3),
        error_messages={"required": _("Write what is promised.")},
    )
    owner = LineField(
        label=_("Whose promise is it, as anybody may read it?"),
        help_text=_(
            "A role, such as “one of the two who hold this review”. A name only if they choose that."
        ),
        max_length=OWNER_LIMIT,
        error_messages={"required": _("Say whose promise it is. A role is enough.")},
    )
    due_on = DayField(label=_("Until when?"))
    person = forms.ModelChoiceField(
        label=_("Their account, if they have one"),
        help_text=_(
            "They are asked by mail whether they take it on, and once on the day. Nobody else sees this."
        ),
        queryset=Person.objects.none(),
        empty_label=_("No account"),
        required=False,
    )
    address = forms.EmailField(
        label=_("Or their mail address"),
        help_text=_(
            "It is kept sealed, and is never shown. Without one, those who hold the review are asked."
        ),
        max_length=254,
        required=False,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        chooser = self.fields["person"]
        assert isinstance(chooser, forms.ModelChoiceField)
        chooser.queryset = Person.objects.get_queryset().active().order_by("preferred_name", "email")

    def clean_due_on(self) -> date:
        day: date = self.cleaned_data["due_on"]
        if day <= self.today:
            raise forms.ValidationError(_("Choose a day that is still to come."))
        return day

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if answers.get("person") and answers.get("address"):
            self.add_error("address", _("Choose the account or write an address: one of the two."))
        return answers


class AcceptForm(Form):
    accepted = forms.ChoiceField(
        label=_("Do you take it on?"),
        choices=spoken(Accepted.choices),
        widget=Radios(),
        error_messages={"required": _("Choose an answer, or leave this page as it is.")},
    )


class KeptForm(Form):
    kept = forms.ChoiceField(
        label=_("What became of it?"),
        choices=spoken(Kept.choices),
        widget=Radios(),
        error_messages={"required": _("Choose what became of it.")},
    )
    words = WordsField(
        label=_("Why, or what helped?"),
        help_text=_("The next review reads this. Nobody is blamed. Please name nobody."),
        max_length=LIMIT,
        widget=WordsInput(rows=3),
        required=False,
    )
