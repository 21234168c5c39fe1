"""What may be added if it helps: small pages in any order, before or after sending. Nothing here must be answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from concerns.details import MODES, SHARED
from concerns.enums import Relationship, RoleInConcern, Worry, YesNo
from concerns.forms.raising import PageForm
from riskassessment.models import Activity
from safeguarding.forms import Checkboxes, DayField, LineField, Radios, WordsField, spoken

LONG, SHORT = 10_000, 2_000  # characters


def _words(label: Any, help_text: Any = "", *, limit: int = SHORT, rows: int = 4) -> WordsField:
    field = WordsField(label=label, help_text=help_text, max_length=limit, required=False)
    field.widget.attrs["rows"] = rows
    return field


def _one_of(label: Any, choices: Sequence[tuple[Any, Any]], help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=spoken(choices), help_text=help_text, widget=Radios(), required=False
    )


class PastDayField(DayField):
    """A day that has come. Anywhere in the world it may already be tomorrow."""

    default_error_messages = {
        "future": _("That day has not come yet. Check the year, or leave the date out.")
    }

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is not None and value > timezone.localdate() + timedelta(days=1):
            raise ValidationError(self.error_messages["future"], code="unreal")


class SeenForm(PageForm):
    saw = _words(
        _("What did you see or hear?"),
        _("What was said or done matters most. You do not need to know why."),
        limit=LONG,
        rows=8,
    )
    exact = _words(_("Do you remember the exact words?"), _("Only if you want to write them."))
    felt = _words(_("How did it feel, for you or for others?"))


class WhenForm(PageForm):
    happened = LineField(
        label=_("When did it happen?"),
        help_text=_("In any way you like: “last spring”, “most weeks”, “years ago”. Long ago is fine."),
        required=False,
    )
    happened_on = PastDayField(
        label=_("Do you know the day?"), help_text=_("For example, 27 3 2026."), required=False
    )
    told = LineField(
        label=_("If someone told you about it, when was that?"),
        help_text=_("In any way you like."),
        required=False,
    )
    told_on = PastDayField(
        label=_("Do you know that day?"), help_text=_("For example, 27 3 2026."), required=False
    )


class WhereForm(PageForm):
    modes = forms.MultipleChoiceField(
        label=_("Was it in person, or online?"),
        help_text=_("Choose both if it was both."),
        choices=spoken(MODES.items()),
        widget=Checkboxes(),
        required=False,
    )
    place = LineField(
        label=_("Where was it?"), help_text=_("A room, a town, a call, an app."), required=False
    )


class ActivityForm(PageForm):
    """A visitor writes it; somebody signed in, who knows our activities, may choose one."""

    chosen = forms.ChoiceField(
        label=_("Was it at one of our activities?"),
        help_text=_("Choosing one never tells the people who organise it."),
        required=False,
    )
    named = LineField(
        label=_("Which activity was it?"),
        help_text=_("Write what you know. Naming one never tells the people who organise it."),
        required=False,
    )

    def __init__(self, *args: Any, activities: Sequence[Activity] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if activities:
            field = self.fields["chosen"]
            field.choices = [("", _("None of these, or I would rather not say"))] + [  # type: ignore[attr-defined]
                (str(activity.pk), activity.title) for activity in activities
            ]
        else:
            del self.fields["chosen"]


class WantsForm(PageForm):
    wants = _words(
        _("What does the person affected want to happen?"),
        _("If that is you, what do you want? “I do not know yet” is an answer."),
    )
    knows = _one_of(_("Do they know that you are telling us?"), YesNo.choices)


class BeforeForm(PageForm):
    before = _one_of(_("Has this been raised before, with us or with anyone?"), YesNo.choices)
    what_happened = _words(_("What happened then?"), _("If nobody listened, we want to know that too."))


class WorriesForm(PageForm):
    worries = forms.MultipleChoiceField(
        label=_("Does anything worry you about speaking up?"),
        help_text=_("Choose any. We plan with you how to keep you safe from it."),
        choices=spoken(Worry.choices),
        widget=Checkboxes(),
        required=False,
    )
    more = _words(_("Would you like to say more about that?"))


class ShareForm(PageForm):
    """Only what was in the way, or went well, may go further; only if they say so, and never with a name."""

    about = _one_of(_("Is it one of these?"), SHARED)
    share = forms.BooleanField(
        label=_("You may also put my words with the suggestions for our statement"),
        help_text=_(
            "Without your name. Only you can go from here to there: your receipt shows you the answer. "
            "If you keep somebody out, we do not do this."
        ),
        required=False,
    )
    instead = _words(
        _("Other words to put there, if you like"),
        _("Please leave names out. If this is empty, we copy what you wrote."),
    )

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        if answers.get("share") and not answers.get("about"):
            self.add_error("about", _("Choose which of the two it is, or take the tick away."))
        return answers


class PersonForm(PageForm):
    """Somebody affected or involved. A name is not needed; one of our people may be chosen instead."""

    person = forms.ChoiceField(
        label=_("Is it one of these people?"),
        help_text=_("If you choose one, they will not be told, and cannot see what you send."),
        required=False,
    )
    name = LineField(
        label=_("Or write a name"),
        help_text=_("“A man with a red scarf” is fine too."),
        max_length=120,
        required=False,
    )
    role = forms.ChoiceField(
        label=_("What is their part in this?"),
        choices=spoken(RoleInConcern.choices),
        widget=Radios(),
        required=False,
    )
    relationship = forms.ChoiceField(
        label=_("Who are they to the person affected?"),
        help_text=_("You can leave this out."),
        choices=[("", _("I would rather not say")), *spoken(Relationship.choices)],
        required=False,
    )
    relationship_words = LineField(
        label=_("Or in your own words"), help_text=_("If none of those fits."), max_length=80, required=False
    )

    def __init__(
        self, *args: Any, ours: Sequence[tuple[str, str]] = (), was_sent: bool = False, **kwargs: Any
    ) -> None:
        """`was_sent`: they may have been told already, and the page must not say otherwise."""
        super().__init__(*args, **kwargs)
        if was_sent:
            self.fields["person"].help_text = _(
                "If you choose one, we keep it from them from now on. They may have seen it before."
            )
        if ours:
            self.fields["person"].choices = [("", _("Nobody here")), *ours]  # type: ignore[attr-defined]
        else:
            del self.fields["person"]

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        if not self.errors and not answers.get("name") and not answers.get("person"):
            self.add_error("name", _("Write a name, or a few words that say who you mean."))
        answers["role"] = answers.get("role") or RoleInConcern.NOT_SURE
        return answers


FORMS: dict[str, type[PageForm]] = {
    "seen": SeenForm,
    "when": WhenForm,
    "where": WhereForm,
    "activity": ActivityForm,
    "wants": WantsForm,
    "before": BeforeForm,
    "worries": WorriesForm,
    "share": ShareForm,
}
