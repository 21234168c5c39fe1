"""Adding a person involved, and seeing who the reporter is."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from concerns import reading
from concerns.forms.act import ActForm
from concerns.forms.notes import PersonForm, RevealForm
from concerns.models import Concern, ReporterIdentity
from concerns.services import identity, involving
from concerns.views.acts.base import ActView, Words
from safeguarding import clock
from safeguarding.people.proving import proved


class AddPerson(ActView):
    form_class = PersonForm
    title = _("Add a person involved")
    button = _("Continue")
    done = _("The person is in the record.")
    template = "concerns/acts/person.html"
    foreseen: involving.Consequence | None = None

    def more(self) -> dict[str, Any]:
        return {"foreseen": self.foreseen}

    def act(self, form: Any, **beats: Any) -> involving.Consequence | None:
        """For one of our own people the first answer is what it would do; the second does it."""
        del beats["version"]
        involved = form.as_involved()
        if involved.person and not form.is_sure:
            about = {"concern": self.concern, "by": self.person, "person": involved.person}
            self.foreseen = involving.foresee(**about, now=clock.now())
            return self.foreseen
        return involving.add_person(involved=involved, **beats)

    def after(self, outcome: involving.Consequence | None) -> HttpResponse:
        if self.foreseen is not None:
            return self.page(PersonForm(self.request.POST, sure=True, **self._bound_to()))
        messages.success(self.request, str(self.done))
        is_still_there = Concern.objects.visible_to(self.person).filter(pk=self.concern.pk).exists()
        return redirect("concern", self.concern.reference) if is_still_there else redirect("concerns")


@method_decorator(proved, name="dispatch")
class Reveal(ActView):
    form_class = RevealForm
    title = _("See who raised it")
    button = _("Show me")
    done = ""

    def closed_door(self) -> Words:
        hidden = reading.Record(self.concern, self.person).reporter.hidden
        return (
            "" if hidden else _("Nothing is hidden here: they gave no name, or it is shown to you already.")
        )

    def act(self, form: ActForm, **beats: Any) -> ReporterIdentity:
        del beats["version"]
        return identity.reveal(reason=form.answers["reason"], **beats)

    def after(self, outcome: Any) -> HttpResponse:
        """Shown in this answer only: no address leads here again without a reason."""
        if outcome is None:
            return redirect("concern_reveal", self.concern.reference)
        told = {"concern": self.concern, "reporter": reading.shown(outcome, unmasked=True), "private": True}
        return render(self.request, "concerns/acts/revealed.html", told)
