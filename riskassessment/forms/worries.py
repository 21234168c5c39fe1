"""The page of one worry: all of it can be left out, but for the worry itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from riskassessment.enums import ASKED_AT_FULL, DEEPER, Area, Decision, Depth, WorryText
from riskassessment.forms.assessments import WORRY_LIMIT, box
from riskassessment.models import Part, Worry
from riskassessment.services.freezing import spoken_text
from riskassessment.services.worries import Said, with_words_of
from safeguarding import clock
from safeguarding.forms import Checkboxes, Form, Radios, WordsField, WordsInput, spoken
from safeguarding.statement.models import Value, WayOfWorking


def _words(name: WorryText, help_text: Any = "") -> WordsField:
    return box(name.label, limit=WORRY_LIMIT, rows=2, help_text=help_text)


class WorryForm(Form):
    """Everything that can be said of one worry, with the version its writer saw."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    words = WordsField(
        label=WorryText.WORDS.label,
        help_text=_("To take it away, empty its box on the page of the plan."),
        max_length=WORRY_LIMIT,
        widget=WordsInput(rows=2),
    )
    area = forms.ChoiceField(
        label=WorryText.AREA.label, choices=[("", _("Not said")), *spoken(Area.choices)], required=False
    )
    affected = _words(
        WorryText.AFFECTED, _("As roles, not names: “those who listen”, “whoever comes alone”.")
    )
    linked = forms.ModelMultipleChoiceField(
        label=WorryText.PARTS.label, queryset=Part.objects.none(), widget=Checkboxes(), required=False
    )
    likely = _words(WorryText.LIKELY)
    already = _words(WorryText.ALREADY)
    judgement = _words(
        WorryText.JUDGEMENT,
        _("In words, such as: fine as it is; needs care; not good enough yet. There are no numbers here."),
    )
    dissent = _words(WorryText.DISSENT, _("It stays here beside what most of us think."))
    sure = _words(
        WorryText.SURE,
        _("Do we know it because some of us lived it, learnt it, or read it? What do we not know?"),
    )
    decision = forms.ChoiceField(
        label=WorryText.DECISION.label,
        choices=[*spoken(Decision.choices), ("", _("Not decided yet"))],
        widget=Radios(
            hints={
                Decision.REMOVE: _("We leave out what brings it."),
                Decision.SMALLER: _("It can still happen, and hurts less or less often."),
                Decision.PLAN: _("It may happen. We know what we do then."),
                Decision.TOGETHER: _("The good is worth it, and those it touches say so."),
                Decision.UNSETTLED: _("Then ask for help: the safeguarding lead, or somebody from outside."),
            }
        ),
        required=False,
    )
    decision_why = _words(WorryText.DECISION_WHY)
    gain = _words(WorryText.GAIN, _("What would be lost if we left it out?"))
    plan = _words(WorryText.PLAN)
    put_in = forms.ChoiceField(
        label=_("Put in one of our ways of working or values"),
        help_text=_("Its words are added to the box above. Change them there as you like."),
        required=False,
    )
    signs = _words(WorryText.SIGNS)
    first_step = _words(WorryText.FIRST_STEP)
    who = _words(WorryText.WHO, _("A role or a name, and who steps in for them."))
    where = _words(WorryText.WHERE)
    support = _words(WorryText.SUPPORT, _("For whoever it touched, those who saw it, and those who lead."))

    GROUPS = (
        (_("The worry"), ("words", "area", "affected", "linked", "likely", "already")),
        (_("How we see it"), ("judgement", "dissent", "sure")),
        (_("The decision"), ("decision", "decision_why", "gain", "plan", "put_in")),
        (_("If it happens"), ("signs", "first_step", "who", "where", "support")),
    )

    def __init__(self, *args: Any, worry: Worry, **kwargs: Any) -> None:
        super().__init__(*args, initial=_restored(worry), **kwargs)
        self.sayings = _sayings()
        parts, chosen = self.fields["linked"], self.fields["put_in"]
        assert isinstance(parts, forms.ModelMultipleChoiceField) and isinstance(chosen, forms.ChoiceField)
        parts.queryset = worry.assessment.activity.parts.filter(removed_at=None).order_by("order")
        chosen.choices = [("", _("Nothing")), *_grouped(self.sayings)]
        self._ask_less(worry)

    def _ask_less(self, worry: Worry) -> None:
        """What was typed where more was asked a moment ago is never left out."""
        for name in _left_out(worry):
            if not self.data.get(name):
                del self.fields[name]

    @property
    def groups(self) -> list[tuple[Any, list[BoundField]]]:
        return [
            (heading, [self[name] for name in names if name in self.fields]) for heading, names in self.GROUPS
        ]

    def clean(self) -> dict[str, Any]:
        """What is put in becomes the thing itself; it must leave the plan as short as its box."""
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        answers["put_in"] = put_in = self.sayings.get(answers.get("put_in", ""))
        if len(with_words_of(put_in, answers.get("plan", ""))) > WORRY_LIMIT:
            self.add_error(
                "put_in", _("This does not fit into the box any more. Please make the plan shorter.")
            )
        return answers

    def say_what_clashed(self, theirs: Worry) -> None:
        """Show theirs above each box that differs, keep mine in it, and let the next save know it was seen."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["seen"] = str(theirs.version)  # type: ignore[index]
        if theirs.removed_at is not None:
            self.add_error(None, _("Somebody took this worry away. Save again to bring it back."))
        for name in (WorryText.WORDS, WorryText.PLAN, *DEEPER):
            there = getattr(theirs, name)
            if name in self.cleaned_data and self.cleaned_data[name] != there:
                self.add_error(name, _CLASH % {"theirs": spoken_text(name, there) or _("nothing")})


_CLASH = _(
    "Somebody else changed this worry while you were writing. Here they have: “%(theirs)s”. "
    "Yours is still below. Please bring both together and save again."
)


def _left_out(worry: Worry) -> set[str]:
    """What only a full plan asks, where nothing is written of it; and the parts, where there are none."""
    unasked = () if worry.assessment.depth == Depth.FULL else ASKED_AT_FULL
    boxes = {"linked" if name == WorryText.PARTS else str(name): name for name in unasked}
    empty = {box for box, name in boxes.items() if not getattr(worry, name).strip()}
    has_parts = worry.assessment.activity.parts.filter(removed_at=None).exists()
    return empty if has_parts else empty | {"linked"}


def _restored(worry: Worry) -> dict[str, Any]:
    own = {str(name): getattr(worry, name) for name in WorryText}
    return own | {"seen": worry.version, "linked": list(worry.linked.values_list("pk", flat=True))}


def _sayings() -> dict[str, Said]:
    """What can be put in, by its id."""
    now = clock.now()
    return {each.pk.hex: each for kind in (WayOfWorking, Value) for each in kind.objects.current(now)}


def _grouped(sayings: dict[str, Said]) -> Iterable[tuple[Any, Sequence[tuple[str, str]]]]:
    for kind, heading in ((WayOfWorking, _("Ways of working")), (Value, _("Values"))):
        yield heading, [(pk, capfirst(each.name)) for pk, each in sayings.items() if isinstance(each, kind)]
