"""The forms of the short acts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from concerns.enums import HowSoon, Kind, NextStep, Under18
from concerns.forms.act import ActForm, choices, reporter_of, words
from concerns.forms.times import MomentFields
from concerns.services import replies, triage
from concerns.services.handlers import handlers_of
from safeguarding.forms import DayField, Radios

FIRST_REPLY = _(
    "Thank you for telling us. It took care to do this, and it matters.\n\n"
    "One of us is looking after this now. We will write here again when there is news. "
    "You can add more at any time, and you can tell us what you would like to happen.\n\n"
    "Nobody may treat you worse for telling us."
)


class AnswerForm(ActForm):
    """An act that may send words to the reporter, and a mail that says only that they wait."""

    send_mail = forms.BooleanField(
        label=_("Also send them a short email that a message waits"),
        help_text=_("The email says nothing else: no name, and no word of this."),
        required=False,
    )

    def prepare(self) -> None:
        """No mail is offered where there is no address, or where they asked to be left alone."""
        reporter = reporter_of(self.concern)
        if not replies.may_be_mailed(reporter):
            del self.fields["send_mail"]
        else:
            self.initial[
                "send_mail"
            ] = not reporter.safe_ways  # their own words about what is safe come first


class AcknowledgeForm(AnswerForm):
    reply = words(
        _("Your first reply to the person who raised it"),
        rows=10,
        required=False,
        help_text=_("Change it as you like. If you empty it, no reply is sent."),
    )
    field_order = ("reply", "send_mail")

    def prepare(self) -> None:
        super().prepare()
        self.initial["reply"] = FIRST_REPLY


class ReplyForm(AnswerForm):
    words = words(_("Your words to the person who raised it"))
    field_order = ("words", "send_mail")


class AssignForm(ActForm):
    to = forms.ChoiceField(label=_("Whose is it from now on?"), widget=Radios())

    def prepare(self) -> None:
        people = handlers_of(self.concern)
        self._people = {str(person.pk): person for person in people}
        mine = _("%(name)s (me)")
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (key, mine % {"name": person} if person == self.by else str(person))
            for key, person in self._people.items()
        ]
        self.initial["to"] = str(self.concern.assigned_to_id or self.by.pk)

    def clean_to(self) -> Any:
        return self._people[self.cleaned_data["to"]]


class HowSoonForm(ActForm):
    how_soon = forms.ChoiceField(label=_("How soon?"), choices=choices(HowSoon), widget=Radios())
    reason = words(
        _("Why later than they asked?"),
        rows=3,
        required=False,
        help_text=_("Only needed when you choose a later time than the person who raised it did."),
    )

    def prepare(self) -> None:
        self.initial["how_soon"] = self.concern.how_soon

    def clean(self) -> None:
        super().clean()
        chosen, reason = self.cleaned_data.get("how_soon"), self.cleaned_data.get("reason", "")
        if (
            chosen
            and "reason" not in self.errors
            and triage.lowers(self.concern, chosen)
            and not reason.strip()
        ):
            self.add_error("reason", _("Say why it can wait longer than the person who raised it asked."))


class KindForm(ActForm):
    kind = forms.ChoiceField(
        label=_("What is it?"),
        help_text=_("Nobody chose the wrong form. This only helps us to answer well."),
        choices=choices(Kind, without=(Kind.UNSORTED,)),
        widget=Radios(),
    )

    def prepare(self) -> None:
        self.initial["kind"] = self.concern.kind


class NextStepForm(ActForm):
    step = forms.ChoiceField(label=_("What comes next?"), choices=choices(NextStep), widget=Radios())
    on = DayField(label=_("By which day?"), required=False)
    words = words(
        _("More about it"),
        rows=3,
        required=False,
        help_text=_("This stays in the record. The list shows only your choice and the day."),
    )

    def prepare(self) -> None:
        self.initial.update(step=self.concern.next_step, on=self.concern.next_step_on)


class Under18Form(ActForm):
    answer = forms.ChoiceField(
        label=_("Is anyone involved under 18?"),
        choices=choices(Under18, without=(Under18.NOT_SAID,)),
        widget=Radios(),
    )
    reason = words(_("How do you know?"), rows=3, required=False)

    def prepare(self) -> None:
        self.initial["answer"] = self.concern.under_18


class HandOverForm(MomentFields, ActForm):
    moments = (("at", _("When did you hand it over?")),)
    words = words(
        _("Who did you hand it to, and what did they say?"),
        rows=4,
        help_text=_("The person or office, how you reached them, and their reference if they gave one."),
    )
