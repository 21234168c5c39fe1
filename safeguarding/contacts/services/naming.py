"""Who is a contact: added, changed, put in order, ended. A row is never deleted: it gets an end.

What says *who got it* (name, address) ends the row and begins a new one, so that the history stays
true. How to ring them, what they do and whether the public sees it are changed in place.
"""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from safeguarding import audit, clock, outbox
from safeguarding.contacts.models import Contact, ContactKind
from safeguarding.contacts.services import alarms, confirming, guard
from safeguarding.contacts.services.succession import succeed
from safeguarding.people.models import Person
from safeguarding.permissions import Role, Verb, authorise

ROLE_FOR: dict[str, Role] = {
    ContactKind.LEAD: Role.LEAD,
    ContactKind.DEPUTY: Role.DEPUTY,
    ContactKind.ALTERNATE: Role.ALTERNATE,
}


@transaction.atomic
def add(
    *,
    by: Person,
    kind: ContactKind,
    person: Person | None = None,
    name: str = "",
    email: str = "",
    role_title: str = "",
    phone: str = "",
    shown_publicly: bool = True,
) -> Contact:
    """A new contact, and a link to confirm its address. Without an address, that of the account."""
    authorise(by, Verb.MANAGE_CONTACTS)
    _check_fits(kind, person)
    now = clock.now()
    contact = Contact(
        kind=kind,
        person=person,
        name=person.preferred_name if person else name,
        email=email or (person.email if person else ""),
        role_title=role_title,
        phone=phone,
        shown_publicly=shown_publicly,
        order=Contact.objects.current(now).filter(kind=kind).count() + 1,
        valid_from=now,
    )
    contact.save(force_insert=True)
    audit.record("contact_added", by=by, about=contact, kind=kind)
    confirming.queue_link(contact, to=contact.email)
    return contact


def _check_fits(kind: ContactKind, person: Person | None) -> None:
    """Raises Refused unless the person holds the role and is no contact yet."""
    if kind == ContactKind.OUTSIDE:
        return
    if person is None or not Person.objects.holding(ROLE_FOR[kind]).filter(pk=person.pk).exists():
        raise guard.Refused(_("Choose somebody who holds this role."))
    if Contact.objects.filter(person=person, valid_to=None).exists():
        raise guard.Refused(_("%(name)s is a contact already.") % {"name": person.preferred_name})


@transaction.atomic
def change(
    *,
    contact: Contact,
    by: Person,
    name: str,
    email: str,
    role_title: str,
    phone: str,
    shown_publicly: bool,
) -> Contact:
    """The contact as it stands afterwards. A new address serves once it is confirmed; until then, the old."""
    authorise(by, Verb.MANAGE_CONTACTS)
    contact = standing_row(contact)
    wanted = {"role_title": role_title, "phone": phone, "shown_publicly": shown_publicly}
    changed = [column for column, value in wanted.items() if getattr(contact, column) != value]
    for column in changed:
        setattr(contact, column, wanted[column])
    contact.save(update_fields=changed)
    renamed = contact.person_id is None and bool(name) and name != contact.name
    if renamed:
        contact = succeed(contact, now=clock.now(), name=name)
    moved = email.lower() not in (contact.email.lower(), contact.new_email.lower())
    if moved:
        contact.new_email = email
        contact.save(update_fields=["new_email"])
    if back := bool(contact.new_email) and email.lower() == contact.email.lower():
        confirming.forget_new_address(contact)
    if changed or renamed or moved or back:
        audit.record("contact_changed", by=by, about=contact, columns=changed, renamed=renamed, moved=moved)
    if moved:
        confirming.queue_link(contact, to=email)
        tell_of_change(contact, by=by)
    return contact


def standing_row(contact: Contact) -> Contact:
    """The row, locked. Raises Refused when somebody ended it meanwhile."""
    row = Contact.objects.select_for_update().get(pk=contact.pk)
    if not row.is_current(clock.now()):
        raise guard.Refused(_("Somebody else has ended or changed this contact. Please look again."))
    return row


def tell_of_change(contact: Contact, *, by: Person) -> None:
    """A word to the address that served, so that nobody is taken off a list in silence."""
    if contact.person_id != by.pk and contact.confirmed_at is not None:
        outbox.queue("contact_changed", to=contact.email, person_id=contact.person_id)


@transaction.atomic
def end(*, contact: Contact, by: Person, sure: bool = False) -> None:
    """Twice is once. Raises NotSureYet when nobody usual would be left and nobody said yes to that."""
    authorise(by, Verb.MANAGE_CONTACTS)
    now = clock.now()
    guard.check(contact, now=now, sure=sure, changed=lambda row: None)
    ended = Contact.objects.filter(pk=contact.pk, valid_to=None).update(
        valid_to=now, confirm_hash=None, new_email=""
    )
    if not ended:
        return
    audit.record("contact_ended", by=by, about=contact)
    tell_of_change(contact, by=by)
    alarms.look(now=now, by=by, about=contact)


@transaction.atomic
def move_up(*, contact: Contact, by: Person) -> None:
    """One place nearer to the first of its kind; the first stays."""
    authorise(by, Verb.MANAGE_CONTACTS)
    rows = [row for row in guard.locked(clock.now()) if row.kind == contact.kind]
    place = next((number for number, row in enumerate(rows) if row.pk == contact.pk), 0)
    if place == 0:
        return
    rows[place - 1], rows[place] = rows[place], rows[place - 1]
    for order, row in enumerate(rows, start=1):
        row.order = order
        row.save(update_fields=["order"])
    audit.record("contacts_reordered", by=by, about=contact, place=place)
