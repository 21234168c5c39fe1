"""An address counts once somebody there opened a one-time link. Only its hash is kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from safeguarding import audit, clock, crypto, outbox
from safeguarding.contacts.models import Contact
from safeguarding.contacts.services.succession import succeed
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, authorise

GOOD_FOR = timedelta(days=14)
NOT_AGAIN_FOR = timedelta(minutes=1)


def queue_link(contact: Contact, *, to: str) -> None:
    """A fresh link; the one before it stops working. The words of the mail are sealed in the outbox."""
    token = crypto.token()
    contact.confirm_hash, contact.confirm_sent_at = crypto.token_hash(token), clock.now()
    contact.save(update_fields=["confirm_hash", "confirm_sent_at"])
    outbox.queue(
        "confirm_contact",
        to=to,
        person_id=contact.person_id,
        about_id=contact.pk,
        token=token,
        role=contact.get_kind_display(),
        good_for_days=GOOD_FOR.days,
    )


@transaction.atomic
def send_again(*, contact: Contact, by: Person) -> bool:
    """Whether a new link was sent: not when none is needed, or one went out this minute."""
    authorise(by, Verb.MANAGE_CONTACTS)
    contact = Contact.objects.select_for_update().get(pk=contact.pk)
    now = clock.now()
    just_sent = contact.confirm_sent_at is not None and now - contact.confirm_sent_at < NOT_AGAIN_FOR
    if just_sent or not contact.awaits_confirmation or not contact.is_current(now):
        return False
    outbox.withdraw(about_id=contact.pk, kinds=["confirm_contact"])
    queue_link(contact, to=contact.new_email or contact.email)
    audit.record("contact_link_sent", by=by, about=contact)
    return True


def by_token(token: str, *, now: datetime) -> Contact | None:
    """The standing contact that a link belongs to, while the link is good or once it has been used."""
    contact = Contact.objects.current(now).filter(confirm_hash=crypto.token_hash(token)).first()
    if contact is None or contact.confirm_sent_at is None:
        return None
    fresh = now - contact.confirm_sent_at < GOOD_FOR
    return contact if fresh or not contact.awaits_confirmation else None


@transaction.atomic
def confirm(*, contact: Contact) -> Contact:
    """Whoever holds the link is the contact; a second time changes nothing. Returns the row that serves."""
    row = Contact.objects.select_for_update().get(pk=contact.pk)
    if not row.awaits_confirmation:
        return row
    now = clock.now()
    if row.new_email:
        row = succeed(row, now=now, email=row.new_email, new_email="", confirmed_at=now)
    else:
        row.confirmed_at = now
        row.save(update_fields=["confirmed_at"])
    audit.record("contact_confirmed", by=audit.Other.VISITOR, about=row)
    return row


def forget_new_address(contact: Contact) -> None:
    """The old address is wanted after all: the link to the new one stops working."""
    contact.new_email, contact.confirm_hash = "", None
    contact.save(update_fields=["new_email", "confirm_hash"])
    outbox.withdraw(about_id=contact.pk, kinds=["confirm_contact"])
