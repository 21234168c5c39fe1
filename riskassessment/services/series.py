"""A series: its sessions are made ahead, each once, and each can be moved or cancelled alone."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import islice

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from riskassessment import rhythm as rhythms
from riskassessment.models import Activity, Part, Series
from riskassessment.services.activities import lead
from safeguarding import audit, clock
from safeguarding.audit import Other
from safeguarding.people.models import Person

AHEAD = 3  # sessions that are made before their time
COPIED = (  # what a session takes over from the first, as it stands when the session is made
    *("kind", "purpose", "mode", "place", "scope", "scope_why", "recording", "paid", "expected", "host"),
    *("support", "under_18", "route_seen_at", "route_seen_by", "organiser"),
)
COPIED_OF_PARTS = (
    *("order", "title", "what_happens", "minutes", "content_note", "another_way", "for_everybody"),
    *("intended",),
)


class NoDay(Exception):
    """A series needs a first day."""


@transaction.atomic
def begin(
    *, activity: Activity, by: Person, rhythm: str, weeks: int = 1, until: date | None = None
) -> Series:
    """Let an activity come again; its sessions share its plan. Twice is once. Raises NoDay."""
    lead(activity, by)
    locked = Activity.objects.select_for_update().get(pk=activity.pk)
    if locked.series is not None:
        return locked.series
    if locked.starts_at is None:
        raise NoDay
    begins = timezone.localtime(locked.starts_at)
    made = Series.objects.create(
        first=locked,
        title=locked.title,
        rhythm=rhythm,
        weeks=weeks,
        begins_on=begins.date(),
        begins_at=begins.time(),
        minutes=_minutes(locked),
        until=until,
        begun_at=clock.now(),
        begun_by=by,
    )
    Activity.objects.filter(pk=activity.pk).update(series=made, series_day=made.begins_on)
    audit.record("series_begun", by=by, about=made, first=str(activity.pk))
    _make_ahead(made, clock.now(), by)
    activity.refresh_from_db()
    return made


def _minutes(activity: Activity) -> int | None:
    if activity.ends_at is None or activity.starts_at is None:
        return None
    return int((activity.ends_at - activity.starts_at) / timedelta(minutes=1))


def make_due(*, now: datetime) -> int:
    """Make the sessions that are due to be there; returns how many. Any number may look at once."""
    going_on = Series.objects.going_on(timezone.localdate(now))
    return sum(_look_at(series, now) for series in going_on if _missing(series, now))


@transaction.atomic
def _look_at(series: Series, now: datetime) -> int:
    """One look after another at each series: the second finds nothing missing."""
    locked = Series.objects.select_for_update().filter(pk=series.pk, ended_at=None).first()
    return _make_ahead(locked, now, Other.SYSTEM) if locked else 0


def _missing(series: Series, now: datetime) -> list[date]:
    """Of the next days of the rhythm those without a session; a cancelled or moved one is there."""
    ahead = list(islice(rhythms.days(series, since=timezone.localdate(now)), AHEAD))
    there = set(series.sessions.filter(series_day__in=ahead).values_list("series_day", flat=True))
    return [day for day in ahead if day not in there]


def _make_ahead(series: Series, now: datetime, by: Person | Other) -> int:
    missing = _missing(series, now)
    for day in missing:
        _make(series, day, by)
    return len(missing)


def _make(series: Series, day: date, by: Person | Other) -> None:
    starts_at, ends_at = rhythms.moments(series, day)
    first = series.first
    session = Activity.objects.create(
        title=series.title,
        series=series,
        series_day=day,
        starts_at=starts_at,
        ends_at=ends_at,
        created_at=clock.now(),
        **{name: getattr(first, name) for name in COPIED},
    )
    parts = first.parts.filter(removed_at=None)
    copies = [{name: getattr(part, name) for name in COPIED_OF_PARTS} for part in parts]
    Part.objects.bulk_create([Part(activity=session, **columns) for columns in copies])
    audit.record("activity_planned", by=by, about=session, series=str(series.pk))


@transaction.atomic
def end(*, series: Series, by: Person) -> None:
    """No further session is made; those that are there stay. Twice is once."""
    lead(series.first, by)
    if Series.objects.filter(pk=series.pk, ended_at=None).update(ended_at=clock.now(), ended_by=by):
        audit.record("series_ended", by=by, about=series)


@transaction.atomic
def cancel(*, activity: Activity, by: Person, why: str) -> None:
    """It does not take place; the reason is shown. The others of its series stay. Twice is once."""
    lead(activity, by)
    standing = Activity.objects.filter(pk=activity.pk, cancelled_at=None)
    if standing.update(
        cancelled_at=clock.now(), cancelled_by=by, cancelled_why=why, version=F("version") + 1
    ):
        audit.record("activity_cancelled", by=by, about=activity)


@transaction.atomic
def bring_back(*, activity: Activity, by: Person) -> None:
    """It takes place after all. Twice is once."""
    lead(activity, by)
    cancelled = Activity.objects.filter(pk=activity.pk, cancelled_at__isnull=False)
    columns = {"cancelled_at": None, "cancelled_by": None, "cancelled_why": ""}
    if cancelled.update(**columns, version=F("version") + 1):
        audit.record("activity_brought_back", by=by, about=activity)
