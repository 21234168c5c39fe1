"""Before a change leaves people without an answer, it is asked for twice; then an alarm goes out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction

from safeguarding import audit, outbox
from safeguarding.contacts import standing
from safeguarding.contacts.models import Contact
from safeguarding.contacts.standing import Gap
from safeguarding.people.models import Person
from safeguarding.permissions import ROLES, Verb

MANAGERS = tuple(role for role, verbs in ROLES.items() if Verb.MANAGE_CONTACTS in verbs)


class NotSureYet(Exception):
    """The change opens a grave gap, and nobody said yes to that. Says who would get concerns then."""

    def __init__(self, gaps: Sequence[Gap], receivers: Sequence[Contact]) -> None:
        super().__init__("the change opens a gap")
        self.gaps, self.receivers = tuple(gaps), tuple(receivers)


class Refused(Exception):
    """A change that cannot be; the message says why, in words for a person."""


def locked(now: datetime) -> list[Contact]:
    """The current contacts, held until commit: two who leave at once must see one another."""
    pks = (
        Contact.objects.filter(valid_to=None).order_by("pk").select_for_update().values_list("pk", flat=True)
    )
    list(pks)
    return standing.current(now)


def opens(rows: Sequence[Contact], after: Sequence[Contact], now: datetime) -> list[Gap]:
    """The grave gaps that a change from `rows` to `after` opens."""
    before = standing.gaps_of(rows, now)
    return [gap for gap in standing.gaps_of(after, now) if gap.is_urgent and gap not in before]


def check(
    contact: Contact, *, now: datetime, sure: bool, changed: Callable[[Contact], Contact | None]
) -> list[Gap]:
    """The grave gaps that a change opens. Raises NotSureYet unless somebody is sure."""
    rows = locked(now)
    changed_rows = [changed(row) if row.pk == contact.pk else row for row in rows]
    after = [row for row in changed_rows if row is not None]
    opened = opens(rows, after, now)
    if opened and not sure:
        raise NotSureYet(opened, standing.receivers(after, now).contacts)
    return opened


@transaction.atomic
def sound_alarm(gaps: Sequence[Gap], *, by: Person, about: Contact) -> None:
    """A message to everybody else who can change the contacts; nothing where no gap opened."""
    if not gaps:
        return
    audit.record("contacts_gap_opened", by=by, about=about, gaps=[gap.value for gap in gaps])
    for person in Person.objects.holding(*MANAGERS).exclude(pk=by.pk):
        outbox.queue("contacts_alarm", to=person.email, person_id=person.pk, gaps=list(gaps))
