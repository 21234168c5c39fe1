"""What somebody says of how we act; and what those who answer, and those who were answered, are asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.enums import Heard
from reviews.forms.clauses import named
from reviews.models import ClauseText
from reviews.services import challenging, chasing
from reviews.services.challenging import Booked, Said
from reviews.weighing import Reply
from safeguarding import clock
from safeguarding.forms import Checkboxes, DayField, Form, LineField, Radios, WordsField, WordsInput, spoken
from safeguarding.people.models import Person
from safeguarding.statement.models import Value, WayOfWorking

LIMIT = 10_000  # characters: what happened may be long
ANSWER_LIMIT = 4_000  # characters
LINE_LIMIT = 200  # characters
KINDS: dict[str, type[Value] | type[WayOfWorking]] = {"value": Value, "way": WayOfWorking}


class ChallengeForm(Form):
    """The words are enough; everything else can be left as it is."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    words = WordsField(
        label=_("What happened, or how did we act?"),
        help_text=_("In your own words. A few are enough."),
        max_length=LIMIT,
        widget=WordsInput(rows=8),
        error_messages={"required": _("Write what happened. A few words are enough.")},
    )
    cited = forms.ChoiceField(label=_("Which value or way of working did we not follow?"), required=False)
    clause = forms.TypedChoiceField(
        label=_("Is it about a clause of our statement?"), coerce=int, required=False, empty_value=None
    )
    right = WordsField(
        label=_("What would put it right?"),
        help_text=_("You can leave this out."),
        max_length=ANSWER_LIMIT,
        widget=WordsInput(rows=4),
        required=False,
    )
    about = forms.MultipleChoiceField(
        label=_("Is it about one of these people?"),
        help_text=_("Whoever you tick cannot read it, does not answer it, and is not told."),
        widget=Checkboxes(),
        required=False,
    )
    about_words = LineField(
        label=_("Or write the names of those of us it is about"),
        help_text=_("We keep it from everybody of us who has such a name."),
        max_length=LINE_LIMIT,
        required=False,
    )
    name = LineField(
        label=_("Your name, if we may know it"),
        help_text=_("Any name you like. Leave it empty if nobody may know."),
        max_length=LINE_LIMIT,
        required=False,
    )
    mine = forms.BooleanField(
        label=_("Link this to my account"),
        help_text=_("You find the answer in your list. If you leave this out, we do not note who you are."),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        texts: Sequence[ClauseText],
        ours: Sequence[Person],
        signed_in: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.ours, self.texts = {str(person.pk): person for person in ours}, texts
        self.fields["cited"].choices = [("", _("None, or I am not sure")), *cited()]  # type: ignore[attr-defined]
        self.fields["clause"].choices = clauses(texts)  # type: ignore[attr-defined]
        self.fields["about"].choices = [(key, p.preferred_name) for key, p in self.ours.items()]  # type: ignore[attr-defined]
        gone = [
            *([] if signed_in else ["mine"]),
            *([] if ours else ["about"]),
            *([] if texts else ["clause"]),
        ]
        for name in gone:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = [self.ours[key] for key in answers.get("about") or []]
        answers["people"] = chosen
        typed = answers.get("about_words") or ""
        if not self.errors and not self._somebody_is_left(chosen, typed):
            self.add_error(
                "about_words",
                _("Then nobody of us is left to answer. Name fewer people, or raise a concern instead."),
            )
        return answers

    def _somebody_is_left(self, chosen: Sequence[Person], typed: str) -> bool:
        about = challenging.kept_out(chosen, typed)
        return not about or bool(chasing.able({person.pk for person in about}))

    def as_said(self) -> Said:
        given = self.cleaned_data
        kind, _colon, pk = given["cited"].partition(":")
        thing = {kind: KINDS[kind].objects.get(pk=UUID(pk))} if kind else {}
        clause = next((t.clause for t in self.texts if t.clause.serial == given.get("clause")), None)
        return Said(
            words=given["words"],
            right=given["right"],
            name=given["name"],
            about=given["people"],
            about_words=given["about_words"],
            clause=clause,
            **thing,  # type: ignore[arg-type]
        )


def clauses(texts: Sequence[ClauseText]) -> list[tuple[int | str, Any]]:
    """Each clause that says something, by the number it keeps."""
    said = [(t.clause.serial, named(t)) for t in texts if not t.is_heading]
    return [("", _("No, or I am not sure")), *said]


def cited() -> list[tuple[Any, list[tuple[str, str]]]]:
    """Values and ways of working that stand today, by the row that holds their words."""
    now = clock.now()
    groups = ((_("Values"), "value"), (_("Ways of working"), "way"))
    return [
        (title, [(f"{kind}:{row.pk}", row.name) for row in KINDS[kind].objects.current(now)])
        for title, kind in groups
    ]


class ReplyForm(Form):
    once = forms.UUIDField(widget=forms.HiddenInput, required=False)
    reply = forms.ChoiceField(
        label=_("What do we say?"),
        choices=spoken(Reply.choices),
        widget=Radios(),
        error_messages={"required": _("Choose what we say.")},
    )
    words = WordsField(
        label=_("In your words: what will change, or why not?"),
        help_text=_("Whoever said it reads this. Thank them, and be exact."),
        max_length=ANSWER_LIMIT,
        widget=WordsInput(rows=6),
        error_messages={"required": _("Write what will change, or why not. They took the time to tell us.")},
    )
    where = LineField(
        label=_("If it belongs somewhere else: where?"),
        help_text=_("And how to get there."),
        max_length=LINE_LIMIT,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        elsewhere = answers.get("reply") == Reply.ELSEWHERE
        if elsewhere and "where" not in self.errors and not str(answers.get("where") or "").strip():
            self.add_error("where", _("Say where it belongs, so that nobody is sent away."))
        if not elsewhere and "where" in answers:
            answers["where"] = ""
        return answers


class BookForm(Form):
    """Time to look at it together: an action with an owner and a date."""

    once = forms.UUIDField(widget=forms.HiddenInput, required=False)
    what = LineField(
        label=_("What will we look at together?"),
        max_length=LINE_LIMIT,
        error_messages={"required": _("Write what we will look at.")},
    )
    owner = forms.ChoiceField(label=_("Who sees to it?"))
    by_when = DayField(label=_("By which day?"))

    def __init__(self, *args: Any, owners: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owners = {str(person.pk): person for person in owners}
        self.fields["owner"].choices = [(key, p.preferred_name) for key, p in self.owners.items()]  # type: ignore[attr-defined]

    def clean_by_when(self) -> date:
        day: date = self.cleaned_data["by_when"]
        if day < timezone.localdate(clock.now()):
            raise forms.ValidationError(_("This day is over. Choose today or a later day."))
        return day

    def as_booked(self) -> Booked:
        given = self.cleaned_data
        return Booked(given["what"], self.owners[given["owner"]], given["by_when"])


class ReallyForm(Form):
    heard = forms.ChoiceField(
        label=_("Does this really answer what you said?"),
        choices=spoken(Heard.choices),
        widget=Radios(),
        error_messages={"required": _("Choose an answer, or leave this page as it is.")},
    )
    words = WordsField(
        label=_("Anything you want to say about it"),
        max_length=ANSWER_LIMIT,
        widget=WordsInput(rows=3),
        required=False,
    )


class AgainForm(Form):
    words = WordsField(
        label=_("What did the answer not answer?"),
        help_text=_("You can send it back once. Somebody answers again, by a new day."),
        max_length=ANSWER_LIMIT,
        widget=WordsInput(rows=5),
        error_messages={"required": _("Write what is still open. A few words are enough.")},
    )
