"""Closing on one page: three answers and, only when not acting, the five pressures as one tick list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from concerns.enums import AtRisk
from concerns.forms.act import ActForm, choices, words
from concerns.services.closing import Answers
from safeguarding.forms import Radios
from safeguarding.statement.forms import PressuresField


class CloseForm(ActForm):
    what_we_did = words(
        _("What did we do?"),
        help_text=_("If we did not act, say why, and tick the box below."),
    )
    not_acting = forms.BooleanField(label=_("We are not acting on this"), required=False)
    what_they_say = words(
        _("What does the person say about it, or why could we not ask?"),
        rows=4,
    )
    still_at_risk = forms.ChoiceField(
        label=_("Is anyone still at risk?"), choices=choices(AtRisk), widget=Radios()
    )
    risk_words = words(
        _("What keeps them safe now?"),
        rows=3,
        required=False,
        help_text=_("Only needed when someone is still at risk, or you are not sure."),
    )
    pressures = PressuresField(
        help_text=_("Honest ticks help the next person. They do not stop you from closing.")
    )

    def prepare(self) -> None:
        """The five pressures are asked only of those who do not act."""
        if not self.data.get("not_acting"):
            del self.fields["pressures"]

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        at_risk = answers.get("still_at_risk") in (AtRisk.YES, AtRisk.NOT_SURE)
        if at_risk and "risk_words" not in self.errors and not answers.get("risk_words", "").strip():
            self.add_error("risk_words", _("Say what keeps them safe now, or who is looking after it."))
        return answers

    def as_answers(self) -> Answers:
        given = self.answers
        return Answers(
            acted=not given["not_acting"],
            what_we_did=given["what_we_did"],
            what_they_say=given["what_they_say"],
            still_at_risk=AtRisk(given["still_at_risk"]),
            risk_words=given["risk_words"],
            pressures=given.get("pressures", []),
        )


class ReopenForm(ActForm):
    reason = words(_("Why should it be opened again?"), rows=4)


class SecondLookForm(ActForm):
    words = words(
        _("What did you look at?"),
        rows=4,
        required=False,
        help_text=_("You can leave this empty. If you do not agree with the closing, open it again instead."),
    )
