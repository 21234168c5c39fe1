"""What can be noted on the day, from one page, in a few taps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from riskassessment.forms.actions import WorryChoice
from riskassessment.models import Assessment, Worry
from riskassessment.models.the_day import AftercareWanted, Chose, Hearer, NoteKind
from safeguarding.forms import DayField, Form, LineField, Radios, WordsField, WordsInput, spoken

LIMIT = 2_000  # characters


def _words(label: Any, help_text: Any = "", *, required: bool = False) -> WordsField:
    return WordsField(
        label=label,
        help_text=help_text,
        max_length=LIMIT,
        widget=WordsInput(rows=2),
        required=required,
    )


class NoteForm(Form):
    once = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("What is it?"), choices=spoken(NoteKind.choices), widget=Radios(), initial=NoteKind.CHANGED
    )
    what = _words(_("What happened, or what changed?"), _("Roles, not names."), required=True)
    worry = WorryChoice(
        label=_("Which worry and plan?"),
        queryset=Worry.objects.none(),
        empty_label=_("None of them"),
        required=False,
    )
    decided = _words(_("What did we decide?"))
    told = _words(_("Who was told?"))

    def __init__(self, *args: Any, assessment: Assessment, **kwargs: Any) -> None:
        super().__init__(*args, prefix="note", **kwargs)
        worry = self.fields["worry"]
        assert isinstance(worry, forms.ModelChoiceField)
        worry.queryset = assessment.worries.filter(removed_at=None)


class MissedForm(Form):
    """One tap on one of two buttons; words and name are extra."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    to = forms.ChoiceField(
        choices=Hearer.choices,
        widget=forms.HiddenInput,
        error_messages={"required": _("Choose who hears it: press one of the two buttons.")},
    )
    words = _words(_("Would you like to say more?"), _("You can leave this out."))
    name = LineField(
        label=_("Your name, if they may know it"),
        help_text=_("Leave it empty and nobody knows that it was you."),
        max_length=120,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="missed", **kwargs)


class PauseForm(Form):
    once = forms.UUIDField(widget=forms.HiddenInput)
    paused = forms.BooleanField(label=_("The whole session paused"), required=False)
    offered = _words(_("What support was offered?"), _("Nothing about why. No name is needed."))
    chose = forms.ChoiceField(
        label=_("What did the person choose?"),
        choices=spoken(Chose.choices),
        widget=Radios(),
        initial=Chose.NOT_SAID,
    )
    wanted = forms.ChoiceField(
        label=_("What would they like afterwards?"),
        choices=spoken(AftercareWanted.choices),
        widget=Radios(),
        initial=AftercareWanted.NONE,
    )
    who = LineField(
        label=_("Who sees to it, and how do they reach the person?"),
        help_text=_("Only if the person agrees. Those who facilitate can read it."),
        max_length=200,
        required=False,
    )
    on = DayField(label=_("When?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix="pause", **kwargs)
