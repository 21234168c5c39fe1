"""The reviews as a calendar that anybody may subscribe to: whole days, and no words but its name."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from django.utils.translation import gettext as _

from reviews.models import ReviewCycle
from safeguarding import calendars
from safeguarding.calendars import Entry

SHOWN = 12  # the newest, and the one ahead


def write() -> bytes:
    newest = ReviewCycle.objects.order_by("-opens_on")[:SHOWN]
    return calendars.write((_entry(cycle) for cycle in newest), name=_("Reviews"))


def _entry(cycle: ReviewCycle) -> Entry:
    """The last day of a calendar's entry is the first that does not belong to it."""
    return Entry(
        uid=f"{cycle.pk}@reviews",
        stamp=cycle.opened_at or datetime.combine(cycle.opens_on, time(), UTC),
        summary=_("Review of our statement: %(name)s") % {"name": cycle},
        begins=cycle.opens_on,
        ends=cycle.closes_on + timedelta(days=1),
    )
