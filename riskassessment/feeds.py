"""Somebody's activities for their calendar.

It lies on phones and with other companies, so it says little: no people, no plan, no words.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from riskassessment.enums import FeedDetail
from riskassessment.models import Activity, CalendarFeed
from safeguarding import calendars
from safeguarding.calendars import Entry

KEPT_DAYS = 31  # that a past activity stays in a feed
MOST = 500  # activities in one feed


def write(feed: CalendarFeed, *, now: datetime) -> bytes:
    since = now - timedelta(days=KEPT_DAYS)
    mine = (
        Activity.objects.with_place_for(feed.person)
        .filter(starts_at__gte=since)
        .order_by("starts_at", "pk")[:MOST]
    )
    hides = feed.detail == FeedDetail.HIDDEN
    return calendars.write((_entry(activity, hides=hides) for activity in mine), name=_("Activities"))


def _entry(activity: Activity, *, hides: bool) -> Entry:
    assert activity.starts_at is not None
    return Entry(
        uid=f"{activity.pk}@activities",
        stamp=activity.created_at,
        sequence=activity.version,
        summary=_("An activity") if hides else activity.title,
        begins=_begins(activity.starts_at, activity.ends_at),
        ends=activity.ends_at,
        place="" if hides else activity.place,
        is_cancelled=activity.is_cancelled,
        is_private=True,
    )


def _begins(starts_at: datetime, ends_at: datetime | None) -> date | datetime:
    """A day without an hour stands as the whole day."""
    begins = timezone.localtime(starts_at)
    return begins.date() if begins.time() == time() and ends_at is None else starts_at
