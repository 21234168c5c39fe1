"""When none of those who usually get a concern can be reached, an alarm sounds: once for each such time.

An act that opens a gap sounds it in its own transaction. The periodic look finds what opened by itself,
and says when it is over, so that the next time is heard again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest

from safeguarding import audit, outbox
from safeguarding.contacts import standing
from safeguarding.contacts.models import Contact, GapAlarm
from safeguarding.contacts.standing import Gap
from safeguarding.people.models import Person
from safeguarding.permissions import ROLES, Verb

KIND = "contacts_alarm"
MANAGERS = tuple(role for role, verbs in ROLES.items() if Verb.MANAGE_CONTACTS in verbs)


@transaction.atomic
def look(*, now: datetime, by: audit.Actor = audit.Other.SYSTEM, about: Contact | None = None) -> list[Gap]:
    """Sound an alarm for each grave gap that has none yet; returns them. Any number may look at once.

    Before set-up nobody expects to be reached: /raise/ and /readyz say so, and no mail does.
    """
    rows = standing.current(now)
    holding = standing.holding(rows, now)
    sounding = GapAlarm.objects.filter(ended_at=None)
    over = sounding.exclude(gap__in=holding).update(ended_at=Greatest(F("begun_at"), now))
    fresh = [gap for gap in holding if _is_first(gap, now)] if standing.was_ever_set_up() else []
    if over:
        audit.record("contacts_gap_ended", by=by, about=about, still=holding)
    if fresh:
        audit.record("contacts_gap_opened", by=by, about=about, gaps=fresh)
        _tell(fresh[0], rows, now, by)
    return fresh


def _is_first(gap: Gap, now: datetime) -> bool:
    """Whether this call opens the alarm: the database lets one stand for each gap."""
    _alarm, is_new = GapAlarm.objects.get_or_create(gap=gap, ended_at=None, defaults={"begun_at": now})
    return is_new


def _tell(gap: Gap, rows: Sequence[Contact], now: datetime, by: audit.Actor) -> None:
    """Those who can change it, less whoever just did it, and those who get concerns meanwhile."""
    managers = _managers(rows, now)
    for person in managers:
        if person != by:
            outbox.queue(KIND, to=person.email, person_id=person.pk, gap=gap, may_change=True)
    known = {person.pk for person in managers}
    for contact in standing.receivers(rows, now).contacts:
        if contact.is_reachable(now) and contact.person_id not in known:
            outbox.queue(KIND, to=contact.email, person_id=contact.person_id, gap=gap, may_change=False)


def _managers(rows: Sequence[Contact], now: datetime) -> list[Person]:
    """Those who are there; where none is, all of them: a message that waits beats none."""
    everybody = list(Person.objects.holding(*MANAGERS).order_by("email"))
    away = {row.person_id for row in rows if row.is_away(now)}
    return [person for person in everybody if person.pk not in away] or everybody
