"""Away until a day, and back. A contact says it for themselves; those who manage contacts, for anybody."""

from __future__ import annotations

import copy
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from safeguarding import audit, clock
from safeguarding.contacts.models import Contact
from safeguarding.contacts.services import alarms, guard
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can

LONGEST = timedelta(days=366)


def _authorise(contact: Contact, by: Person) -> None:
    if contact.person_id != by.pk and not can(by, Verb.MANAGE_CONTACTS):
        raise PermissionDenied("neither themselves nor somebody who manages contacts")


def start_of(day: date) -> datetime:
    return datetime.combine(day, time(0), ZoneInfo(settings.TIME_ZONE))


@transaction.atomic
def go_away(*, contact: Contact, by: Person, back_on: date, sure: bool = False) -> None:
    """Passed over until the morning of the day they are back. Raises NotSureYet, as `naming.end` does."""
    _authorise(contact, by)
    now, until = clock.now(), start_of(back_on)
    if not now < until < now + LONGEST:
        raise guard.Refused(_("Choose a day after today, within a year."))
    guard.check(contact, now=now, sure=sure, changed=lambda row: _away(row, until))
    if not Contact.objects.filter(pk=contact.pk, valid_to=None).update(away_until=until):
        raise guard.Refused(_("This person is no longer a contact."))
    audit.record("contact_away", by=by, about=contact, until=until.isoformat())
    alarms.look(now=now, by=by, about=contact)


def _away(contact: Contact, until: datetime) -> Contact:
    changed = copy.copy(contact)
    changed.away_until = until
    return changed


@transaction.atomic
def come_back(*, contact: Contact, by: Person) -> None:
    """Twice is once."""
    _authorise(contact, by)
    rows = Contact.objects.filter(pk=contact.pk, valid_to=None, away_until__isnull=False)
    if rows.update(away_until=None):
        audit.record("contact_back", by=by, about=contact)
