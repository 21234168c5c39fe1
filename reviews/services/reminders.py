"""Mails about a review: to those who hold it while it is open; afterwards up a ladder, a rung a week.

Each mail goes once to each person. A scheduler that slept sends the newest only, and then goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from reviews.enums import Occasion
from reviews.models import ReviewCycle, ReviewReminded
from reviews.windows import WEEK
from safeguarding import audit, outbox
from safeguarding.contacts import standing as contacts
from safeguarding.contacts.models import ContactKind

MORNING = time(9)  # no mail of these in the night
CLIMBED = timedelta(days=120)  # after its window: then nobody new is told, and its line stays
DUE, OVERDUE, NOBODY = "review_due", "review_overdue", "review_nobody"
LADDER = {  # after its window, in this order; the holders before them
    Occasion.OVERDUE_LEAD: ContactKind.LEAD,
    Occasion.OVERDUE_DEPUTY: ContactKind.DEPUTY,
    Occasion.OVERDUE_ALTERNATE: ContactKind.ALTERNATE,
}


@dataclass(frozen=True)
class Reader:
    """Somebody with an account, or a contact without one."""

    key: UUID
    to: str
    person_id: UUID | None


def send_due(*, now: datetime) -> int:
    """Queue what is due now. Returns how many mails. Safe beside others."""
    local = timezone.localtime(now)
    if local.time() < MORNING:
        return 0
    waiting = (
        ReviewCycle.objects.unsettled().filter(closes_on__gte=local.date() - CLIMBED).order_by("opens_on")
    )
    return sum(_remind(pk, local.date(), now) for pk in waiting.values_list("pk", flat=True))


@transaction.atomic
def _remind(pk: UUID, today: date, now: datetime) -> int:
    """The cycle's row is the lock: two schedulers take turns, and nobody says meanwhile that it was held."""
    cycle = ReviewCycle.objects.unsettled().select_for_update().filter(pk=pk).first()
    if cycle is None:
        return 0
    holders = _holders(cycle)
    if today > cycle.closes_on:
        return _climb(cycle, holders, today, now)
    occasion = cycle.window.occasion(today)
    if occasion is None:
        return 0
    return _tell(
        cycle, occasion, holders or _in_office(ContactKind.LEAD, now), today, DUE if holders else NOBODY
    )


def _holders(cycle: ReviewCycle) -> list[Reader]:
    standing = cycle.holders.standing().select_related("person").order_by("since", "pk")
    return [Reader(holder.person_id, holder.person.email, holder.person_id) for holder in standing]


def _in_office(kind: ContactKind, now: datetime) -> list[Reader]:
    rows = [c for c in contacts.current(now) if c.kind == kind and c.confirmed_at is not None]
    return [Reader(c.person_id or c.pk, c.email, c.person_id) for c in rows]


def _climb(cycle: ReviewCycle, holders: Sequence[Reader], today: date, now: datetime) -> int:
    """The next rung, a week after the one before; one on which nobody new stands is stepped over."""
    told = dict(cycle.reminded.filter(occasion__in=(Occasion.OVERDUE, *LADDER)).values_list("who", "on"))
    if told and today < max(told.values()) + WEEK:
        return 0
    rungs = [(Occasion.OVERDUE, holders), *((step, _in_office(kind, now)) for step, kind in LADDER.items())]
    for occasion, readers in rungs:
        new = [reader for reader in readers if reader.key not in told]
        if new:
            return _tell(cycle, occasion, new, today, OVERDUE)
    return 0


def _tell(cycle: ReviewCycle, occasion: Occasion, readers: Sequence[Reader], today: date, kind: str) -> int:
    return sum(_mail(cycle, occasion, reader, today, kind) for reader in readers)


def _mail(cycle: ReviewCycle, occasion: Occasion, reader: Reader, today: date, kind: str) -> int:
    _row, made = ReviewReminded.objects.get_or_create(
        cycle=cycle, occasion=occasion, who=reader.key, defaults={"on": today}
    )
    if not made:
        return 0
    outbox.queue(
        kind,
        to=reader.to,
        person_id=reader.person_id,
        about_id=cycle.pk,
        path=f"statement/reviews/{cycle.pk}/",
        name=str(cycle),
        occasion=str(occasion),
        closes_on=cycle.closes_on,
    )
    audit.record("review_reminded", by=audit.Other.SYSTEM, about=cycle, occasion=str(occasion))
    return 1
