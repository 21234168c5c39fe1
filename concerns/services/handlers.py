"""Who may act on one concern: those whose role lets them, and for whom it exists."""

from __future__ import annotations

from concerns.models import Concern
from safeguarding.people.models import Person
from safeguarding.permissions import ROLES, Role, Verb, can

HANDLING: tuple[Role, ...] = tuple(role for role in Role if Verb.TRIAGE_CONCERNS in ROLES[role])


def handlers_of(concern: Concern) -> list[Person]:
    """In the order of their names."""
    people = Person.objects.holding(*HANDLING).order_by("preferred_name", "pk")
    return [person for person in people if can(person, Verb.TRIAGE_CONCERNS, concern)]
