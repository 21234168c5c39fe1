"""What is asked of whoever learnt something: one box, and a few choices beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from reviews.enums.learning import Audience, LearningKind, PersonsView
from reviews.models import Clause, ClauseText
from reviews.services.learning import Learnt
from riskassessment.forms.names import AsksAboutNames
from safeguarding import clock
from safeguarding.forms import Checkboxes, DayField, Form, LineField, Radios, WordsField, WordsInput, spoken
from safeguarding.statement.models import DatedQuerySet, Value, WayOfWorking

LIMIT = 2_000  # characters: a few sentences that everybody reads
WHY_LIMIT = 1_000  # characters
YES_NO = [("yes", _("Yes")), ("no", _("No"))]
MORE = ("clauses", "values", "ways", "not_before", "delay_why")
_PARTED = re.compile(r"[,;\s]+")


class LearnForm(AsksAboutNames):
    """Only the words must be there; what is chosen already is the careful answer."""

    field_order = ("once", "words", "name_stays", "kind", "asked", "detail_changed", "audience")
    once = forms.UUIDField(widget=forms.HiddenInput)
    words = WordsField(
        label=_("What did we learn?"),
        help_text=_("A few sentences. Please leave out who, where and when it was."),
        max_length=LIMIT,
        widget=WordsInput(rows=6),
        error_messages={"required": _("Write what we learnt. One sentence is enough.")},
    )
    kind = forms.ChoiceField(
        label=_("What was it?"), choices=spoken(LearningKind.choices), widget=Radios(), required=True
    )
    asked = forms.ChoiceField(
        label=_("What does the person it is about say to publishing it?"),
        help_text=_("If they say no, it is not published."),
        choices=spoken(PersonsView.choices),
        widget=Radios(),
    )
    detail_changed = forms.TypedChoiceField(
        label=_("Did you change a detail, so that nobody is known by it?"),
        choices=YES_NO,
        coerce=lambda value: value == "yes",
        widget=Radios(),
    )
    audience = forms.ChoiceField(
        label=_("Who may read it?"), choices=spoken(Audience.choices), widget=Radios()
    )
    clauses = LineField(
        label=_("Which clauses of the statement does it belong to?"),
        help_text=_("Their numbers, as they stand there. Leave it empty if you are not sure."),
        required=False,
    )
    values = forms.ModelMultipleChoiceField(
        label=_("Which of our values?"), queryset=Value.objects.none(), required=False, widget=Checkboxes()
    )
    ways = forms.ModelMultipleChoiceField(
        label=_("Which ways of working?"),
        queryset=WayOfWorking.objects.none(),
        required=False,
        widget=Checkboxes(),
    )
    not_before = DayField(
        label=_("Not to be published before"),
        help_text=_("A later day is always fine. For a sooner one please say why."),
        required=False,
    )
    delay_why = LineField(label=_("Why sooner?"), max_length=WHY_LIMIT, required=False)

    def __init__(
        self, *args: Any, texts: Sequence[ClauseText] = (), usual: date | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.usual, self.serials = usual, _by_number(texts)
        for name, model in (("values", Value), ("ways", WayOfWorking)):
            chooser = self.fields[name]
            assert isinstance(chooser, forms.ModelMultipleChoiceField)
            chooser.queryset = _current(model.objects.all())

    @property
    def first(self) -> list[forms.BoundField]:
        return [field for field in self if field.name not in MORE]

    @property
    def more(self) -> list[forms.BoundField]:
        """What most leave as it is, folded away."""
        return [self[name] for name in MORE]

    @property
    def more_is_open(self) -> bool:
        return bool(set(MORE) & set(self.errors))

    def clean_clauses(self) -> list[Clause]:
        """By their number as printed, or as c12. Some numbers stand twice in a statement; then both are meant."""
        typed = [word for word in _PARTED.split(self.cleaned_data["clauses"].casefold()) if word]
        unknown = [word for word in typed if word not in self.serials]
        if unknown:
            said = _now("We do not find %(numbers)s in the statement. Check it, or leave it out.")
            raise forms.ValidationError(said % {"numbers": ", ".join(unknown)})
        serials = {serial for word in typed for serial in self.serials[word]}
        return list(Clause.objects.filter(serial__in=serials).order_by("serial"))

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        day = answers.get("not_before")
        if self.usual and day and day < self.usual and not answers.get("delay_why"):
            self.add_error("delay_why", _("This is sooner than usual. Please say why it should not wait."))
        return answers

    def learnt(self) -> Learnt:
        return Learnt(**{name: value for name, value in self.cleaned_data.items() if name != "once"})


def _current(things: DatedQuerySet) -> DatedQuerySet:
    return things.current(clock.now())


def _by_number(texts: Iterable[ClauseText]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for text in texts:
        for word in (text.number.casefold(), str(text.clause)):
            found.setdefault(word, set()).add(text.clause.serial)
    return found


class ViewForm(Form):
    """What the person says, heard later."""

    asked = forms.ChoiceField(
        label=_("What does the person it is about say to publishing it?"),
        help_text=_("If they say no, it is not published. If it is out already, it is taken back."),
        choices=spoken(PersonsView.choices),
        widget=Radios(),
    )
