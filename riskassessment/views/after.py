"""Looking back on an activity, and feeding back to those who contributed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from riskassessment import feeding_back, looking_back, today, zone_reading
from riskassessment.forms.after import AftercareForm, FeedBackForm, ReviewForm, VoiceForm
from riskassessment.models import Activity, AfterReview, Assessment, Guest
from riskassessment.services import after as looking
from riskassessment.services import checking, suggesting
from riskassessment.views.fetching import (
    guest_by,
    led_activity,
    led_assessment,
    plan_for,
    seen_activity,
    seen_assessment,
    session_with,
)
from safeguarding import clock
from safeguarding.access import form_page, needs, person_of
from safeguarding.permissions import Verb


def _review(activity: Activity) -> AfterReview | None:
    return AfterReview.objects.select_related("changed_by").filter(activity=activity).first()


@require_safe
def after(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The summary, what people say beside it, and aftercare."""
    activity = seen_activity(request, pk)
    told: dict[str, Any] = {"activity": activity, "is_past": activity.is_past(clock.now()), "private": True}
    told["leads"] = activity.is_led_by(person_of(request))
    plan = checking.plan_of(activity)
    if plan is not None:
        told |= _looked_back(activity, plan, leads=told["leads"])
        told["mine"] = looking.voice_of(activity, person_of(request))
        told["zones"] = zone_reading.looking_back(activity, plan, person_of(request))
    return render(request, "riskassessment/after/after.html", told)


def _looked_back(activity: Activity, plan: Assessment, *, leads: bool) -> dict[str, Any]:
    pauses = list(activity.pauses.select_related("done_by")) if leads else []
    for pause in pauses:
        pause.assessment = plan
    review = _review(activity)
    return {
        "assessment": plan,
        "review": review,
        "fate": suggesting.fate_of(review) if review and review.keep_prompt else None,
        "heard": looking_back.heard(activity),
        "outcomes": list(activity.outcomes.select_related("worry").order_by("worry__order")),
        "care": looking_back.aftercare_of(activity),
        "pauses": pauses,
    }


def _planned(activity: Activity) -> Activity:
    """404 for what has no plan: there is nothing to look back on."""
    plan_for(activity)
    return activity


def _is_open(activity: Activity) -> bool:
    return activity.is_past(clock.now())


@form_page
def after_mine(request: HttpRequest, pk: UUID) -> HttpResponse:
    activity, person = _planned(seen_activity(request, pk)), person_of(request)
    mine = looking.voice_of(activity, person)
    form = VoiceForm(request.POST if request.method == "POST" else None, initial=VoiceForm.restored(mine))
    if _is_open(activity) and form.is_valid():
        looking.say(activity=activity, author=person, **form.cleaned_data)
        messages.success(request, _("Thank you. You can change it, or take it back."))
        return redirect("after", pk=pk)
    told = {"form": form, "activity": activity, "mine": mine, "is_open": _is_open(activity)}
    return render(request, "riskassessment/after/mine.html", told | {"private": True})


@require_POST
def after_take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    activity = _planned(seen_activity(request, pk))
    looking.take_back(activity=activity, author=person_of(request))
    messages.success(request, _("Taken back. Nothing of it is kept."))
    return redirect("after", pk=pk)


@require_safe
@login_not_required
def joined_after(request: HttpRequest, token: str) -> HttpResponse:
    """To the session that a guest is asked about now; its own address stays that session's."""
    session = today.guests_last(guest_by(token).assessment, clock.now())
    return redirect("joined_session", token=token, pk=session.pk)


def _guests_session(guest: Guest, pk: UUID) -> Activity:
    return session_with(guest.assessment, pk)


@form_page
@login_not_required
def joined_session(request: HttpRequest, token: str, pk: UUID) -> HttpResponse:
    guest = guest_by(token)
    activity = _guests_session(guest, pk)
    mine = looking.voice_of(activity, guest)
    form = VoiceForm(request.POST if request.method == "POST" else None, initial=VoiceForm.restored(mine))
    if _is_open(activity) and form.is_valid():
        looking.say(activity=activity, author=guest, **form.cleaned_data)
        messages.success(request, _("Thank you. You can change it, or take it back."))
        return redirect("joined_session", token=token, pk=pk)
    told = {"form": form, "activity": activity, "mine": mine, "token": token, "private": True}
    said = looking.spoken_of(guest.assessment, guest)
    told |= {"is_open": _is_open(activity), "others": [each for each in said if each.pk != pk]}
    return render(request, "riskassessment/after/mine.html", told)


@require_POST
@login_not_required
def joined_session_take_back(request: HttpRequest, token: str, pk: UUID) -> HttpResponse:
    guest = guest_by(token)
    looking.take_back(activity=_guests_session(guest, pk), author=guest)
    messages.success(request, _("Taken back. Nothing of it is kept."))
    return redirect("joined_session", token=token, pk=pk)


@form_page
@needs(Verb.PLAN_ACTIVITIES)
def after_write(request: HttpRequest, pk: UUID) -> HttpResponse:
    activity = led_activity(request, pk)
    form = _review_form(request, activity)
    if _is_open(activity) and form.is_valid():
        columns = form.columns()
        seen = columns.pop("version") or 0
        looking.write(activity=activity, by=person_of(request), version=seen, uses=form.uses(), **columns)
        messages.success(request, _("Saved."))
        return redirect("after", pk=pk)
    told = {"form": form, "activity": activity, "is_open": _is_open(activity)}
    return render(request, "riskassessment/after/write.html", told)


def _review_form(request: HttpRequest, activity: Activity) -> ReviewForm:
    worries = list(plan_for(activity).worries.filter(removed_at=None))
    initial = ReviewForm.restored(_review(activity), list(activity.outcomes.all()))
    return ReviewForm(request.POST if request.method == "POST" else None, worries=worries, initial=initial)


@form_page
@needs(Verb.PLAN_ACTIVITIES)
def after_care(request: HttpRequest, pk: UUID) -> HttpResponse:
    activity = _planned(led_activity(request, pk))
    lines = looking_back.aftercare_of(activity)
    form = AftercareForm(request.POST if request.method == "POST" else None, lines=lines)
    if form.is_valid():
        for said in form.said():
            looking.plan_aftercare(activity=activity, by=person_of(request), **said)
        messages.success(request, _("Saved."))
        return redirect("after", pk=pk)
    told = {"form": form, "activity": activity}
    return render(request, "riskassessment/after/care.html", told)


@require_safe
def feedback(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Those who facilitate see it before it is published; everybody else once it is."""
    assessment = seen_assessment(request, pk)
    told = {"assessment": assessment, "activity": assessment.activity, "form": FeedBackForm()}
    told["told"] = feeding_back.told(assessment)
    told["leads"] = assessment.activity.is_led_by(person_of(request))
    told["sees_activity"] = assessment.activity.is_visible_to(person_of(request))
    return render(request, "riskassessment/after/feedback.html", told)


@require_POST
@needs(Verb.PLAN_ACTIVITIES)
def feedback_publish(request: HttpRequest, pk: UUID) -> HttpResponse:
    assessment = led_assessment(request, pk)
    form = FeedBackForm(request.POST)
    if form.is_valid():
        looking.feed_back(assessment=assessment, by=person_of(request), **form.cleaned_data)
        messages.success(request, _("Everybody who took part can read it now."))
        return redirect("feedback", pk=pk)
    told = {"assessment": assessment, "activity": assessment.activity, "form": form, "leads": True}
    told |= {"sees_activity": True, "told": feeding_back.told(assessment)}
    return render(request, "riskassessment/after/feedback.html", told)
