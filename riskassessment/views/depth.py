"""How much a plan asks: a suggestion, the choice of those who lead, and anybody's wish for more."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from riskassessment.enums import Depth
from riskassessment.forms.depth import ChooseForm, QuestionsForm, WishForm
from riskassessment.models import Assessment
from riskassessment.services import depth as deciding
from riskassessment.views.fetching import led_assessment, seen_assessment
from safeguarding.access import form_page, needs, person_of
from safeguarding.permissions import Verb


@form_page
def depth(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A POST asks for a suggestion, and writes nothing."""
    shown = seen_assessment(request, pk)
    form = QuestionsForm(request.POST if request.method == "POST" else None)
    told: dict[str, Any] = {"questions": form}
    if form.is_valid():
        suggested = deciding.suggest(form.cleaned_data)
        chosen = {"depth": suggested.depth, "why": suggested.why}
        told |= {"suggested": suggested, "choose": ChooseForm(initial=chosen, prefix="choose")}
    return _page(request, shown, **told)


def _page(request: HttpRequest, shown: Assessment, **forms: Any) -> HttpResponse:
    now = Depth(shown.depth)
    told = {
        "assessment": shown,
        "activity": shown.activity,
        "depth": now,
        "steps": deciding.steps(shown),
        "wishes": deciding.wishes(shown),
        "leads": shown.activity.is_led_by(person_of(request)),
        "questions": QuestionsForm(),
        "choose": ChooseForm(initial={"depth": now}, prefix="choose"),
        "wish": WishForm(now=now, prefix="wish") if now != Depth.FULL else None,
    }
    return render(request, "riskassessment/assessments/depth.html", told | forms)


@require_POST
@needs(Verb.PLAN_ACTIVITIES)
def depth_choose(request: HttpRequest, pk: UUID) -> HttpResponse:
    shown = led_assessment(request, pk)
    form = ChooseForm(request.POST, prefix="choose")
    if form.is_valid():
        try:
            deciding.choose(assessment=shown, by=person_of(request), **form.cleaned_data)
        except deciding.NeedsWhy:
            form.add_error(
                "why", _("This asks less than before, or than somebody wished for. Please say why.")
            )
        else:
            messages.success(request, _("Saved."))
            return redirect("assessment_write", pk=pk)
    return _page(request, shown, choose=form, form=form)


@require_POST
def depth_wish(request: HttpRequest, pk: UUID) -> HttpResponse:
    shown = seen_assessment(request, pk)
    form = WishForm(request.POST, now=Depth(shown.depth), prefix="wish")
    if form.is_valid():
        try:
            deciding.wish(assessment=shown, by=person_of(request), **form.cleaned_data)
        except deciding.NotUp:
            messages.info(request, _("The plan asks as much already."))
        else:
            messages.success(
                request, _("Saved. Those who lead see it, and so does everybody who sees the plan.")
            )
        return redirect("depth", pk=pk)
    return _page(request, shown, wish=form, form=form)
