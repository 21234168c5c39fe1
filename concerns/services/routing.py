"""Who is told of a concern, how the mail says it, and by when somebody must have acknowledged it.

Whom the contacts' rules name first is in `contacts.standing`; who is told next, when nobody
acknowledges, in `escalation`.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.conf import settings
from django.db import connection

from concerns.enums import HowSoon, Step, Under18, WhyTold
from concerns.models import Concern, Telling
from concerns.services import letters
from safeguarding import clock, outbox
from safeguarding.contacts import hours, standing
from safeguarding.contacts.models import Contact, ContactKind
from safeguarding.contacts.standing import Receivers

STEP_OF: dict[str, Step] = {
    ContactKind.LEAD: Step.FIRST,
    ContactKind.DEPUTY: Step.FIRST,
    ContactKind.ALTERNATE: Step.ALTERNATE,
    ContactKind.OUTSIDE: Step.OUTSIDE,
}
MOST_AN_HOUR = 20  # messages about concerns to one contact; more are folded into one digest
HOUR = timedelta(hours=1)
DIGEST = "concerns_waiting"


def first_route(*, now: datetime, excluded: Collection[UUID] = ()) -> Receivers:
    """The people who get a concern now, given the ids of the people who are kept out."""
    return standing.receivers(standing.current(now), now, excluded=excluded)


def who_steps_in(now: datetime) -> list[Contact]:
    """Who is added when one of the usual people is kept out."""
    return list(Contact.objects.reachable(now).of_kind(ContactKind.ALTERNATE))


def acknowledge_by(
    *, now: datetime, how_soon: str, under_18: str, times: hours.Hours | None = None
) -> datetime:
    """When somebody must have acknowledged it: in the contact's working time."""
    times = times or hours.current()
    urgent = how_soon in (HowSoon.TODAY, HowSoon.NOT_SURE) or under_18 == Under18.YES
    if urgent:
        return times.add_hours(now, settings.ACKNOWLEDGE_URGENT_HOURS)
    return times.add_days(now, settings.ACKNOWLEDGE_WORKING_DAYS)


def tell(
    concern: Concern,
    contact: Contact,
    *,
    step: Step,
    why: WhyTold = WhyTold.RAISED,
    due_at: datetime | None = None,
    times: hours.Hours | None = None,
) -> Telling:
    """Queue one message that something waits, and remember who was told at which step.

    When many come at once, one digest an hour stands for the rest: nothing is dropped, it is in the list.
    """
    now = clock.now()
    if concern.held_for_review or _is_flooded(contact, now):
        message_id = _digest(contact, now)
    else:
        message_id = letters.queue_about(concern, contact, why=why, now=now, due_at=due_at, times=times).pk
    return Telling.objects.create(
        concern=concern, contact=contact, person=contact.person, step=step, at=now, message_id=message_id
    )


def _is_flooded(contact: Contact, now: datetime) -> bool:
    """Near the limit each waits for the one before, to count it too: exact unless half of it comes at once."""
    if _told_lately(contact, now) < MOST_AN_HOUR // 2:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [contact.pk.int >> 65])
    return _told_lately(contact, now) >= MOST_AN_HOUR


def _told_lately(contact: Contact, now: datetime) -> int:
    return Telling.objects.filter(contact=contact, at__gt=now - HOUR).values("pk")[:MOST_AN_HOUR].count()


def _digest(contact: Contact, now: datetime) -> UUID:
    """The id of the digest of this hour: whoever comes first queues it.

    A flood comes in parallel and nobody may wait for long: while one queues it, the others rely on it by
    its id. Were that one to fail, the next queues it, and escalation tells of each in any case.
    """
    lately = outbox.OutboxMessage.objects.filter(kind=DIGEST, to=contact.email, created_at__gt=now - HOUR)
    found = lately.exclude(state=outbox.MessageState.WITHDRAWN).order_by("-created_at").first()
    if found is not None:
        return found.pk
    digest_id = uuid5(contact.pk, f"{DIGEST} {now:%Y-%m-%d %H}")
    if _is_mine_to_queue(digest_id):
        outbox.queue(DIGEST, to=contact.email, person_id=contact.person_id, pk=digest_id)
    return digest_id


def _is_mine_to_queue(digest_id: UUID) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [digest_id.int >> 65])
        mine: bool = cursor.fetchone()[0]
    return mine and not outbox.OutboxMessage.objects.filter(pk=digest_id).exists()
