"""Somebody's own address for their calendar: made and ended by themselves, and kept only as its hash."""

from __future__ import annotations

from django.db import transaction

from riskassessment.models import CalendarFeed
from safeguarding import audit, clock, crypto
from safeguarding.people.models import Person


@transaction.atomic
def make(*, by: Person, detail: str) -> str:
    """A fresh token, told once; the feed before it ends."""
    Person.objects.get_queryset().select_for_update().get(pk=by.pk)
    _end(by)
    token = crypto.token()
    feed = CalendarFeed.objects.create(
        person=by, token_hash=crypto.token_hash(token), detail=detail, made_at=clock.now()
    )
    audit.record("calendar_feed_made", by=by, about=feed, detail=detail)
    return token


@transaction.atomic
def end(*, by: Person) -> None:
    """Twice is once."""
    if _end(by):
        audit.record("calendar_feed_ended", by=by, about=by)


def _end(by: Person) -> int:
    return CalendarFeed.objects.filter(person=by, ended_at=None).update(ended_at=clock.now())


def find(token: str) -> CalendarFeed | None:
    """The standing feed of somebody who is still here."""
    feeds = CalendarFeed.objects.standing().select_related("person")
    return feeds.filter(token_hash=crypto.token_hash(token)).first()
