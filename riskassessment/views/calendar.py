"""A month of what we do together, and each member's own address for their calendar."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from riskassessment import feeds as ical
from riskassessment import limits as our_limits
from riskassessment import standing
from riskassessment.forms.series import FeedForm
from riskassessment.models import Activity, CalendarFeed
from riskassessment.months import Month
from riskassessment.services import feeds
from safeguarding import calendars, clock, limits
from safeguarding.access import form_page, person_of


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate(clock.now())
    return redirect("calendar_month", year=today.year, month=today.month)


@require_safe
def calendar_month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    shown = Month.of(year, month)
    if shown is None:
        raise Http404
    seen = Activity.objects.visible_to(person_of(request)).between(*shown.span)
    weeks = shown.weeks(standing.of(seen), today=timezone.localdate(clock.now()))
    told = {"month": shown, "weeks": weeks, "days": [day for week in weeks for day in week if day.plans]}
    return render(request, "riskassessment/calendar/month.html", told)


@form_page
def calendar_feed(request: HttpRequest) -> HttpResponse:
    """One's own page. The address is in the answer to its making, and nowhere afterwards."""
    person = person_of(request)
    form = FeedForm(request.POST if request.method == "POST" else None)
    told: dict[str, object] = {"form": form, "private": True}
    if form.is_valid():
        token = feeds.make(by=person, **form.cleaned_data)
        told["address"] = f"{settings.SITE_URL}{reverse('calendar_ics', kwargs={'token': token})}"
    told["feed"] = CalendarFeed.objects.standing().filter(person=person).first()
    return render(request, "riskassessment/calendar/feed.html", told)


@require_POST
def calendar_feed_end(request: HttpRequest) -> HttpResponse:
    feeds.end(by=person_of(request))
    messages.success(request, _("Ended. The address leads nowhere now."))
    return redirect("calendar_feed")


@require_safe
@login_not_required
def calendar_ics(request: HttpRequest, token: str) -> HttpResponseBase:
    """For a calendar program, which cannot sign in. What leads to no feed is counted, and then refused."""
    feed = feeds.find(token)
    if feed is None:
        if limits.is_over(our_limits.FEED_MISSES, limits.address_of(request)):
            return HttpResponse(status=429)
        raise Http404
    if limits.is_over(our_limits.FEED_FETCHES, str(feed.pk)):
        return HttpResponse(status=429)
    return calendars.answer(request, ical.write(feed, now=clock.now()))
