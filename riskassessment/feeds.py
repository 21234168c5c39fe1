"""Somebody's activities as iCalendar (RFC 5545): the only importer of `icalendar`.

A calendar lies on phones and with other companies, so it says little: no people, no plan, no words. Times
are in UTC, which needs no time zone beside it. The same activities give the same bytes, for the ETag.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from riskassessment.enums import FeedDetail
from riskassessment.models import Activity, CalendarFeed

KEPT_DAYS = 31  # that a past activity stays in a feed
MOST = 500  # activities in one feed


def write(feed: CalendarFeed, *, now: datetime) -> bytes:
    since = now - timedelta(days=KEPT_DAYS)
    mine = (
        Activity.objects.with_place_for(feed.person)
        .filter(starts_at__gte=since)
        .order_by("starts_at", "pk")[:MOST]
    )
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.ORGANISATION_NAME or 'safeguarding'}//{_('Activities')}//")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", settings.ORGANISATION_NAME or _("Activities"))
    for activity in mine:
        calendar.add_component(_event(activity, hides=feed.detail == FeedDetail.HIDDEN))
    return bytes(calendar.to_ical())


def _event(activity: Activity, *, hides: bool) -> Event:
    event = Event()
    event.add("uid", f"{activity.pk}@activities")
    event.add("dtstamp", activity.created_at)
    event.add("sequence", activity.version)
    event.add("summary", _("An activity") if hides else activity.title)
    _add_times(event, activity)
    if activity.place and not hides:
        event.add("location", activity.place)
    event.add("status", "CANCELLED" if activity.is_cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    return event


def _add_times(event: Event, activity: Activity) -> None:
    """A day without an hour stands as the whole day."""
    begins = timezone.localtime(activity.starts_at)
    if begins.time() == time() and activity.ends_at is None:
        event.add("dtstart", begins.date())
        return
    event.add("dtstart", activity.starts_at)
    if activity.ends_at is not None:
        event.add("dtend", activity.ends_at)
