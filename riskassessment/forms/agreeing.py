"""What is asked about a plan that was put to the group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from riskassessment.enums import Size, Stance
from riskassessment.services.agreeing import NEEDS_WORDS, Said
from safeguarding.forms import DayField, Form, LineField, Radios, WordsField, WordsInput, spoken
from safeguarding.statement.forms import PressuresField

LIMIT = 2_000  # characters


def _box(label: Any, help_text: Any = "", *, rows: int = 3, required: bool = True) -> WordsField:
    return WordsField(
        label=label, help_text=help_text, max_length=LIMIT, widget=WordsInput(rows=rows), required=required
    )


class AnswerForm(Form):
    """One person's answer; what they read is named by its version."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    stance = forms.ChoiceField(
        label=_("Do you agree with the plan?"),
        choices=spoken(Stance.choices),
        widget=Radios(
            hints={
                Stance.BUT: _("You can live with it. Say what you would like to be different."),
                Stance.NOT_YET: _("You need more time, or something is missing."),
                Stance.OBJECT: _("It should not go ahead like this. Whoever facilitates must answer you."),
            }
        ),
        error_messages={"required": _("Choose one of the four answers.")},
    )
    words = _box(
        _("Your words"),
        _("Everybody who takes part reads them. Say why, if you agree but, or if you object."),
        required=False,
    )
    is_named = forms.BooleanField(
        label=_("Show my name beside my answer"),
        help_text=_("Without this, nobody is told who answered what. In a small group people may guess."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        is_silent = "words" not in self.errors and not str(answers.get("words") or "").strip()
        if is_silent and answers.get("stance") in NEEDS_WORDS:
            self.add_error("words", _("Say why in a few words, so that somebody can answer you."))
        return answers

    def said(self) -> Said:
        sent = self.cleaned_data
        return Said(sent["stance"], sent["words"], sent["is_named"], sent.get("name") or "")

    def say_it_was_put_again(self, version: int) -> None:
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["version"] = str(version)  # type: ignore[index]
        self.add_error(
            None, _("The plan was put to the group again meanwhile. Read it below, then send your answer.")
        )


class GuestAnswerForm(AnswerForm):
    name = LineField(
        label=_("Your name, if you want it shown"),
        help_text=_("Any name you like."),
        max_length=120,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        is_nameless = not answers.get("name") and not answers.get("who") and "name" not in self.errors
        if answers.get("is_named") and is_nameless:
            self.add_error("name", _("Write the name that you want shown, or take the tick away."))
        return answers


class SpokenForm(GuestAnswerForm):
    """Somebody said it, and it was read back to them; whoever facilitates types it in."""

    who = forms.ChoiceField(
        label=_("Who said it?"),
        widget=Radios(or_before=""),
        required=False,
        help_text=_("Read your words back to them before you save."),
    )
    field_order = ("who", "stance", "words", "is_named", "name")

    def __init__(self, *args: Any, voices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who = self.fields["who"]
        assert isinstance(who, forms.ChoiceField)
        who.choices = [*voices, ("", _("Somebody else"))]
        spoken_for(self)


class ObjectionAnswerForm(Form):
    words = _box(_("Your answer"), _("Say what you will do, or why you cannot. Everybody reads it."), rows=4)


class GoAheadForm(Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = _box(
        _("Why do we go ahead without agreement?"), _("Everybody who takes part reads this."), rows=4
    )
    conditions = _box(_("What must be in place for it?"), _("You can leave this out."), required=False)
    pressures = PressuresField(help_text=_("Everybody who takes part reads it. It does not stop you."))
    until = DayField(label=_("Until which day does this hold?"))


class TellForm(Form):
    tell = forms.BooleanField(
        label=_("Mail everybody who was invited, has an address and has not answered"),
        help_text=_("Once for each version. Whoever wants no mail gets none."),
        initial=True,
        required=False,
    )


class EndForm(Form):
    why = _box(_("Why does it end now?"), _("Everybody who takes part reads this."), rows=3)


class TypedAnswerForm(GuestAnswerForm):
    """What was typed in for somebody, put right by whoever typed it."""

    read_back = forms.BooleanField(
        label=_("I read it back to them, and it is what they mean"),
        error_messages={"required": _("Read it back to them first.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken_for(self)


def spoken_for(form: GuestAnswerForm) -> None:
    """The same questions, asked of whoever types for somebody."""
    stance = form.fields["stance"]
    assert isinstance(stance, forms.ChoiceField)
    stance.label, stance.widget, stance.choices = _("What did they say?"), Radios(), stance.choices
    form.fields["words"].label = _("Their words")
    form.fields["words"].help_text = _("Everybody who takes part reads them.")
    form.fields["is_named"].label = _("They want their name shown")
    form.fields["name"].label = _("Their name, if they want it shown")


class SizeForm(Form):
    """Asked of whoever changes a plan that was put to the group, or agreed."""

    size = forms.ChoiceField(
        label=_("What kind of change is it?"),
        choices=spoken(Size.choices),
        widget=Radios(
            hints={
                Size.MATERIAL: _("Everybody is asked again, and reads only the lines that changed."),
                Size.SMALL: _("A spelling mistake, for example. Anybody may say that it was not small."),
            }
        ),
        initial=Size.MATERIAL,
        required=False,
    )
    why = LineField(label=_("Why, if you like"), max_length=400, required=False)

    @property
    def boxes(self) -> list[BoundField]:
        return [self["size"], self["why"]]

    def said(self) -> dict[str, Any]:
        """For the page that is saved; what says nothing is material."""
        sent = self.cleaned_data if self.is_valid() else {}
        return {"small": sent.get("size") == Size.SMALL, "why": sent.get("why", "")}
