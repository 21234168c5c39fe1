"""One worry, worked out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from riskassessment.forms.agreeing import SizeForm
from riskassessment.forms.worries import WorryForm
from riskassessment.models import Worry
from riskassessment.services import rounds, worries
from riskassessment.views import names
from riskassessment.views.fetching import led_worry
from safeguarding import transitions
from safeguarding.access import form_page, needs, person_of
from safeguarding.permissions import Verb


@form_page
@needs(Verb.PLAN_ACTIVITIES)
def worry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A worry that was taken away has no page; what was typed at it meanwhile still comes to its service."""
    shown = led_worry(request, pk)
    if request.method != "POST" and shown.removed_at is not None:
        raise Http404
    form = WorryForm(request.POST if request.method == "POST" else None, worry=shown)
    size = SizeForm(request.POST or None, prefix="change")
    if form.is_valid() and _saved(request, shown, form, size):
        messages.success(request, _("Saved."))
        return redirect("worry", pk=pk)
    told = _beside(shown) | {"form": form, "size": size}
    return render(request, "riskassessment/assessments/worry.html", told)


def _beside(shown: Worry) -> dict[str, Any]:
    return {
        "worry": shown,
        "assessment": shown.assessment,
        "round": rounds.round_of(shown.assessment),
        "mitigations": shown.mitigations.select_related("way", "value"),
        "named": names.asked(shown.assessment, under=shown.pk.hex),
        "removes_everything": worries.removes_everything(shown.assessment),
    }


def _saved(request: HttpRequest, shown: Worry, form: WorryForm, size: SizeForm) -> bool:
    answers = form.cleaned_data | size.said()
    seen = answers.pop("seen") or 0
    try:
        worries.work_out(worry=shown, by=person_of(request), seen=seen, **answers)
    except transitions.Conflict:
        shown.refresh_from_db()
        form.say_what_clashed(shown)
        return False
    return True
