"""Acknowledge, give to someone, how soon, what it is, what comes next, under 18, hand over."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from concerns.enums import HowSoon, Kind, NextStep, Under18
from concerns.forms import triage as forms
from concerns.services import triage
from concerns.views.acts.base import ActView, Words

CLOSED = _("This is closed. To change it, open it again first.")
HAND_OVER_FIRST = _(
    "Someone under 18 is involved. The university’s procedure comes first: record the hand-over, and then "
    "this page opens. Steps that keep people safe, answers and notes never wait."
)


class OpenOnly(ActView):
    """An act that a closed concern does not take."""

    def closed_door(self) -> Words:
        return CLOSED if self.concern.is_closed else ""


class Acknowledge(ActView):
    form_class = forms.AcknowledgeForm
    title = _("Acknowledge it")
    button = _("Acknowledge and send")
    done = _("You have acknowledged it.")
    template = "concerns/acts/acknowledge.html"

    def closed_door(self) -> Words:
        by = self.concern.acknowledged_by
        return _("%(name)s has acknowledged this already.") % {"name": by} if by else ""

    def act(self, form: Any, **beats: Any) -> None:
        triage.acknowledge(**form.answers, **beats)


class Assign(OpenOnly):
    form_class = forms.AssignForm
    title = _("Give it to someone")
    button = _("Save")
    done = _("Saved. They have been written to.")

    def act(self, form: Any, **beats: Any) -> None:
        triage.assign(**form.answers, **beats)


class ChangeHowSoon(OpenOnly):
    form_class = forms.HowSoonForm
    title = _("How soon should someone look?")
    button = _("Save")
    done = _("Saved.")
    template = "concerns/acts/how_soon.html"

    def act(self, form: Any, **beats: Any) -> None:
        answers = form.answers
        triage.change_how_soon(how_soon=HowSoon(answers["how_soon"]), reason=answers["reason"], **beats)


class SortKind(OpenOnly):
    form_class = forms.KindForm
    title = _("Say what it is")
    button = _("Save")
    done = _("Saved.")

    def act(self, form: Any, **beats: Any) -> None:
        triage.sort_kind(kind=Kind(form.answers["kind"]), **beats)


class PlanNextStep(OpenOnly):
    form_class = forms.NextStepForm
    title = _("Plan the next step")
    button = _("Save")
    done = _("Saved.")

    def act(self, form: Any, **beats: Any) -> None:
        answers = form.answers
        step = NextStep(answers["step"])
        triage.plan_next_step(step=step, on=answers["on"], words=answers["words"], **beats)


class SettleUnder18(OpenOnly):
    form_class = forms.Under18Form
    title = _("Is anyone involved under 18?")
    button = _("Save")
    done = _("Saved.")
    template = "concerns/acts/under_18.html"

    def act(self, form: Any, **beats: Any) -> None:
        answers = form.answers
        triage.settle_under_18(answer=Under18(answers["answer"]), reason=answers["reason"], **beats)


class HandOver(ActView):
    form_class = forms.HandOverForm
    title = _("Record the hand-over")
    button = _("Save")
    done = _("Saved. Decisions no longer have to wait.")
    template = "concerns/acts/hand_over.html"

    def act(self, form: Any, **beats: Any) -> None:
        triage.hand_over(words=form.answers["words"], at=form.moment("at"), **beats)
