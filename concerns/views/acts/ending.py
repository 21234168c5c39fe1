"""Closing, the second look, opening again."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from concerns import reading
from concerns.forms import closing as forms
from concerns.services import closing
from concerns.views.acts.base import ActView, Words
from concerns.views.acts.short import HAND_OVER_FIRST


class Close(ActView):
    form_class = forms.CloseForm
    title = _("Close it")
    button = _("Close it")
    done = _("It is closed. You can open it again at any time.")
    template = "concerns/acts/close.html"

    def closed_door(self) -> Words:
        if self.concern.is_closed:
            return _("This is closed already.")
        if not self.concern.is_acknowledged:
            return _("Nobody has acknowledged this yet. Acknowledge it first, so that they hear from us.")
        return HAND_OVER_FIRST if self.concern.waits_for_hand_over else ""

    def act(self, form: Any, **beats: Any) -> None:
        closing.close(answers=form.as_answers(), **beats)


class Reopen(ActView):
    form_class = forms.ReopenForm
    title = _("Open it again")
    button = _("Open it again")
    done = _("It is open again.")

    def closed_door(self) -> Words:
        return "" if self.concern.is_closed else _("This is open already.")

    def act(self, form: Any, **beats: Any) -> None:
        closing.reopen(reason=form.answers["reason"], **beats)


class SecondLook(ActView):
    form_class = forms.SecondLookForm
    title = _("Take a second look")
    button = _("I agree: it stays closed")
    done = _("Thank you. It stays closed.")
    template = "concerns/acts/second_look.html"
    shows_words = True

    def closed_door(self) -> Words:
        if self.concern.second_look_by is None:
            return _("No second look is waiting here.")
        mine = self.concern.closed_by_id == self.person.pk
        return _("You closed this yourself. Somebody else takes the second look.") if mine else ""

    def more(self) -> dict[str, Any]:
        timeline = reading.Record(self.concern, self.person).timeline
        return {"closing": next((i for i in reversed(timeline) if i.act == "closed"), None)}

    def act(self, form: Any, **beats: Any) -> HttpResponse | None:
        closing.confirm_second_look(words=form.answers["words"], **beats)
        return None
