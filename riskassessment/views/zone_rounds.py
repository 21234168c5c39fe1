"""For those who facilitate: asking the group, what would help, and the zones agreed in the room."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from riskassessment import zone_reading as reading
from riskassessment.forms.zones import AdjustmentForm, AgreeForm, DecideForm, OpenForm
from riskassessment.models import Adjustment, Assessment
from riskassessment.services import adjusting, group_pictures, joining
from riskassessment.services import zones as answering
from riskassessment.views.fetching import led_assessment
from safeguarding import clock
from safeguarding.access import found, needs, person_of
from safeguarding.permissions import Verb

FORM = ["GET", "HEAD", "POST"]


@require_safe
@needs(Verb.PLAN_ACTIVITIES)
def zones_round(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _page(request, led_assessment(request, pk))


def _page(request: HttpRequest, assessment: Assessment, **forms: Any) -> HttpResponse:
    told = reading.told(assessment)
    round_, parts = told["round"], told["parts"]
    blank = {
        "opening": OpenForm(initial={"invited": reading.invited_now(assessment)}),
        "agreeing": AgreeForm(parts=parts),
        "adding": AdjustmentForm(parts=parts),
    }
    told |= {
        "waiting": reading.waiting(assessment),
        "prompts": reading.session_prompts(assessment, parts, round_),
        "code": joining.open_code_of(assessment),
        "is_over": round_ is not None and round_.is_over(clock.now()),
        "too_few": round_ is not None and round_.invited < group_pictures.INVITED,
    }
    return render(request, "riskassessment/zones/round.html", told | blank | forms)


@require_POST
@needs(Verb.PLAN_ACTIVITIES)
def zones_open(request: HttpRequest, pk: UUID) -> HttpResponse:
    assessment, form = led_assessment(request, pk), OpenForm(request.POST)
    if not form.is_valid():
        return _page(request, assessment, opening=form, form=form)
    answering.open_round(assessment=assessment, by=person_of(request), **form.cleaned_data)
    messages.success(request, _("People can answer now."))
    return redirect("zones_round", pk=pk)


@require_POST
@needs(Verb.PLAN_ACTIVITIES)
def zones_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    round_ = reading.standing(led_assessment(request, pk))
    if round_ is not None:
        answering.close_round(round_=round_, by=person_of(request))
        messages.success(request, _("Closed. What may be told of the group is told below."))
    return redirect("zones_round", pk=pk)


@require_POST
@needs(Verb.PLAN_ACTIVITIES)
def zones_agree(request: HttpRequest, pk: UUID) -> HttpResponse:
    assessment = led_assessment(request, pk)
    form = AgreeForm(request.POST, parts=reading.parts_of(assessment))
    if not form.is_valid():
        return _page(request, assessment, agreeing=form, form=form)
    answering.agree(assessment=assessment, by=person_of(request), zones=form.zones())
    messages.success(request, _("Saved."))
    return redirect("zones_round", pk=pk)


@require_POST
@needs(Verb.PLAN_ACTIVITIES)
def adjustment_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    assessment = led_assessment(request, pk)
    form = AdjustmentForm(request.POST, parts=reading.parts_of(assessment))
    if not form.is_valid():
        return _page(request, assessment, adding=form, form=form)
    adjusting.add(assessment=assessment, by=person_of(request), **form.cleaned_data)
    messages.success(request, _("Added."))
    return redirect("zones_round", pk=pk)


def _adjustment(request: HttpRequest, pk: UUID) -> Adjustment:
    person = person_of(request)
    led = Assessment.objects.led_by(person).values("pk")
    things = Adjustment.objects.filter(assessment__in=led).select_related(
        "assessment__activity", "assessment__key"
    )
    return found(things, by=person, pk=pk)


@require_http_methods(FORM)
@needs(Verb.PLAN_ACTIVITIES)
def adjustment(request: HttpRequest, pk: UUID) -> HttpResponse:
    asked = _adjustment(request, pk)
    initial = {"decision": asked.decision, "words": asked.words}
    form = DecideForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        adjusting.decide(adjustment=asked, by=person_of(request), **form.cleaned_data)
        messages.success(request, _("Saved. The group can read it."))
        return redirect("zones_round", pk=asked.assessment_id)
    told = {"form": form, "adjustment": asked, "activity": asked.assessment.activity}
    return render(request, "riskassessment/zones/adjustment.html", told)


@require_POST
@needs(Verb.PLAN_ACTIVITIES)
def adjustment_done(request: HttpRequest, pk: UUID) -> HttpResponse:
    asked = _adjustment(request, pk)
    adjusting.tick_off(adjustment=asked, by=person_of(request))
    messages.success(request, _("Noted as done."))
    return redirect("zones_round", pk=asked.assessment_id)
