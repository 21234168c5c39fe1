"""What is asked on the pages of the contacts."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from safeguarding.contacts.models import Contact, ContactKind, HelpKind
from safeguarding.contacts.services.naming import ROLE_FOR
from safeguarding.forms import DayField, Form, LineField, Radios, TimeField, WordsField, WordsInput
from safeguarding.people.models import Person

EMAIL_HINT = _("We send a link to it. It counts once somebody there has opened the link.")
NOT_AN_ADDRESS = _("Check this email address. It should look like name@example.org.")


def _email(**options: Any) -> forms.EmailField:
    return forms.EmailField(
        label=_("Email address"),
        help_text=EMAIL_HINT,
        max_length=254,
        error_messages={"invalid": NOT_AN_ADDRESS, "max_length": NOT_AN_ADDRESS},
        **options,
    )


class WaysForm(Form):
    """What can be said of every contact."""

    role_title = LineField(
        label=_("What they do, in a few words"),
        help_text=_("For example: research manager. You can leave this out."),
        max_length=120,
        required=False,
    )
    phone = LineField(label=_("Phone"), help_text=_("You can leave this out."), max_length=40, required=False)
    shown_publicly = forms.BooleanField(
        label=_("Show their name, email address and phone to anybody"),
        help_text=_("Without it, people read only what they do."),
        required=False,
        initial=True,
    )


class OurContactForm(WaysForm):
    """A lead, a deputy or an alternate: somebody with an account who holds the role."""

    person = forms.ModelChoiceField(
        label=_("Who is it?"),
        help_text=_("Only people who hold this role, and are no contact yet, are listed."),
        queryset=Person.objects.none(),
        empty_label=_("Choose a person"),
    )
    email = _email(required=False)
    field_order = ("person", "email", "role_title", "phone", "shown_publicly")

    def __init__(self, *args: Any, kind: ContactKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = Person.objects.holding(ROLE_FOR[kind]).exclude(
            pk__in=Contact.objects.filter(valid_to=None, person__isnull=False).values("person")
        )
        chooser = self.fields["person"]
        assert isinstance(chooser, forms.ModelChoiceField)
        chooser.queryset = self.people.order_by("preferred_name", "pk")
        self.fields["email"].help_text = _(
            "Leave it empty to use the address of their account. "
            "We send a link to it, and it counts once they have opened the link."
        )


class OutsideContactForm(WaysForm):
    """The outside contact: an office or a person without an account here."""

    name = LineField(label=_("Name of the office or person"), max_length=120)
    email = _email()
    field_order = ("name", "email", "role_title", "phone", "shown_publicly")


class ChangeForm(WaysForm):
    email = _email()
    field_order = ("email", "role_title", "phone", "shown_publicly")


def change_form(contact: Contact, sent: Any = None) -> Form:
    """The name of somebody with an account is changed in the account, not here."""
    initial = {
        "name": contact.name,
        "email": contact.new_email or contact.email,
        "role_title": contact.role_title,
        "phone": contact.phone,
        "shown_publicly": contact.shown_publicly,
    }
    kind = ChangeForm if contact.person_id else OutsideContactForm
    return kind(sent, initial=initial)


class SureForm(Form):
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)


class AwayForm(SureForm):
    """A day by its own button (`on`), or in the three boxes."""

    on = forms.DateField(required=False, widget=forms.HiddenInput, input_formats=["%Y-%m-%d"])
    back = DayField(
        label=_("Which day are you back?"),
        help_text=_("For example, 27 3 2027. Concerns go to somebody else until that morning."),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        day: date | None = answers.get("on") or answers.get("back")
        if day is None and not self.errors:
            self.add_error("back", _("Choose a day, or press one of the buttons."))
        answers["back_on"] = day
        return answers


class WeekForm(Form):
    """Seven days, each with a beginning and an end, or neither."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for day in range(7):
            for part, words in (("starts", _("From")), ("ends", _("To"))):
                self.fields[f"{part}_{day}"] = TimeField(label=words, required=False)

    def days(self) -> list[tuple[Any, BoundField, BoundField]]:
        return [(WEEKDAYS[day], self[f"starts_{day}"], self[f"ends_{day}"]) for day in range(7)]

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        week: dict[int, tuple[time, time]] = {}
        for day in range(7):
            starts, ends = answers.get(f"starts_{day}"), answers.get(f"ends_{day}")
            if self.errors.keys() & {f"starts_{day}", f"ends_{day}"} or starts is ends is None:
                continue
            if starts is None or ends is None:
                missing = "starts" if starts is None else "ends"
                self.add_error(f"{missing}_{day}", _both(day))
            elif ends <= starts:
                self.add_error(f"ends_{day}", _later(day))
            else:
                week[day] = (starts, ends)
        answers["week"] = week
        return answers


def _both(day: int) -> str:
    return _("%(day)s: write both times, or leave both empty for a day off.") % {"day": WEEKDAYS[day]}


def _later(day: int) -> str:
    return _("%(day)s: the second time must be later than the first.") % {"day": WEEKDAYS[day]}


class HolidayForm(Form):
    day = DayField(label=_("Which day?"), help_text=_("For example, 27 3 2027."))
    name = LineField(
        label=_("What is it called?"), help_text=_("For example: spring holiday."), max_length=80
    )

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if not 2000 <= day.year <= 2100:
            raise forms.ValidationError(_("Choose a day between 2000 and 2100."))
        return day


class HelpForm(Form):
    kind = forms.ChoiceField(label=_("What is it for?"), choices=HelpKind.choices, widget=Radios())
    title = LineField(label=_("Who is it?"), help_text=_("For example: your local council."), max_length=120)
    words = WordsField(
        label=_("When to call them, and what they do"),
        help_text=_("Short and plain. Anybody can read this."),
        max_length=2000,
        widget=WordsInput(rows=5),
    )
    phone = LineField(label=_("Phone"), help_text=_("You can leave this out."), max_length=40, required=False)
    address = forms.URLField(
        label=_("Website"),
        help_text=_("You can leave this out."),
        max_length=200,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("Check this address. It should look like https://example.org/help.")},
    )
