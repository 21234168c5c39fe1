"""How long ago, and when, in words. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
MONTH, YEAR = timedelta(days=30), timedelta(days=365)


def span(length: timedelta) -> str:
    """One unit is enough: "3 hours", "2 weeks"."""
    if length < HOUR:
        n = max(int(length / timedelta(minutes=1)), 1)
        return ngettext("%(n)s minute", "%(n)s minutes", n) % {"n": n}
    if length < DAY:
        n = int(length / HOUR)
        return ngettext("%(n)s hour", "%(n)s hours", n) % {"n": n}
    if length < 2 * WEEK:
        n = int(length / DAY)
        return ngettext("%(n)s day", "%(n)s days", n) % {"n": n}
    if length < 2 * MONTH:
        n = int(length / WEEK)
        return ngettext("%(n)s week", "%(n)s weeks", n) % {"n": n}
    if length < 2 * YEAR:
        n = int(length / MONTH)
        return ngettext("%(n)s month", "%(n)s months", n) % {"n": n}
    n = int(length / YEAR)
    return ngettext("%(n)s year", "%(n)s years", n) % {"n": n}


def ago(moment: datetime, now: datetime) -> str:
    if now - moment < timedelta(minutes=1):
        return _("just now")
    return _("%(span)s ago") % {"span": span(now - moment)}


def when(moment: datetime | None, *, day_only: bool = False) -> str:
    """A moment in the reader's zone: "3 May 2026, 14:30"; without its time of day where none was said."""
    if moment is None:
        return ""
    return formats.date_format(timezone.localtime(moment), "j F Y" if day_only else "j F Y, H:i")
