"""Looking back. Every question can be left out, and the two about safety are never made one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from riskassessment.models import Aftercare, AfterReview, PlanOutcome, Voice, Worry
from riskassessment.models.after import Cared, Felt, Use
from safeguarding.forms import DayField, Form, LineField, Radios, WordsField, WordsInput, spoken

LIMIT = 4_000  # characters


def _words(label: Any, help_text: Any = "", *, rows: int = 3) -> WordsField:
    return WordsField(
        label=label, help_text=help_text, max_length=LIMIT, widget=WordsInput(rows=rows), required=False
    )


def _felt(label: Any, help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, help_text=help_text, choices=spoken(Felt.choices), widget=Radios(), required=False
    )


class VoiceForm(Form):
    """What one person says for themselves."""

    felt_safe = _felt(_("Did it feel safe?"), _("What you felt is so, whatever anybody else writes."))
    felt_safe_words = _words(_("In your own words"))
    was_safe = _felt(_("Was it safe?"), _("This is another question: what happened, or could have happened."))
    was_safe_words = _words(_("In your own words"))
    worked = _words(_("What worked?"))
    hard = _words(_("What was hard?"))
    change = _words(_("What should we change?"))
    learnt = _words(_("What did we learn?"))
    missed = _words(_("Was there something you wanted to say, and could not?"))
    may_show = forms.BooleanField(
        label=_("Those who facilitate may read my words, even when only a few of us answer"),
        help_text=_("Otherwise they read them only once five people have answered, and without a name."),
        required=False,
    )
    name = LineField(
        label=_("Your name, if they may know it"),
        help_text=_("Leave it empty and it is not shown."),
        max_length=120,
        required=False,
    )

    @classmethod
    def restored(cls, voice: Voice | None) -> dict[str, Any]:
        if voice is None:
            return {}
        return {**voice.read(), "may_show": voice.may_show, "name": voice.name or ""}


class ReviewForm(Form):
    """The summary of those who facilitate, and what became of each plan."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    worked = _words(_("What worked?"))
    hard = _words(_("What was hard?"))
    change = _words(_("What would we change?"))
    learnt = _words(_("What did we learn?"))
    was_safe = _felt(_("Was it safe?"))
    was_safe_words = _words(_("How do we know?"))
    felt_safe = _felt(
        _("Did it feel safe to us who facilitated?"), _("Everybody else answers for themselves.")
    )
    felt_safe_words = _words(_("In our own words"))
    missed = _words(_("Whose words were missed, and what do we do about it?"), _("Roles, not names."))
    keep_prompt = _words(
        _("Is there a question to ask again next time?"),
        _("Those who look after the library read it, without your name. You can read here what they say."),
    )

    def __init__(self, *args: Any, worries: Sequence[Worry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.worries = [worry for worry in worries if worry.plan.strip()]
        for worry in self.worries:
            self.fields[self._name(worry)] = forms.ChoiceField(
                label=worry.plan[:120], choices=spoken(Use.choices), widget=Radios(), required=False
            )

    @staticmethod
    def _name(worry: Worry) -> str:
        return f"use_{worry.pk.hex}"

    @classmethod
    def restored(cls, review: AfterReview | None, outcomes: Sequence[PlanOutcome]) -> dict[str, Any]:
        said = {name: getattr(review, name) for name in cls.base_fields} if review else {}
        return said | {f"use_{outcome.worry_id.hex}": outcome.use for outcome in outcomes}

    @property
    def own_fields(self) -> list[BoundField]:
        return [self[name] for name in self.base_fields if name != "version"]

    @property
    def plan_fields(self) -> list[BoundField]:
        return [self[self._name(worry)] for worry in self.worries]

    def uses(self) -> dict[Worry, str]:
        return {worry: str(self.cleaned_data[self._name(worry)]) for worry in self.worries}

    def columns(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.base_fields}


@dataclass(frozen=True)
class CareFields:
    line: Aftercare
    fields: list[BoundField]


class AftercareForm(Form):
    """A line for each part that somebody had: tellers, hearers, facilitators, note-takers."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, lines: Sequence[Aftercare]) -> None:
        super().__init__(data)
        self.lines = lines
        for line in lines:
            self._add(line)

    def _add(self, line: Aftercare) -> None:
        parts: dict[str, forms.Field] = {
            "words": _words(_("What is offered?"), rows=2),
            "who": LineField(label=_("Who sees to it?"), max_length=120, required=False),
            "due": DayField(label=_("By when?"), required=False),
            "done": forms.BooleanField(label=_("It was given"), required=False),
        }
        start = {"words": line.words, "who": line.who, "due": line.due, "done": line.done_at is not None}
        for part, field in parts.items():
            self.fields[f"{line.whose}_{part}"] = field
            self.initial[f"{line.whose}_{part}"] = start[part]

    @property
    def groups(self) -> Iterator[CareFields]:
        for line in self.lines:
            yield CareFields(line, [self[f"{line.whose}_{part}"] for part in ("words", "who", "due", "done")])

    def said(self) -> Iterator[dict[str, Any]]:
        """What changed, for the service that saves it."""
        for whose in Cared:
            parts = ("words", "who", "due", "done")
            if any(f"{whose}_{part}" in self.changed_data for part in parts):
                yield {"whose": whose, **{part: self.cleaned_data[f"{whose}_{part}"] for part in parts}}


class FeedBackForm(Form):
    words = _words(
        _("What would you like to say to everybody first?"),
        _("Thank them, and say what you could not do, and why."),
    )
