"""Looking back on an activity, and feeding back to those who contributed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from riskassessment import feeding_back, looking_back
from riskassessment.forms.after import AftercareForm, FeedBackForm, ReviewForm, VoiceForm
from riskassessment.models import Activity, AfterReview, Assessment
from riskassessment.services import after as looking
from riskassessment.views.fetching import (
    guest_by,
    led_activity,
    led_assessment,
    seen_activity,
    seen_assessment,
)
from safeguarding import clock
from safeguarding.access import needs, person_of
from safeguarding.permissions import Verb

FORM = ["GET", "HEAD", "POST"]


def _assessment(activity: Activity) -> Assessment:
    """The plan that one looks back on; 404 where there is none."""
    found = Assessment.objects.select_related("activity", "key").filter(activity=activity).first()
    if found is None:
        raise Http404
    return found


def _review(assessment: Assessment) -> AfterReview | None:
    return AfterReview.objects.select_related("changed_by").filter(assessment=assessment).first()


@require_safe
def after(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The summary, what people say beside it, and aftercare."""
    activity = seen_activity(request, pk)
    told: dict[str, Any] = {"activity": activity, "is_past": activity.is_past(clock.now()), "private": True}
    told["leads"] = activity.is_led_by(person_of(request))
    assessment = Assessment.objects.select_related("key").filter(activity=activity).first()
    if assessment is not None:
        told |= _looked_back(assessment, leads=told["leads"])
        told["mine"] = looking.voice_of(assessment, person_of(request))
    return render(request, "riskassessment/after/after.html", told)


def _looked_back(assessment: Assessment, *, leads: bool) -> dict[str, Any]:
    pauses = list(assessment.pauses.select_related("done_by")) if leads else []
    for pause in pauses:
        pause.assessment = assessment
    return {
        "assessment": assessment,
        "review": _review(assessment),
        "heard": looking_back.heard(assessment),
        "outcomes": list(assessment.outcomes.select_related("worry").order_by("worry__order")),
        "care": looking_back.aftercare_of(assessment),
        "pauses": pauses,
    }


def _is_open(assessment: Assessment) -> bool:
    return assessment.activity.is_past(clock.now())


@require_http_methods(FORM)
def after_mine(request: HttpRequest, pk: UUID) -> HttpResponse:
    assessment, person = _assessment(seen_activity(request, pk)), person_of(request)
    mine = looking.voice_of(assessment, person)
    form = VoiceForm(request.POST if request.method == "POST" else None, initial=VoiceForm.restored(mine))
    if _is_open(assessment) and form.is_valid():
        looking.say(assessment=assessment, author=person, **form.cleaned_data)
        messages.success(request, _("Thank you. You can change it, or take it back."))
        return redirect("after", pk=pk)
    told = {"form": form, "activity": assessment.activity, "mine": mine, "is_open": _is_open(assessment)}
    return render(request, "riskassessment/after/mine.html", told | {"private": True})


@require_POST
def after_take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    assessment = _assessment(seen_activity(request, pk))
    looking.take_back(assessment=assessment, author=person_of(request))
    messages.success(request, _("Taken back. Nothing of it is kept."))
    return redirect("after", pk=pk)


@require_http_methods(FORM)
@login_not_required
def joined_after(request: HttpRequest, token: str) -> HttpResponse:
    guest = guest_by(token)
    mine = looking.voice_of(guest.assessment, guest)
    form = VoiceForm(request.POST if request.method == "POST" else None, initial=VoiceForm.restored(mine))
    if _is_open(guest.assessment) and form.is_valid():
        looking.say(assessment=guest.assessment, author=guest, **form.cleaned_data)
        messages.success(request, _("Thank you. You can change it, or take it back."))
        return redirect("joined_after", token=token)
    told = {"form": form, "activity": guest.assessment.activity, "mine": mine, "token": token}
    told |= {"is_open": _is_open(guest.assessment), "private": True}
    return render(request, "riskassessment/after/mine.html", told)


@require_POST
@login_not_required
def joined_after_take_back(request: HttpRequest, token: str) -> HttpResponse:
    guest = guest_by(token)
    looking.take_back(assessment=guest.assessment, author=guest)
    messages.success(request, _("Taken back. Nothing of it is kept."))
    return redirect("joined_after", token=token)


@require_http_methods(FORM)
@needs(Verb.PLAN_ACTIVITIES)
def after_write(request: HttpRequest, pk: UUID) -> HttpResponse:
    assessment = _assessment(led_activity(request, pk))
    form = _review_form(request, assessment)
    if _is_open(assessment) and form.is_valid():
        columns = form.columns()
        seen = columns.pop("version") or 0
        looking.write(assessment=assessment, by=person_of(request), version=seen, uses=form.uses(), **columns)
        messages.success(request, _("Saved."))
        return redirect("after", pk=pk)
    told = {"form": form, "activity": assessment.activity, "is_open": _is_open(assessment)}
    return render(request, "riskassessment/after/write.html", told)


def _review_form(request: HttpRequest, assessment: Assessment) -> ReviewForm:
    worries = list(assessment.worries.filter(removed_at=None))
    initial = ReviewForm.restored(_review(assessment), list(assessment.outcomes.all()))
    return ReviewForm(request.POST if request.method == "POST" else None, worries=worries, initial=initial)


@require_http_methods(FORM)
@needs(Verb.PLAN_ACTIVITIES)
def after_care(request: HttpRequest, pk: UUID) -> HttpResponse:
    assessment = _assessment(led_activity(request, pk))
    lines = looking_back.aftercare_of(assessment)
    form = AftercareForm(request.POST if request.method == "POST" else None, lines=lines)
    if form.is_valid():
        for said in form.said():
            looking.plan_aftercare(assessment=assessment, by=person_of(request), **said)
        messages.success(request, _("Saved."))
        return redirect("after", pk=pk)
    told = {"form": form, "activity": assessment.activity}
    return render(request, "riskassessment/after/care.html", told)


@require_safe
def feedback(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Those who facilitate see it before it is published; everybody else once it is."""
    assessment = seen_assessment(request, pk)
    told = {"assessment": assessment, "activity": assessment.activity, "form": FeedBackForm()}
    told["told"] = feeding_back.told(assessment)
    told["leads"] = assessment.activity.is_led_by(person_of(request))
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
    told["told"] = feeding_back.told(assessment)
    return render(request, "riskassessment/after/feedback.html", told)
