"""The contacts, their times, help from outside, and the link that confirms an address."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

from django.utils import timezone

from safeguarding.contacts.models import Contact, ContactKind, HelpPanel
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can
from tests.access.table import Row, Who
from tests.cast import Cast

FORM, POST = ("GET", "POST"), ("POST",)
MANAGE = (Verb.MANAGE_CONTACTS,)
THEIRS = (Verb.MANAGE_CONTACTS, Verb.READ_TOLD_CONCERNS)


def the_deputy(cast: Cast, person: Person | None) -> dict[str, Any]:
    return {"pk": Contact.objects.get(person=cast.deputy).pk}


def themselves(cast: Cast, person: Person | None) -> dict[str, Any]:
    mine = Contact.objects.filter(person=person or cast.lead).first()
    return {"pk": (mine or Contact.objects.get(person=cast.lead)).pk}


def somebody_else(cast: Cast, person: Person | None) -> dict[str, Any] | None:
    """Those who manage contacts see everybody: for them, nobody is somebody else's."""
    return None if person and can(person, Verb.MANAGE_CONTACTS) else the_deputy(cast, person)


def someone_gone(cast: Cast, person: Person | None) -> dict[str, Any]:
    pk = Contact.objects.get(kind=ContactKind.OUTSIDE).pk
    Contact.objects.filter(pk=pk).update(valid_to=timezone.now())
    return {"pk": pk}


def a_panel(cast: Cast, person: Person | None) -> dict[str, Any]:
    return {"pk": HelpPanel.objects.filter(valid_to=None).order_by("order")[0].pk}


def an_ended_panel(cast: Cast, person: Person | None) -> dict[str, Any]:
    now = timezone.now()
    panel = HelpPanel.objects.create(
        kind="outside", title="Gone", words="x", valid_from=now - timedelta(days=2), valid_to=now
    )
    return {"pk": panel.pk}


def a_lead(cast: Cast, person: Person | None) -> dict[str, Any]:
    return {"kind": "lead"}


def a_stranger(cast: Cast, person: Person | None) -> dict[str, Any]:
    return {"kind": "stranger"}


def christmas(cast: Cast, person: Person | None) -> dict[str, Any]:
    return {"year": 2026, "month": 12, "day": 25}


def no_such_day(cast: Cast, person: Person | None) -> dict[str, Any]:
    return {"year": 2026, "month": 2, "day": 30}


def a_link(cast: Cast, person: Person | None) -> dict[str, Any]:
    digest, now = hashlib.sha256(b"a-link").digest(), timezone.now()
    Contact.objects.filter(person=cast.deputy).update(
        confirm_hash=digest, confirm_sent_at=now, confirmed_at=None
    )
    return {"token": "a-link"}


def an_old_link(cast: Cast, person: Person | None) -> dict[str, Any]:
    return {"token": "an-old-link"}


ROWS = (
    Row("contacts", THEIRS),
    Row("contact_add", MANAGE, FORM, own=a_lead, other=a_stranger),
    Row("contact_change", MANAGE, FORM, own=the_deputy, other=someone_gone),
    Row("contact_end", MANAGE, FORM, own=the_deputy, post_gives=302),
    Row("contact_up", MANAGE, POST, own=the_deputy, other=someone_gone, gives=302),
    Row("contact_send_link", MANAGE, POST, own=the_deputy, other=someone_gone, gives=302),
    Row("contact_away", THEIRS, FORM, own=themselves, other=somebody_else),
    Row("contact_back", THEIRS, POST, own=themselves, other=somebody_else, gives=302),
    Row("contact_confirm", Who.PUBLIC, FORM, own=a_link, other=an_old_link),
    Row("contact_history", MANAGE),
    Row("contact_hours", MANAGE, FORM, post_gives=302),
    Row("contact_holidays", MANAGE, FORM),
    Row("holiday_remove", MANAGE, POST, own=christmas, other=no_such_day, gives=302),
    Row("contact_help", MANAGE),
    Row("help_add", MANAGE, FORM),
    Row("help_change", MANAGE, FORM, own=a_panel),
    Row("help_up", MANAGE, POST, own=a_panel, other=an_ended_panel, gives=302),
    Row("help_down", MANAGE, POST, own=a_panel, other=an_ended_panel, gives=302),
    Row("help_end", MANAGE, POST, own=a_panel, gives=302),
)
