"""Zones: first who may know, then one tap for each part, then what would help. Everything else is under "more"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from riskassessment.enums import Zone
from riskassessment.models import Part, ZoneAnswer
from riskassessment.zone_words import Decision, Felt, Origin, Pressure, Said, Sight, Stage, Willing
from safeguarding.forms import Checkboxes, Form, LineField, Radios, WordsField, WordsInput, spoken
from safeguarding.people.models import Person

LIMIT = 2_000  # characters
MOST_INVITED = 500
NOTHING = "nothing"
TAPS = [*spoken(Felt.choices), (NOTHING, _("Rather not say"))]
HINTS = {
    Sight.ME: _("Nobody else reads it, and it is not counted."),
    Sight.CHOSEN: _("They read it with your name. It is not counted."),
    Sight.UNNAMED: _("You are counted in words like “a few”. The whole group sees those words."),
    Sight.NAMED: _("They read your answers. You are counted as well."),
    Sight.GROUP: _("Everybody who has a place and signs in reads your answers. You are counted as well."),
}
WORDS = ("helps", "avoid", "signs", "if_it_happens", "willing", "pressure")
SHOWN_ONLY = {"invalid_choice": _("Please choose one of the answers shown.")}
MORE = ("willing", "pressure", "avoid", "signs", "if_it_happens", "kept", "was_helped")


def _box(label: Any, help_text: Any = "") -> WordsField:
    return WordsField(
        label=label, help_text=help_text, max_length=LIMIT, widget=WordsInput(rows=2), required=False
    )


def _one_of(label: Any, choices: Any, help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=spoken(choices), widget=Radios(), help_text=help_text, required=False
    )


class ZonesForm(Form):
    once = forms.UUIDField(widget=forms.HiddenInput, required=False)
    stage = forms.ChoiceField(choices=Stage.choices, widget=forms.HiddenInput)
    sight = forms.ChoiceField(
        label=_("Who may know what you answer?"), choices=spoken(Sight.choices), widget=Radios(hints=HINTS)
    )
    chosen = forms.MultipleChoiceField(label=_("The people you choose"), widget=Checkboxes(), required=False)
    name = LineField(
        label=_("Your name, if somebody may know it"),
        help_text=_("Leave it empty if nobody may know."),
        max_length=120,
        required=False,
    )
    helps = _box(_("What would help?"), _("For the whole session. One word is enough, or nothing."))
    passes_on = forms.BooleanField(
        label=_("Pass on only what would help"),
        help_text=_(
            "Those who facilitate read these words when the round closes. Nobody learns whose they are."
        ),
        required=False,
    )
    willing = _one_of(
        _("How is it for you to take part?"),
        Willing.choices,
        _("This is apart from the zones. Some people want a stretch, and some do not."),
    )
    pressure = _one_of(
        _("Is some pressure welcome?"), Pressure.choices, _("Such as being asked, or a deadline.")
    )
    avoid = _box(_("What should we avoid?"))
    signs = _box(_("How would we notice that it is too much?"))
    if_it_happens = _box(_("What should we do then?"))
    kept = forms.MultipleChoiceField(
        label=_("Keep these parts to yourself, whatever you chose above"), widget=Checkboxes(), required=False
    )
    was_helped = forms.BooleanField(label=_("Somebody helped me to fill this in"), required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        parts: Sequence[Part],
        people: Sequence[Person] | None,
        **kw: Any,
    ) -> None:
        """`people`: whom a member may choose. A guest (None) chooses nobody, and may give a name."""
        self.parts = parts
        super().__init__(data, **kw)
        self._choices("kept", [(part.pk.hex, part.title) for part in parts])
        self._choices("chosen", [(str(person.pk), str(person)) for person in people or ()])
        self.initial.setdefault("sight", Sight.ME)
        del self.fields["name" if people is not None else "chosen"]
        if not people:
            self._choices("sight", [c for c in spoken(Sight.choices) if c[0] != Sight.CHOSEN])
            self.fields.pop("chosen", None)
        for part in parts:
            self._add_part(part)

    def _choices(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def _add_part(self, part: Part) -> None:
        field = forms.ChoiceField(
            label=part.title, choices=TAPS, widget=Radios(), required=False, error_messages=SHOWN_ONLY
        )
        self.fields[f"zone_{part.pk.hex}"] = field
        self.initial.setdefault(f"zone_{part.pk.hex}", NOTHING)

    @property
    def at_stage(self) -> str:
        return str(self["stage"].value())

    @property
    def taps(self) -> list[tuple[Part, BoundField]]:
        return [(part, self[f"zone_{part.pk.hex}"]) for part in self.parts]

    @property
    def who(self) -> list[BoundField]:
        return [self[name] for name in ("sight", "chosen", "name") if name in self.fields]

    @property
    def more(self) -> list[BoundField]:
        return [self[name] for name in MORE]

    def clean(self) -> dict[str, Any]:
        sent: dict[str, Any] = super().clean() or self.cleaned_data
        if sent.get("sight") == Sight.CHOSEN and not sent.get("chosen"):
            self.add_error("chosen", _("Choose at least one person, or choose another answer above."))
        if "name" in self.fields and sent.get("sight") in (Sight.NAMED, Sight.GROUP) and not sent.get("name"):
            self.add_error("name", _("Write the name they may know, or choose another answer above."))
        return sent

    def zones(self) -> dict[UUID, str]:
        """What was said of each part; a part of which nothing was said is not in it."""
        sent = {part.pk: self.cleaned_data[f"zone_{part.pk.hex}"] for part in self.parts}
        return {pk: zone for pk, zone in sent.items() if zone and zone != NOTHING}

    def said(self) -> Said:
        sent = self.cleaned_data
        told: dict[str, Any] = {name: tuple(sent.get(name) or ()) for name in ("chosen", "kept")}
        told |= {name: sent.get(name) or "" for name in ("sight", "name", *WORDS)}
        return Said(**told, passes_on=bool(sent["passes_on"]), was_helped=bool(sent["was_helped"]))

    @staticmethod
    def restored(said: Said, answers: Sequence[ZoneAnswer]) -> dict[str, Any]:
        zones = {f"zone_{row.part_id.hex}": str(row.felt) for row in answers}
        own = {name: getattr(said, name) for name in ("sight", "name", "helps", "passes_on", *MORE)}
        return own | {"chosen": list(said.chosen), "kept": list(said.kept)} | zones


class OpenForm(Form):
    invited = forms.IntegerField(
        label=_("How many people are invited?"),
        help_text=_("Without those who facilitate. Everybody is told this number before they answer."),
        min_value=1,
        max_value=MOST_INVITED,
        widget=forms.TextInput({"class": "govuk-input--width-3", "inputmode": "numeric"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), _("Write how many, as a number like 8.")
        ),
    )


class AgreeForm(Form):
    """The zone that the group settles for each part, talking."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, parts: Sequence[Part]) -> None:
        super().__init__(data)
        self.parts = parts
        choices = [*spoken(Zone.choices), ("", _("Nothing agreed yet"))]
        for part in parts:
            self.fields[part.pk.hex] = forms.ChoiceField(
                label=part.title, choices=choices, widget=Radios(), required=False, error_messages=SHOWN_ONLY
            )
            self.initial[part.pk.hex] = part.agreed

    def zones(self) -> dict[UUID, str]:
        return {part.pk: self.cleaned_data[part.pk.hex] for part in self.parts}


class GuessForm(Form):
    """What one who facilitates thinks that most will say; nobody else reads it."""

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, parts: Sequence[Part], guesses: Mapping[UUID, str]
    ) -> None:
        super().__init__(data)
        self.parts = parts
        choices = [*spoken(Zone.choices), ("", _("No guess"))]
        for part in parts:
            self.fields[f"guess_{part.pk.hex}"] = forms.ChoiceField(
                label=part.title, choices=choices, widget=Radios(), required=False, error_messages=SHOWN_ONLY
            )
            self.initial[f"guess_{part.pk.hex}"] = guesses.get(part.pk, "")

    def zones(self) -> dict[UUID, str]:
        return {part.pk: self.cleaned_data[f"guess_{part.pk.hex}"] for part in self.parts}


class AdjustmentForm(Form):
    """Something that the group, or those who facilitate, want to change."""

    what = _box(_("What would make the session better?"))
    origin = forms.ChoiceField(
        label=_("Where does it come from?"),
        choices=[c for c in spoken(Origin.choices) if c[0] != Origin.NEED],
        widget=Radios(),
        initial=Origin.GROUP,
    )
    part = forms.ModelChoiceField(
        label=_("For which part?"),
        queryset=Part.objects.none(),
        required=False,
        empty_label=_("The whole session"),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, parts: Sequence[Part]) -> None:
        super().__init__(data)
        self.fields["what"].required = True
        chooser = self.fields["part"]
        assert isinstance(chooser, forms.ModelChoiceField)
        chooser.queryset = Part.objects.filter(pk__in=[part.pk for part in parts]).order_by("order")


class DecideForm(Form):
    decision = forms.ChoiceField(
        label=_("What becomes of it?"), choices=spoken(Decision.choices), widget=Radios()
    )
    words = WordsField(
        label=_("In your words, for the group"),
        help_text=_("Say what you change, or why you cannot. The group reads this, and not the words above."),
        max_length=LIMIT,
        widget=WordsInput(rows=3),
    )
