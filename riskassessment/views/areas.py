"""Things to think about, area by area: one tap puts one in, a few words leave an area out."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from riskassessment import thinking
from riskassessment.enums import Area
from riskassessment.forms.areas import NotRelevantForm, PutInForm
from riskassessment.models import Assessment
from riskassessment.services import areas as considering
from riskassessment.views.fetching import led_assessment, seen_assessment
from safeguarding.access import form_page, needs, person_of
from safeguarding.permissions import Verb
from safeguarding.transitions import Conflict


@require_safe
def areas(request: HttpRequest, pk: UUID) -> HttpResponse:
    shown = seen_assessment(request, pk)
    told = {"assessment": shown, "activity": shown.activity, "areas": thinking.of(shown)}
    told["leads"] = shown.activity.is_led_by(person_of(request))
    return render(request, "riskassessment/assessments/areas.html", told)


@require_POST
@needs(Verb.PLAN_ACTIVITIES)
def prompt_put_in(request: HttpRequest, pk: UUID) -> HttpResponse:
    assessment, form = led_assessment(request, pk), PutInForm(request.POST)
    if form.is_valid():
        prompt = form.cleaned_data["prompt"]
        considering.put_in(assessment=assessment, by=person_of(request), prompt=prompt)
        messages.success(request, _("It is a worry of the plan now. Put it into your own words there."))
    else:
        messages.info(request, _("The library has changed meanwhile. Please look again."))
    return redirect("areas", pk=pk)


@form_page
@needs(Verb.PLAN_ACTIVITIES)
def area_leave_out(request: HttpRequest, pk: UUID, area: str) -> HttpResponse:
    assessment = led_assessment(request, pk)
    if area not in Area.values:
        raise Http404
    there = assessment.not_relevant.filter(area=area).first()
    initial = {"words": there.words, "seen": there.version} if there else {"seen": 0}
    form = NotRelevantForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid() and _left_out(request, assessment, area, form):
        return redirect("areas", pk=pk)
    told = {"form": form, "assessment": assessment, "area": Area(area)}
    return render(request, "riskassessment/assessments/not_relevant.html", told)


def _left_out(request: HttpRequest, assessment: Assessment, area: str, form: NotRelevantForm) -> bool:
    words, seen = form.cleaned_data["words"], form.cleaned_data["seen"] or 0
    try:
        considering.leave_out(assessment=assessment, area=area, by=person_of(request), words=words, seen=seen)
    except Conflict:
        form.say_what_clashed(assessment.not_relevant.get(area=area))
        return False
    return True
