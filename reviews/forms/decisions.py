"""A decision as its writer tells it, what its checker says, and what is thought of it later."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from reviews.forms.challenges import clauses
from reviews.models import ClauseText, DecisionRecord
from reviews.models.decisions import PARTS
from reviews.services.comparing import Like
from reviews.services.deciding import Told
from reviews.weighing import Again, Basis, Choice, Doubter, Verdict
from riskassessment.forms.names import EachField, offer
from riskassessment.services import naming
from safeguarding import clock
from safeguarding.forms import Checkboxes, Form, LineField, Radios, WordsField, WordsInput, spoken
from safeguarding.people.models import Person
from safeguarding.statement.models import Value
from safeguarding.statement.pressures import Pressure

LIMIT = 4_000  # characters of one answer
LOOK_LIMIT = 2_000  # characters
FIND_LIMIT = 200  # characters


class NamelessForm(Form):
    """Names of our people in the words are asked about: changed, or said to be words and no names."""

    parts: Sequence[str] = PARTS
    no_names = EachField(_("Which of these are words here, and nobody’s name?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = naming.in_words(self._typed()) if self.is_bound else []
        offer(self, "no_names", self.names)
        if not self.names:
            del self.fields["no_names"]

    def _typed(self) -> str:
        return "\n".join(self.data.get(self.add_prefix(part)) or "" for part in self.parts)

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        words_only = answers.pop("no_names", ())
        if left := [name for name in self.names if name not in words_only]:
            words = _("Is this somebody’s name: %(names)s? Write it so that nobody can be known.")
            raise ValidationError(words % {"names": ", ".join(left)})
        return answers


def _words(label: Any, hint: Any = "", *, rows: int = 3) -> WordsField:
    return WordsField(label=label, help_text=hint, max_length=LIMIT, widget=WordsInput(rows=rows))


class DecisionForm(NamelessForm):
    field_order = (
        "choice",
        *PARTS,
        "basis",
        "values",
        "clause",
        "doubter",
        "pressures",
        "checker",
        "no_names",
    )
    choice = forms.ChoiceField(
        label=_("What kind of choice was it?"),
        choices=spoken(Choice.choices),
        widget=Radios(),
        error_messages={"required": _("Choose what kind of choice it was.")},
    )
    situation = _words(
        _("What was the situation?"),
        _("Without names, places and days. Change what would give somebody away."),
        rows=5,
    )
    options = _words(_("What could we have done?"))
    chosen = _words(_("What did we choose?"))
    reason = _words(_("Why?"))
    basis = forms.ChoiceField(
        label=_("Did a rule decide, or judgement?"),
        choices=spoken(Basis.choices),
        widget=Radios(),
        error_messages={"required": _("Choose what decided.")},
    )
    values = forms.ModelMultipleChoiceField(
        label=_("Which values did we lean on?"),
        queryset=Value.objects.none(),
        widget=Checkboxes(),
        required=False,
    )
    clause = forms.TypedChoiceField(
        label=_("Did a clause of our statement help?"), coerce=int, required=False, empty_value=None
    )
    doubter = forms.ChoiceField(
        label=_("Who spoke against it?"),
        help_text=_("What they are to us. Never who they are."),
        choices=spoken(Doubter.choices),
        widget=Radios(),
        initial=Doubter.NOBODY,
    )
    pressures = forms.MultipleChoiceField(
        label=_("Did one of these weigh on it?"),
        help_text=_("They weigh on everybody. To notice them helps. Leave out what does not fit."),
        choices=spoken(Pressure.choices),
        widget=Checkboxes(),
        required=False,
    )
    checker = forms.ChoiceField(
        label=_("Who checks that nobody can be known from it?"),
        help_text=_("Only you and they can read it until then."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    once = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, texts: Sequence[ClauseText], checkers: Sequence[Person], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.texts, self.checkers = texts, {str(person.pk): person for person in checkers}
        held = [value.pk for value in self.initial.get("values", [])]
        standing = Value.objects.filter(pk__in=[v.pk for v in Value.objects.current(clock.now())])
        both = standing | Value.objects.filter(pk__in=held)
        self.fields["values"].queryset = both.order_by("order", "pk")  # type: ignore[attr-defined]
        self.fields["clause"].choices = clauses(texts)  # type: ignore[attr-defined]
        self.fields["checker"].choices = [(key, p.preferred_name) for key, p in self.checkers.items()]  # type: ignore[attr-defined]
        if not texts:
            del self.fields["clause"]

    def as_told(self) -> Told:
        given = self.cleaned_data
        plain = {name: given[name] for name in (*PARTS, "choice", "basis", "doubter", "pressures")}
        return Told(
            **plain, values=given["values"], clauses=self._clauses(), checker=self.checkers[given["checker"]]
        )

    def _clauses(self) -> list[Any]:
        chosen = self.cleaned_data.get("clause")
        return [text.clause for text in self.texts if text.clause.serial == chosen]

    def as_like(self) -> Like:
        """What was typed so far, whether or not it could be kept."""
        given = self.cleaned_data
        return Like(
            words=self._typed(),
            choice=given.get("choice", ""),
            values=[value.name for value in given.get("values") or ()],
            clauses=[clause.pk for clause in self._clauses()],
        )


def initial_of(record: DecisionRecord) -> dict[str, Any]:
    plain = ("choice", "basis", "doubter", "pressures", "version")
    first = next(iter(record.clauses.all()), None)
    return (
        record.told
        | {name: getattr(record, name) for name in plain}
        | {
            "values": list(record.values.all()),
            "clause": first.serial if first else "",
            "checker": str(record.checker_id),
        }
    )


class CheckForm(NamelessForm):
    field_order = (*PARTS, "verdict", "why", "no_names", "version")
    verdict = forms.ChoiceField(
        label=_("Can the people in it know themselves, or be known by others?"),
        choices=spoken(Verdict.choices),
        widget=Radios(),
        error_messages={"required": _("Choose what you say.")},
    )
    situation = _words(_("The situation"), _("Change any of these words, if you let it pass with others."))
    options = _words(_("The options"))
    chosen = _words(_("What we chose"))
    reason = _words(_("Why"))
    why = WordsField(
        label=_("If not yet: what would give somebody away?"),
        help_text=_("Only its writer reads this."),
        max_length=LIMIT,
        widget=WordsInput(rows=3),
        required=False,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        not_yet = self.data.get("verdict") == Verdict.NOT_YET
        if not_yet:
            self.names = []
        answers = super().clean()
        if not_yet and "why" not in self.errors and not str(answers.get("why") or "").strip():
            self.add_error("why", _("Say what would give somebody away, so that it can be changed."))
        return answers


class LookForm(NamelessForm):
    parts = ("words",)
    field_order = ("again", "words", "no_names")
    once = forms.UUIDField(widget=forms.HiddenInput, required=False)
    again = forms.ChoiceField(
        label=_("Would we decide so again?"),
        choices=spoken(Again.choices),
        widget=Radios(),
        error_messages={"required": _("Choose an answer.")},
    )
    words = WordsField(
        label=_("What do we see now?"),
        help_text=_("Others read these words after somebody else has checked them."),
        max_length=LOOK_LIMIT,
        widget=WordsInput(rows=4),
        required=False,
    )


class FindForm(Form):
    words = LineField(label=_("Words to look for"), max_length=FIND_LIMIT, required=False)
    choice = forms.ChoiceField(
        label=_("What kind of choice?"), choices=[("", _("Any")), *spoken(Choice.choices)], required=False
    )
