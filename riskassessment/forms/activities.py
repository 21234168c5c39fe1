"""What is asked about an activity. Only its title has to be answered."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from riskassessment.enums import ActivityKind, Mode, Paid, Place, Scope, Under18, Zone
from riskassessment.models import Activity, Part
from safeguarding.forms import DayField, Form, LineField, Radios, TimeField, WordsField, WordsInput, spoken
from safeguarding.people.models import Person

SHORT = 2_000  # characters
MOST_EXPECTED = 5_000  # people


def _one_of(label: Any, choices: Any, help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=spoken(choices), widget=Radios(), help_text=help_text, required=False
    )


def _words(label: Any, help_text: Any = "", *, rows: int = 3) -> WordsField:
    return WordsField(
        label=label, help_text=help_text, max_length=SHORT, widget=WordsInput(rows=rows), required=False
    )


class BeginForm(Form):
    """The first page: a title, and a day if there is one."""

    title = LineField(label=_("What is it called?"), max_length=160)
    day = DayField(
        label=_("Which day?"), help_text=_("Leave it empty if you do not know yet."), required=False
    )
    starts = TimeField(label=_("From"), required=False)
    ends = TimeField(label=_("To"), required=False)

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        day, starts, ends = (answers.get(name) for name in ("day", "starts", "ends"))
        if (starts or ends) and not day and "day" not in self.errors:
            self.add_error("day", _("Add the day as well, or leave the times empty."))
        if ends and not starts and "starts" not in self.errors:
            self.add_error("starts", _("Add when it begins as well, or leave both empty."))
        if starts and ends and ends < starts:
            self.add_error("ends", _("This is before it begins. Please check both times."))
        return answers

    def columns(self) -> dict[str, Any]:
        """The answers as columns: moments in the site's zone."""
        answers = dict(self.cleaned_data)
        day, starts, ends = (answers.pop(name, None) for name in ("day", "starts", "ends"))
        begins = _moment(day, starts or time()) if day else None
        return answers | {"starts_at": begins, "ends_at": _moment(day, ends) if day and ends else None}


def _moment(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))


class ActivityForm(BeginForm):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = _one_of(_("What kind of thing is it?"), ActivityKind.choices)
    purpose = _words(_("What is it for?"))
    mode = _one_of(_("Do people meet in person or online?"), Mode.choices)
    place = LineField(label=_("Where is it?"), max_length=200, required=False)
    scope = _one_of(_("Who organises it?"), Scope.choices)
    scope_why = _words(_("What do we control ourselves, and what not?"))
    under_18 = _one_of(
        _("Will anyone under 18 take part?"),
        Under18.choices,
        _("If so, the university has a procedure, and it comes first."),
    )
    recording = _words(
        _("What may be recorded, photographed, quoted or posted?"),
        _("Say who to ask, and how somebody takes something down again."),
    )
    paid = _one_of(_("Are people paid for their time?"), Paid.choices)
    expected = forms.IntegerField(
        label=_("About how many people come?"),
        min_value=0,
        max_value=MOST_EXPECTED,
        required=False,
        widget=forms.TextInput({"class": "govuk-input--width-4", "inputmode": "numeric"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("Write how many as a number, like 12.")
        ),
    )
    host = LineField(
        label=_("Which organisation hosts it?"),
        help_text=_("Leave it empty if nobody else does."),
        max_length=160,
        required=False,
    )
    support = _words(
        _("Who can people turn to?"),
        _("Before, during and after. Include somebody from outside the group."),
    )
    field_order = ("title", "day", "starts", "ends", "kind", "purpose", "mode", "place")

    @classmethod
    def restored(cls, activity: Activity) -> dict[str, Any]:
        """An activity as the form's initial."""
        begins = activity.starts_at and timezone.localtime(activity.starts_at)
        ends = activity.ends_at and timezone.localtime(activity.ends_at)
        own = {name: getattr(activity, name) for name in cls.base_fields if hasattr(activity, name)}
        is_timed = bool(begins and (begins.time() != time() or ends))
        return own | {
            "day": begins.date() if begins else None,
            "starts": begins.time() if begins and is_timed else None,
            "ends": ends.time() if ends else None,
        }


class PartForm(Form):
    """One part of the session. Each has a way out and another way in, whatever anybody feels."""

    title = LineField(label=_("What is this part called?"), max_length=120)
    minutes = forms.IntegerField(
        label=_("How many minutes?"),
        min_value=1,
        max_value=1440,
        required=False,
        widget=forms.TextInput({"class": "govuk-input--width-3", "inputmode": "numeric"}),
        error_messages={
            "invalid": _("Write the minutes as a number, like 20."),
            "min_value": _("Write the minutes as a number, like 20."),
            "max_value": _("That is more than a day. Please check the minutes."),
        },
    )
    what_happens = _words(_("What happens in it?"))
    content_note = _words(
        _("Is there anything that people may want to know beforehand?"),
        _("Be exact and calm: “We talk about hospital complaints, for about 20 minutes.”"),
    )
    another_way = _words(
        _("How else can somebody take part in it?"),
        _("For example: watch, write in the chat, or send thoughts before or after."),
    )
    for_everybody = forms.BooleanField(
        label=_("Everybody does this part"),
        help_text=_("Leave it empty if people choose. Each may step out of it all the same."),
        required=False,
    )
    intended = forms.ChoiceField(
        label=_("How do you mean this part to be?"),
        help_text=_("What you intend. Each person feels it in their own way, and that is theirs to say."),
        choices=spoken(Zone.choices),
        widget=Radios(
            hints={
                Zone.COMFORT: _("Familiar and restful."),
                Zone.STRETCH: _("New or demanding, in a good way."),
                Zone.PANIC: _("Too much for some. It needs care, a pause and a way out."),
            }
        ),
        required=False,
    )

    @classmethod
    def restored(cls, part: Part) -> dict[str, Any]:
        return {name: getattr(part, name) for name in cls.base_fields}


class PlaceForm(Form):
    """Who has a place in it."""

    person = forms.ModelChoiceField(
        label=_("Who is it?"), queryset=Person.objects.none(), empty_label=_("Choose a person")
    )
    place = forms.ChoiceField(
        label=_("What do they do in it?"),
        choices=spoken(Place.choices),
        widget=Radios(
            hints={
                Place.FACILITATES: _("Two are better than one. They can change the plan."),
                Place.WATCHES: _("Notices who is not heard, and makes room for them."),
            }
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chooser = self.fields["person"]
        assert isinstance(chooser, forms.ModelChoiceField)
        chooser.queryset = Person.objects.get_queryset().active().order_by("preferred_name", "pk")
