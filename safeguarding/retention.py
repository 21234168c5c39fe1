"""What is deleted by itself, and when. Concerns are never deleted here: a person decides that."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from safeguarding import exports
from safeguarding.faults import KEPT_FOR_DAYS, Fault
from safeguarding.limits import LimitHit
from safeguarding.outbox import OutboxMessage
from safeguarding.people import kept


def purge(*, now: datetime) -> dict[str, int]:
    """Delete sessions, limits, ended messages and old files past their time; returns how many of each."""
    return {
        "sessions": Session.objects.filter(expire_date__lt=now).delete()[0],
        "visits": UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()[
            0
        ],
        "limits": LimitHit.objects.filter(ends_at__lt=now).delete()[0],
        "messages": OutboxMessage.objects.outlived(now).delete()[0],
        "files": exports.expire(now=now),
        "kept_words": kept.purge(now=now),
        "faults": Fault.objects.filter(at__lt=now - timedelta(days=KEPT_FOR_DAYS)).delete()[0],
    }
