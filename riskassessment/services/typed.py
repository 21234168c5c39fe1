"""What was typed in for somebody: whoever typed it may put it right, until the person has a link of their own."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from riskassessment.models import Agreement, Contribution, Guest
from safeguarding import audit, clock, crypto
from safeguarding.people.models import Person

Typed = Contribution | Agreement


class HasOwnLink(Exception):
    """The person has a link of their own: only they change what they said."""


def typist(row: Typed) -> Person | None:
    return row.typed_in_by if isinstance(row, Contribution) else row.entered_by


def may(row: Typed, by: Person) -> bool:
    """Whoever typed it and facilitates; somebody else who does, once whoever typed it does not any more."""
    who, activity = typist(row), row.assessment.activity
    if who is None or not activity.is_led_by(by):
        return False
    return who == by or not activity.is_led_by(who)


def has_own_link(row: Typed) -> bool:
    return row.guest is not None and row.guest.link_given_at is not None


def owned_by(row: Typed, by: Person | Guest) -> None:
    """Raises PermissionDenied; HasOwnLink."""
    if not isinstance(by, Person) or not may(row, by):
        raise PermissionDenied("neither theirs nor typed in by them")
    if has_own_link(row):
        raise HasOwnLink


@transaction.atomic
def give_link(*, row: Typed, by: Person) -> str:
    """The person's own link, which owns what was typed in for them. Nobody can look it up later.

    Until they used it, it can be given anew, and the one before ends. Raises HasOwnLink.
    """
    if not may(row, by) or row.guest is None:
        raise PermissionDenied("not typed in by them, or of somebody who has an account")
    guest = Guest.objects.select_for_update().get(pk=row.guest.pk)
    if _is_used(guest):
        raise HasOwnLink
    token = crypto.token()
    given = {"link_given_at": clock.now(), "link_given_by": by, "link_hash": crypto.token_hash(token)}
    Guest.objects.filter(pk=guest.pk).update(**given)
    audit.record("link_given", by=by, about=row.assessment)
    return token


def _is_used(guest: Guest) -> bool:
    """They said something by it themselves."""
    wrote = guest.contributions.filter(typed_in_by=None).exists()
    return wrote or guest.agreements.filter(entered_by=None).exists()
