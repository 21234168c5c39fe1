"""Who is told of a concern, and who is told next when nobody acknowledges it.

Told first: the lead and the deputies, less anyone kept out. Where someone is kept out, the alternate
is added; where nobody reachable is left, the organisation's outside contact. Each is told once.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection

from concerns.enums import HowSoon, Step, Under18
from concerns.models import Concern, Telling
from safeguarding import clock, outbox
from safeguarding.contacts import hours
from safeguarding.contacts.models import Contact, ContactKind

STEP_OF: dict[str, Step] = {
    ContactKind.LEAD: Step.FIRST,
    ContactKind.DEPUTY: Step.FIRST,
    ContactKind.ALTERNATE: Step.ALTERNATE,
    ContactKind.OUTSIDE: Step.OUTSIDE,
}
HELD_DIGEST_EVERY, HELD_DIGEST_LOCK = timedelta(hours=1), 7_140_011
INSIDE = (ContactKind.LEAD, ContactKind.DEPUTY)


@dataclass(frozen=True)
class Route:
    """Who gets a concern first, and whether the usual people could."""

    contacts: tuple[Contact, ...]
    someone_kept_out: bool

    @property
    def is_last_resort(self) -> bool:
        return all(contact.kind == ContactKind.OUTSIDE for contact in self.contacts)


def first_route(*, now: datetime, excluded: Collection[UUID] = ()) -> Route:
    """The people who get a concern now, given the ids of the people who are kept out."""
    standing = list(Contact.objects.current(now).order_by("order", "valid_from", "pk"))
    usual = [c for c in standing if c.kind in INSIDE]
    left = [c for c in usual if c.person_id not in excluded and c.is_reachable(now)]
    kept_out = any(c.person_id in excluded for c in usual)
    if kept_out or not left:
        left += _reachable(standing, ContactKind.ALTERNATE, excluded, now)
    if not left:
        left = _reachable(standing, ContactKind.OUTSIDE, excluded, now)
    if not left:  # everyone is away: a message that waits beats none
        left = [c for c in standing if c.person_id not in excluded and c.confirmed_at is not None]
    return Route(contacts=tuple(left), someone_kept_out=kept_out)


def _reachable(
    standing: Sequence[Contact], kind: ContactKind, excluded: Collection[UUID], now: datetime
) -> list[Contact]:
    return [c for c in standing if c.kind == kind and c.is_reachable(now) and c.person_id not in excluded]


def is_set_up(now: datetime) -> bool:
    """Whether any lead, deputy or alternate has a confirmed address: before that, /raise/ shows other ways."""
    kinds = (*INSIDE, ContactKind.ALTERNATE)
    return Contact.objects.current(now).filter(kind__in=kinds, confirmed_at__isnull=False).exists()


def was_ever_set_up() -> bool:
    """Whether there was ever somebody with a confirmed address: from then on, raising never closes."""
    kinds = (*INSIDE, ContactKind.ALTERNATE)
    return Contact.objects.filter(kind__in=kinds, confirmed_at__isnull=False).exists()


def acknowledge_by(*, now: datetime, how_soon: str, under_18: str) -> datetime:
    """When somebody must have acknowledged it: in the contact's working time."""
    urgent = how_soon in (HowSoon.TODAY, HowSoon.NOT_SURE) or under_18 == Under18.YES
    if urgent:
        return hours.current().add_hours(now, settings.ACKNOWLEDGE_URGENT_HOURS)
    return hours.current().add_days(now, settings.ACKNOWLEDGE_WORKING_DAYS)


def tell(concern: Concern, contact: Contact, *, step: Step, due_at: datetime | None = None) -> Telling:
    """Queue one message that something waits, and remember who was told at which step."""
    now = clock.now()
    message = outbox.queue(
        "concern_waiting",
        to=contact.email,
        person_id=contact.person_id,
        about_id=concern.pk,
        due_at=due_at,
        reference=concern.reference,
        how_soon=concern.get_how_soon_display(),
        under_18=concern.under_18 == Under18.YES,
        step=step,
        raised_at=concern.raised_at,
        acknowledge_by=concern.acknowledge_by,
        outside_hours=not hours.current().is_open(now),
    )
    return Telling.objects.create(
        concern=concern, contact=contact, person=contact.person, step=step, at=now, message_id=message.pk
    )


def tell_of_held(concern: Concern, contact: Contact, *, step: Step) -> Telling:
    """Remember that a contact is told of a held concern by the digest of this hour; queue it if there is none."""
    now = clock.now()
    with connection.cursor() as cursor:  # a flood comes in parallel: one of them queues, the others find it
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [HELD_DIGEST_LOCK])
    sent = outbox.OutboxMessage.objects.filter(kind="concerns_held", to=contact.email)
    digest = sent.filter(created_at__gt=now - HELD_DIGEST_EVERY).order_by("-created_at").first()
    if digest is None:
        digest = outbox.queue("concerns_held", to=contact.email, person_id=contact.person_id)
    return Telling.objects.create(
        concern=concern, contact=contact, person=contact.person, step=step, at=now, message_id=digest.pk
    )
