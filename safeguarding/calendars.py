"""Calendars as iCalendar (RFC 5545): the only importer of `icalendar`.

Times are in UTC, which needs no time zone beside it. The same entries give the same bytes, for the ETag.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from safeguarding import crypto


@dataclass(frozen=True)
class Entry:
    """A day as a date, a moment as an aware time; an end may be missing, and a last day is the one after."""

    uid: str
    stamp: datetime
    summary: str
    begins: date | datetime
    ends: date | datetime | None = None
    sequence: int = 0
    place: str = ""
    is_cancelled: bool = False
    is_private: bool = False


def write(entries: Iterable[Entry], *, name: str) -> bytes:
    """`name` says what kind of things it holds; a calendar programme shows the organisation's."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.ORGANISATION_NAME or 'safeguarding'}//{name}//")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", settings.ORGANISATION_NAME or _("Activities"))
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.stamp)
    event.add("sequence", entry.sequence)
    event.add("summary", entry.summary)
    event.add("dtstart", entry.begins)
    if entry.ends is not None:
        event.add("dtend", entry.ends)
    if entry.place:
        event.add("location", entry.place)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("class", "PRIVATE" if entry.is_private else "PUBLIC")
    return event


def answer(request: HttpRequest, content: bytes) -> HttpResponseBase:
    """A calendar programme asks often: it is told when nothing is new."""
    etag = quote_etag(crypto.token_hash(content.decode()).hex())
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
    return get_conditional_response(request, etag=etag, response=response) or response
