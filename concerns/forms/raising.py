"""The questions of the four pages. Every one can be skipped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from concerns.enums import HowSoon, ReporterMode, Under18
from concerns.services.sending import NO_OTHER_READERS
from safeguarding.forms import Checkboxes, DayField, Form, LineField, Radios, WordsField, spoken


class PageForm(Form):
    """One page of the journey: what is kept of it is plain JSON, and goes back into the page as it was."""

    def clean(self) -> dict[str, Any]:
        """Forms add their own look at answers that belong together, each after the other's."""
        return super().clean() or self.cleaned_data

    def kept(self) -> dict[str, Any]:
        return {name: _plain(value) for name, value in self.cleaned_data.items()}

    @classmethod
    def restored(cls, kept: Mapping[str, Any]) -> dict[str, Any]:
        """What was kept, as a form's initial."""
        days = {name for name, field in cls.base_fields.items() if isinstance(field, DayField)}
        return {n: date.fromisoformat(v) if n in days and v else v for n, v in kept.items()}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


class WhoForm(PageForm):
    """Who gets this: a box for each name. What was not shown cannot be unticked."""

    told = forms.MultipleChoiceField(
        label=_("Who gets this"),
        help_text=_("Untick anyone you do not want told. You do not have to say why."),
        widget=Checkboxes(),
        required=False,
    )
    names = LineField(
        label=_("Is there anyone else in our team who must not see this?"),
        help_text=_("Write their name, or several with commas between. You do not have to say why."),
        required=False,
    )
    offered = forms.Field(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, choices: Sequence[tuple[str, Any]], before: Sequence[str] = (), **kwargs: Any
    ) -> None:
        """`before`: the ids of the people who were unticked already."""
        super().__init__(*args, **kwargs)
        self.before = before
        self.values = [value for value, _label in choices]
        self.fields["told"].choices = choices  # type: ignore[attr-defined]
        self.initial.setdefault("offered", ",".join(self.values))

    @property
    def unticked(self) -> list[str]:
        """The values that were shown and came back without their tick."""
        shown = set(self.values) & set(str(self.cleaned_data.get("offered") or "").split(","))
        return sorted(shown - set(self.cleaned_data.get("told", [])))

    def who(self) -> dict[str, Any]:
        """Who was unticked now, and who was before and is not on the page any more."""
        gone = [pk for pk in self.before if pk not in self.values]
        return {
            "kept_out": sorted({*gone, *self.unticked} - {NO_OTHER_READERS}),
            NO_OTHER_READERS: NO_OTHER_READERS in self.unticked,
            "names": self.cleaned_data.get("names", ""),
        }


class WordsForm(PageForm):
    ask = _("Write a few words here, or ask us to contact you instead.")
    words = WordsField(
        label=_("What happened, or what worries you?"),
        help_text=_("Use your own words. A few are enough. You do not have to give names."),
        max_length=settings.WORDS_LIMIT,
        required=False,
    )
    rather_not_write = forms.BooleanField(
        label=_("Please contact me. I would rather not write it."), required=False
    )
    how_soon = forms.ChoiceField(
        label=_("How soon should someone look?"),
        choices=spoken(HowSoon.choices),
        widget=Radios(hints={HowSoon.NOT_SURE: _("We treat this as today.")}),
        required=False,
    )
    under_18 = forms.ChoiceField(
        label=_("Is anyone involved under 18?"),
        help_text=_("If so, the university has people for this, and we bring them in first."),
        choices=spoken(Under18.choices),
        widget=Radios(),
        required=False,
    )

    def __init__(self, *args: Any, sending: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sending = sending

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        empty = not answers.get("words", "").strip() and not answers.get("rather_not_write")
        if self.sending and empty and "words" not in self.errors:
            self.add_error("words", self.ask)
        return answers


class ReachForm(PageForm):
    mode = forms.ChoiceField(
        label=_("How would you like to be known?"),
        choices=spoken(ReporterMode.choices),
        widget=Radios(
            hints={
                ReporterMode.ANONYMOUS: _("We do not know who you are. Your receipt lets you come back."),
                ReporterMode.FIRST_NAME: _("Any name you like."),
                ReporterMode.CONTACT: _("So that we can write to you or call you."),
            }
        ),
        required=False,
    )
    name = LineField(label=_("Your name, or what to call you"), max_length=120, required=False)
    email = LineField(
        label=_("Email address"),
        max_length=254,
        required=False,
        validators=[
            EmailValidator(_("Check the email address. It should look like name@example.org."), "email")
        ],
    )
    phone = LineField(label=_("Phone number"), max_length=40, required=False)
    safe_ways = WordsField(
        label=_("Safe ways and times to reach you"),
        help_text=_("For example: text first, only before noon, never leave a message."),
        max_length=1000,
        required=False,
    )
    do_not_contact = forms.BooleanField(
        label=_("Please do not contact me"),
        help_text=_("You can still come back with your receipt."),
        required=False,
    )
    on_behalf = forms.BooleanField(label=_("I am raising this for someone else"), required=False)
    show_words = forms.BooleanField(
        label=_("Show my own words when I come back with my receipt"),
        help_text=_("Anyone who has your receipt could read them. If you leave this out, nobody can."),
        required=False,
    )
    recognise = forms.BooleanField(
        label=_("Link this to my account"),
        help_text=_("You are signed in. If you leave this out, we do not note who you are."),
        required=False,
    )

    def __init__(
        self, *args: Any, signed_in: bool = False, wants_contact: bool = False, **kwargs: Any
    ) -> None:
        """`wants_contact`: they would rather be contacted than write."""
        super().__init__(*args, **kwargs)
        self.fields["safe_ways"].widget.attrs["rows"] = 3
        self.wants_contact = wants_contact
        if not signed_in:
            del self.fields["recognise"]

    def clean(self) -> dict[str, Any]:
        answers = super().clean()
        if not self.errors:
            self._same_story(answers)
        return answers

    def _same_story(self, answers: dict[str, Any]) -> None:
        """Say kindly where two answers do not go together; infer how to be known where that was skipped."""
        known = answers.get("name") or answers.get("email") or answers.get("phone")
        reachable = answers.get("email") or answers.get("phone") or answers.get("recognise")
        mode = answers.get("mode")
        if mode == ReporterMode.ANONYMOUS and known:
            self.add_error("mode", _("You wrote a name or a way to reach you. Remove it to stay anonymous."))
        elif mode == ReporterMode.FIRST_NAME and (answers.get("email") or answers.get("phone")):
            self.add_error("mode", _("You wrote a way to reach you. Remove it, or choose the third answer."))
        elif mode == ReporterMode.CONTACT and not reachable:
            self.add_error("email", _("Add an email address or a phone number, or choose another answer."))
        elif self.wants_contact and answers.get("do_not_contact") and mode != ReporterMode.ANONYMOUS:
            self.add_error(
                "do_not_contact", _("You asked us to contact you. Untick this, or stay anonymous.")
            )
        elif self.wants_contact and not reachable and mode != ReporterMode.ANONYMOUS:
            self.add_error("email", _("Tell us how to reach you, or stay anonymous and use your receipt."))
        elif not mode and known:
            answers["mode"] = ReporterMode.CONTACT if reachable else ReporterMode.FIRST_NAME
