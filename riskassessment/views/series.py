"""Activities that come again: beginning a series, the question before each session, and sessions that do not take place."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from riskassessment import rhythm, standing
from riskassessment.forms.series import CancelForm, DifferentForm, SeriesForm, SessionAloudForm
from riskassessment.models import Activity, Series
from riskassessment.services import checking
from riskassessment.services import series as coming_again
from riskassessment.views.fetching import led_activity
from riskassessment.views.not_yet import NOT_YET, WHY
from safeguarding import clock
from safeguarding.access import form_page, found, needs, person_of
from safeguarding.permissions import Verb

MOST_SESSIONS = 12  # that a page names


def told_of(activity: Activity) -> dict[str, Any]:
    """For the activity's page: its series with the sessions to come, and the question before this one."""
    if activity.series is None:
        return {}
    sessions = Activity.objects.filter(series=activity.series).coming(clock.now())[:MOST_SESSIONS]
    return {
        "series": activity.series,
        "how_often": rhythm.in_words(activity.series),
        "sessions": standing.of(sessions),
        "check": checking.last(activity) if activity.is_later_session else None,
        "aloud": SessionAloudForm(),
    }


@form_page
@needs(Verb.PLAN_ACTIVITIES)
def series_begin(request: HttpRequest, pk: UUID) -> HttpResponse:
    activity = led_activity(request, pk)
    if activity.starts_at is None or activity.series is not None:
        messages.error(request, _("Say first on which day it takes place. Then it can come again."))
        return redirect("activity", pk=pk)
    begins_on = timezone.localdate(activity.starts_at)
    form = SeriesForm(request.POST if request.method == "POST" else None, begins_on=begins_on)
    if form.is_valid():
        coming_again.begin(activity=activity, by=person_of(request), **form.columns())
        messages.success(request, _("It comes again. The next sessions are in the list."))
        return redirect("activity", pk=pk)
    return render(request, "riskassessment/series/begin.html", {"form": form, "activity": activity})


@require_POST
@needs(Verb.PLAN_ACTIVITIES)
def series_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = person_of(request)
    led = Series.objects.filter(first__in=Activity.objects.led_by(person).values("pk"))
    series = found(led.select_related("first"), by=person, pk=pk)
    coming_again.end(series=series, by=person)
    messages.success(request, _("No further session is made. Those in the list stay."))
    return redirect("activity", pk=series.first_id)


@require_POST
@needs(Verb.PLAN_ACTIVITIES)
def session_same(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One tap: nothing is different this time."""
    activity = led_activity(request, pk)
    if _answered(request, activity):
        messages.success(request, _("Noted. What you agreed holds for this session too."))
    return redirect("activity", pk=pk)


@form_page
@needs(Verb.PLAN_ACTIVITIES)
def session_different(request: HttpRequest, pk: UUID) -> HttpResponse:
    activity = led_activity(request, pk)
    check = checking.last(activity)
    initial = {"different": check.different, "said_by": check.said_by} if check else {}
    form = DifferentForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        if _answered(request, activity, **form.cleaned_data):
            messages.success(request, _("Noted. Read it aloud to the group, and agree on it."))
        return redirect("activity", pk=pk)
    return render(request, "riskassessment/series/different.html", {"form": form, "activity": activity})


def _answered(request: HttpRequest, activity: Activity, **words: str) -> bool:
    """Whether it could be answered; otherwise the page says why not."""
    try:
        checking.answer(activity=activity, by=person_of(request), **words)
    except checking.NotAgreed:
        messages.error(request, _("The plan is not agreed as it stands. Agree on it first."))
        return False
    except NOT_YET as why:
        messages.error(request, WHY[type(why)])
        return False
    return True


@require_POST
@needs(Verb.PLAN_ACTIVITIES)
def session_agree(request: HttpRequest, pk: UUID) -> HttpResponse:
    activity, form = led_activity(request, pk), SessionAloudForm(request.POST)
    check = checking.last(activity)
    if check is None or not form.is_valid():
        return redirect("activity", pk=pk)
    try:
        checking.agree(check=check, by=person_of(request), **form.cleaned_data)
    except checking.NotAgreed:
        messages.error(request, _("The plan has changed since. Agree on it first, and then ask again."))
    except NOT_YET as why:
        messages.error(request, WHY[type(why)])
    else:
        messages.success(request, _("Agreed for this session."))
    return redirect("activity", pk=pk)


@form_page
@needs(Verb.PLAN_ACTIVITIES)
def activity_cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    activity = led_activity(request, pk)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        coming_again.cancel(activity=activity, by=person_of(request), **form.cleaned_data)
        messages.success(request, _("Cancelled. It stays in the list, with your reason."))
        return redirect("activity", pk=pk)
    return render(request, "riskassessment/series/cancel.html", {"form": form, "activity": activity})


@require_POST
@needs(Verb.PLAN_ACTIVITIES)
def activity_bring_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    coming_again.bring_back(activity=led_activity(request, pk), by=person_of(request))
    messages.success(request, _("It takes place after all."))
    return redirect("activity", pk=pk)
