"""For those who facilitate one session: asking the group, what would help, and the zones agreed in the room."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from riskassessment import zone_prompts
from riskassessment import zone_reading as reading
from riskassessment.enums import Zone
from riskassessment.forms.zones import AdjustmentForm, AgreeForm, DecideForm, GuessForm, OpenForm
from riskassessment.models import Activity, Adjustment, ZoneRound
from riskassessment.services import adjusting, group_pictures, guessing, joining
from riskassessment.services import zones as answering
from riskassessment.views.fetching import led_activity, plan_for
from safeguarding import clock
from safeguarding.access import form_page, found, needs, person_of
from safeguarding.permissions import Verb


@require_safe
@needs(Verb.PLAN_ACTIVITIES)
def zones_round(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _page(request, led_activity(request, pk))


def _page(request: HttpRequest, activity: Activity, **forms: Any) -> HttpResponse:
    plan, person = plan_for(activity), person_of(request)
    told = reading.told(activity, plan)
    round_ = told["round"]
    guesses = guessing.guesses_of(round_, person) if round_ else {}
    told |= _prompted(told, guesses) | _boxes(activity, told, guesses)
    told |= {
        "waiting": reading.waiting(activity, plan),
        "code": joining.open_code_of(plan),
        "leads_plan": activity.home.is_led_by(person),
        "is_over": round_ is not None and round_.is_over(clock.now()),
        "too_few": round_ is not None and round_.invited < group_pictures.INVITED,
    }
    return render(request, "riskassessment/zones/round.html", told | forms)


def _prompted(told: dict[str, Any], guesses: dict[UUID, str]) -> dict[str, Any]:
    parts = told["parts"]
    prompts = zone_prompts.of_the_plan(parts, told["ways"])
    return {
        "guessed": [(part, Zone(guesses[part.pk]).label) for part in parts if part.pk in guesses],
        "prompts": [*prompts, *zone_prompts.of_the_group(parts, told["round"], guesses)],
    }


def _boxes(activity: Activity, told: dict[str, Any], guesses: dict[UUID, str]) -> dict[str, Any]:
    return {
        "opening": OpenForm(initial={"invited": reading.invited_now(activity)}),
        "guessing": GuessForm(parts=_untold(told), guesses=guesses),
        "agreeing": AgreeForm(parts=told["parts"]),
        "adding": AdjustmentForm(parts=told["parts"]),
    }


def _untold(told: dict[str, Any]) -> list[Any]:
    """The parts that the group was told nothing of: a guess comes before that."""
    shown = {each.part.pk for each in told["pictures"] if each.lines}
    return [part for part in told["parts"] if part.pk not in shown]


@require_POST
@needs(Verb.PLAN_ACTIVITIES)
def zones_open(request: HttpRequest, pk: UUID) -> HttpResponse:
    activity, form = led_activity(request, pk), OpenForm(request.POST)
    plan_for(activity)
    if not form.is_valid():
        return _page(request, activity, opening=form, form=form)
    answering.open_round(activity=activity, by=person_of(request), **form.cleaned_data)
    messages.success(request, _("People can answer now."))
    return redirect("zones_round", pk=pk)


def _led_round(request: HttpRequest, pk: UUID) -> ZoneRound | None:
    activity = led_activity(request, pk)
    return reading.standing(activity, plan_for(activity))


@require_POST
@needs(Verb.PLAN_ACTIVITIES)
def zones_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    round_ = _led_round(request, pk)
    if round_ is not None:
        answering.close_round(round_=round_, by=person_of(request))
        messages.success(request, _("Closed. What may be told of the group is told below."))
    return redirect("zones_round", pk=pk)


@require_POST
@needs(Verb.PLAN_ACTIVITIES)
def zones_guess(request: HttpRequest, pk: UUID) -> HttpResponse:
    activity, round_ = led_activity(request, pk), _led_round(request, pk)
    form = GuessForm(request.POST, parts=reading.parts_of(activity), guesses={})
    if not form.is_valid():
        return _page(request, activity, guessing=form, form=form)
    if round_ is not None:
        guessing.guess(round_=round_, by=person_of(request), zones=form.zones())
        messages.success(request, _("Kept for you alone."))
    return redirect("zones_round", pk=pk)


@require_POST
@needs(Verb.PLAN_ACTIVITIES)
def zones_tell(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How it was, once."""
    round_ = _led_round(request, pk)
    if round_ is None:
        return redirect("zones_round", pk=pk)
    try:
        answering.tell_after(round_=round_, by=person_of(request))
    except (answering.NotYet, answering.Over):
        messages.error(request, _("This can only be told after the session, while the answers are there."))
    else:
        messages.success(request, _("What may be told of how it was is told below."))
    return redirect("zones_round", pk=pk)


@require_POST
@needs(Verb.PLAN_ACTIVITIES)
def zones_agree(request: HttpRequest, pk: UUID) -> HttpResponse:
    activity = led_activity(request, pk)
    form = AgreeForm(request.POST, parts=reading.parts_of(activity))
    if not form.is_valid():
        return _page(request, activity, agreeing=form, form=form)
    answering.agree(activity=activity, by=person_of(request), zones=form.zones())
    messages.success(request, _("Saved."))
    return redirect("zones_round", pk=pk)


@require_POST
@needs(Verb.PLAN_ACTIVITIES)
def adjustment_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    activity = led_activity(request, pk)
    form = AdjustmentForm(request.POST, parts=reading.parts_of(activity))
    plan_for(activity)
    if not form.is_valid():
        return _page(request, activity, adding=form, form=form)
    adjusting.add(activity=activity, by=person_of(request), **form.cleaned_data)
    messages.success(request, _("Added."))
    return redirect("zones_round", pk=pk)


def _adjustment(request: HttpRequest, pk: UUID) -> Adjustment:
    person = person_of(request)
    led = Activity.objects.led_by(person).values("pk")
    things = Adjustment.objects.filter(activity__in=led).select_related(
        "activity__series__first", "assessment__key"
    )
    return found(things, by=person, pk=pk)


@form_page
@needs(Verb.PLAN_ACTIVITIES)
def adjustment(request: HttpRequest, pk: UUID) -> HttpResponse:
    asked = _adjustment(request, pk)
    initial = {"decision": asked.decision, "words": asked.words}
    form = DecideForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        adjusting.decide(adjustment=asked, by=person_of(request), **form.cleaned_data)
        messages.success(request, _("Saved. The group can read it."))
        return redirect("zones_round", pk=asked.activity_id)
    told = {"form": form, "adjustment": asked, "activity": asked.activity}
    return render(request, "riskassessment/zones/adjustment.html", told)


@require_POST
@needs(Verb.PLAN_ACTIVITIES)
def adjustment_done(request: HttpRequest, pk: UUID) -> HttpResponse:
    asked = _adjustment(request, pk)
    adjusting.tick_off(adjustment=asked, by=person_of(request))
    messages.success(request, _("Noted as done."))
    return redirect("zones_round", pk=asked.activity_id)
