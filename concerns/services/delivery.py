"""Mail that did not arrive: who is told of it, and what somebody may do about it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from concerns.models import Exclusion
from concerns.services import kept_apart
from safeguarding import audit, clock, outbox
from safeguarding.contacts.models import Contact
from safeguarding.outbox import OutboxMessage
from safeguarding.people.models import Person
from safeguarding.permissions import Role, Verb, authorise
from safeguarding.transitions import Conflict

ALARM = "not_delivered"
ALARM_AGAIN_AFTER = timedelta(hours=1)  # one mail an hour stands for all; the list has each of them
ALARMED = (Role.LEAD, Role.DEPUTY, Role.ADMINISTRATOR)


def alarm_due(*, now: datetime) -> int:
    """Mail those who can mend it. Returns how many messages were new in trouble."""
    fresh = list(OutboxMessage.objects.undelivered().filter(alarmed_at=None).values_list("pk", flat=True))
    for pk in fresh:
        with transaction.atomic():
            free = OutboxMessage.objects.select_for_update(skip_locked=True)
            message = free.filter(pk=pk, alarmed_at=None).first()
            if message is not None:
                _alarm(message, now)
    return len(fresh)


def _alarm(message: OutboxMessage, now: datetime) -> None:
    message.alarmed_at = now
    message.save(update_fields=["alarmed_at"])
    if message.kind == ALARM:  # an alarm that does not arrive raises no other: the banner shows it
        return
    for person in who_can_mend(message):
        lately = OutboxMessage.objects.filter(kind=ALARM, to=person.email)
        if not lately.filter(created_at__gt=now - ALARM_AGAIN_AFTER).exists():
            outbox.queue(ALARM, to=person.email, person_id=person.pk)


def who_can_mend(message: OutboxMessage) -> list[Person]:
    """Lead, deputies and administrators: not the one it was for, nobody kept out of what it is about."""
    able = Person.objects.holding(*ALARMED).exclude(email__iexact=message.to)
    if message.about_id is not None:
        kept_out = Exclusion.objects.filter(concern_id=message.about_id)
        able = able.exclude(pk__in=kept_out.values("person_id"))
        for people in kept_apart.people_of(message.about_id):
            able = able.exclude(pk__in=people)
    return list(able.order_by("email"))


def address_today(message: OutboxMessage) -> str:
    """Where the same person is reached now: their address may have been mended."""
    if message.person_id is None:
        return message.to
    contacts = Contact.objects.current(clock.now()).filter(person_id=message.person_id)
    address = contacts.filter(confirmed_at__isnull=False).order_by("order").values_list("email", flat=True)
    person = Person.objects.filter(pk=message.person_id).values_list("email", flat=True)
    return address.first() or person.first() or message.to


@transaction.atomic
def send_again(*, message: OutboxMessage, by: Person) -> None:
    """Try once more, at the address of today. Raises Conflict when somebody dealt with it first."""
    authorise(by, Verb.SEE_DELIVERY)
    if not outbox.send_again(message=message, to=address_today(message)):
        raise Conflict(message)
    audit.record("message_sent_again", by=by, about=message, thing=str(message.about_id or ""))


@transaction.atomic
def settle(*, message: OutboxMessage, by: Person, how: outbox.Settled) -> None:
    """Say that it was dealt with: the alarm ends. Raises Conflict when somebody was first."""
    authorise(by, Verb.SEE_DELIVERY)
    if not outbox.settle(message=message, by_id=by.pk, how=how):
        raise Conflict(message)
    audit.record("message_settled", by=by, about=message, thing=str(message.about_id or ""), how=how)
