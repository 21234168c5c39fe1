"""What a mail about a concern says: that something waits, its reference, how soon, why you, what helps now.

No name, no words of it, no category, no place. Staff are named by their role, never by their name.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.formats import date_format

from concerns.enums import Under18, WhyTold
from concerns.models import Concern
from safeguarding import outbox
from safeguarding.contacts import hours
from safeguarding.contacts.models import Contact, ContactKind, HelpKind, HelpPanel

WAITING, REMINDER, PASSED_ON = "concern_waiting", "concern_reminder", "concern_passed_on"
UNTIL_ACKNOWLEDGED = (WAITING, REMINDER, PASSED_ON)  # withdrawn when somebody acknowledges
OUTSIDE_HELP = (HelpKind.EMERGENCY, HelpKind.OUTSIDE)
UNDER_18_HELP = (HelpKind.UNDER_18, HelpKind.UNIVERSITY)


def queue_about(
    concern: Concern,
    contact: Contact,
    *,
    why: WhyTold,
    now: datetime,
    due_at: datetime | None = None,
    times: hours.Hours | None = None,
) -> outbox.OutboxMessage:
    """Queue the mail that tells one contact of one concern."""
    with translation.override(settings.LANGUAGE_CODE):
        return outbox.queue(
            _kind(concern, contact, why),
            to=contact.email,
            person_id=contact.person_id,
            about_id=concern.pk,
            due_at=due_at,
            **_about(concern, why=why, now=now, times=times or hours.current()),
            **_for(contact, concern, now),
        )


def _kind(concern: Concern, contact: Contact, why: WhyTold) -> str:
    if why == WhyTold.RAISED:
        return WAITING
    return REMINDER if concern.tellings.filter(contact=contact).exists() else PASSED_ON


def _about(concern: Concern, *, why: WhyTold, now: datetime, times: hours.Hours) -> dict[str, Any]:
    opening = times.next_opening(now)
    outside_hours, under_18 = not times.is_open(now), concern.under_18 == Under18.YES
    return {
        "reference": concern.reference,
        "how_soon": concern.get_how_soon_display(),
        "acknowledge_by": in_words(concern.acknowledge_by),
        "not_in_time": why == WhyTold.NOT_IN_TIME,
        "not_delivered": why == WhyTold.NOT_DELIVERED,
        "outside_hours": outside_hours,
        "opens": in_words(opening) if opening else "",
        "outside_help": panels(now, *OUTSIDE_HELP) if outside_hours else [],
        "under_18": under_18,
        "under_18_help": panels(now, *UNDER_18_HELP) if under_18 else [],
    }


def _for(contact: Contact, concern: Concern, now: datetime) -> dict[str, Any]:
    has_account = contact.person_id is not None
    return {
        "why_you": contact.kind,
        "has_account": has_account,
        "ask": [] if has_account else who_can_show(concern, now),
    }


def who_can_show(concern: Concern, now: datetime) -> list[Contact]:
    """Whom somebody without an account may phone: never anybody who is kept out of it."""
    kept_out = concern.exclusions.values("person_id")
    inside = Contact.objects.reachable(now).exclude(Q(kind=ContactKind.OUTSIDE) | Q(phone=""))
    return list(inside.exclude(person_id__in=kept_out).order_by("order", "pk"))


def panels(now: datetime, *kinds: HelpKind) -> list[HelpPanel]:
    """The help that stands now, of some kinds, in the order of the kinds."""
    found = HelpPanel.objects.current(now).filter(kind__in=kinds)
    return sorted(found, key=lambda p: (kinds.index(HelpKind(p.kind)), p.order))


def in_words(at: datetime) -> str:
    """Like Monday 23 November, 16:00: in the site's zone, whoever reads it."""
    return date_format(timezone.localtime(at, hours.zone()), "l j F, H:i")


def day_in_words(day: date) -> str:
    return date_format(day, "j F")
