"""Our own people, as far as somebody raising a concern may know of them: docs/decisions says why."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from safeguarding import crypto
from safeguarding.contacts.models import Contact
from safeguarding.people.models import Person, PersonQuerySet
from safeguarding.permissions import ROLES, Role, Verb

OURS = (Role.FACILITATOR, Role.LEAD, Role.DEPUTY, Role.ALTERNATE, Role.ADMINISTRATOR)
READERS = tuple(role for role, verbs in ROLES.items() if Verb.READ_CONCERNS in verbs)


def offered_to(person: Person | None, *, now: datetime) -> PersonQuerySet:
    """Whom one may choose by name: a visitor, the public contacts; somebody signed in, all of our team."""
    if person is None:
        public = Contact.objects.current(now).filter(shown_publicly=True, person__isnull=False)
        found = Person.objects.get_queryset().active().filter(pk__in=public.values("person"))
    else:
        found = Person.objects.holding(*OURS)
    return found.order_by("preferred_name", "pk")


def named(typed: str) -> list[Person]:
    """Everyone of our team with this name: when in doubt, more people are kept out, not fewer."""
    wanted = {crypto.fold(part) for part in typed.replace("\n", ",").replace(";", ",").split(",")} - {""}
    return [p for p in Person.objects.holding(*OURS) if crypto.fold(p.preferred_name) in wanted]


def other_readers(told: Collection[Person]) -> list[Person]:
    """Who may read every concern without being told of it: administrators."""
    known = {person.pk for person in told}
    return [person for person in Person.objects.holding(*READERS) if person.pk not in known]
