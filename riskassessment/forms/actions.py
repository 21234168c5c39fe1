"""What is asked about an action. Only what is done has to be said."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from riskassessment.models import Action, Worry
from riskassessment.models.actions import Resource
from safeguarding.forms import Checkboxes, DayField, Form, LineField, WordsField, WordsInput, spoken
from safeguarding.people.models import Person

LIMIT = 2_000  # characters


def _words(label: Any, help_text: Any = "", *, required: bool = False) -> WordsField:
    return WordsField(
        label=label,
        help_text=help_text,
        max_length=LIMIT,
        widget=WordsInput(rows=3),
        required=required,
    )


class WorryChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # not subscriptable when it runs
    def label_from_instance(self, obj: Worry) -> str:
        return obj.words[:80]


class ActionForm(Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    what = _words(_("What is to be done?"), required=True)
    who = forms.ModelChoiceField(
        label=_("Who does it?"),
        help_text=_("They are asked, and may say no."),
        queryset=Person.objects.none(),
        empty_label=_("Nobody yet, or somebody without an account"),
        required=False,
    )
    who_name = LineField(
        label=_("Or a name, if they have no account"),
        help_text=_("Ask them yourself: we have no way to write to them."),
        max_length=120,
        required=False,
    )
    by_when = DayField(label=_("By when?"), required=False)
    needs = forms.MultipleChoiceField(
        label=_("Does it need anything from others?"),
        choices=spoken(Resource.choices),
        widget=Checkboxes(),
        required=False,
    )
    worry = WorryChoice(
        label=_("Which worry is it for?"),
        queryset=Worry.objects.none(),
        empty_label=_("None of them"),
        required=False,
    )

    def __init__(self, *args: Any, worries: QuerySet[Worry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who, worry = self.fields["who"], self.fields["worry"]
        assert isinstance(who, forms.ModelChoiceField) and isinstance(worry, forms.ModelChoiceField)
        who.queryset = Person.objects.get_queryset().active().order_by("preferred_name", "pk")
        worry.queryset = worries

    @classmethod
    def restored(cls, action: Action) -> dict[str, Any]:
        return {name: getattr(action, name) for name in cls.base_fields}

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if answers.get("who") and answers.get("who_name"):
            self.add_error("who_name", _("Choose a person, or write a name: one of the two."))
        return answers


class DeclineForm(Form):
    words = _words(_("If you say no: would you like to say why?"), _("You need no reason."))


class DoneForm(Form):
    evidence = _words(_("How can somebody see that it is done?"), _("You can leave this out."))


class UnmetForm(Form):
    why = _words(
        _("What was missing, or in the way?"),
        _("It stays on the list as something that is needed. Nobody is blamed."),
        required=True,
    )
