"""A contact as one card: how they are reached, whether they are there, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from safeguarding.contacts.models import Contact
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can


def day(moment: datetime) -> str:
    """A day in words, in the site's time zone."""
    return date_format(timezone.localtime(moment), "l j F Y")


@dataclass(frozen=True)
class Card:
    contact: Contact
    now: datetime
    is_managed: bool
    is_first: bool

    @property
    def title(self) -> str:
        return f"{self.contact.name}, {self.contact.get_kind_display()}"

    @property
    def is_away(self) -> bool:
        return self.contact.is_away(self.now)

    @property
    def rows(self) -> list[dict[str, Any]]:
        contact = self.contact
        rows = [
            {"key": _("What they do"), "value": contact.role_title},
            {"key": _("Email address"), "value": f"{contact.email} ({self._confirmed})"},
            {"key": _("New address"), "value": self._new_address},
            {"key": _("Phone"), "value": contact.phone},
            {"key": _("Now"), "value": self._there},
            {"key": _("Shown to anybody"), "value": self._shown},
        ]
        return [row for row in rows if row["value"]]

    @property
    def _confirmed(self) -> str:
        if self.contact.confirmed_at is None:
            return _("not confirmed yet")
        return _("confirmed on %(day)s") % {"day": day(self.contact.confirmed_at)}

    @property
    def _new_address(self) -> str:
        if not self.contact.new_email:
            return ""
        return _("%(email)s is not confirmed yet. Until it is, we write to the old one.") % {
            "email": self.contact.new_email
        }

    @property
    def _there(self) -> str:
        if self.contact.away_until is not None and self.is_away:
            return _("Away, back on %(day)s") % {"day": day(self.contact.away_until)}
        if self.contact.confirmed_at is None:
            return _("Gets nothing until the address is confirmed")
        return _("Can be reached")

    @property
    def _shown(self) -> str:
        if self.contact.shown_publicly:
            return _("Yes: name, email address and phone")
        return _("No: only what they do")

    @property
    def actions(self) -> list[dict[str, str]]:
        names = [("contact_away", _("Mark as away") if not self.is_away else _("Change the day"))]
        if self.is_managed:
            names += [("contact_change", _("Change")), ("contact_end", _("End"))]
        return [{"text": text, "href": reverse(name, args=[self.contact.pk])} for name, text in names]


def cards(contacts: Sequence[Contact], *, now: datetime, by: Person) -> list[Card]:
    """One card each, in the order they come in."""
    managed, seen, made = can(by, Verb.MANAGE_CONTACTS), set[str](), []
    for contact in contacts:
        made.append(Card(contact, now, is_managed=managed, is_first=contact.kind not in seen))
        seen.add(contact.kind)
    return made
