"""Whose shoes there are to step into, and what to try in them."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from safeguarding.people.models import Person
from safeguarding.permissions import ROLES, Role

TRY = {
    Role.LEAD: _("See what needs you today. Acknowledge a concern, answer it, close it."),
    Role.DEPUTY: _("See what a deputy sees, and step in when the lead is away."),
    Role.ALTERNATE: _("See only the concerns that others must not, because they are in them."),
    Role.ADMINISTRATOR: _("Change who is told, invite people, and make a PDF of a record."),
    Role.FACILITATOR: _("See that somebody who runs activities sees no concern of anybody else."),
    Role.CO_PRODUCER: _("Raise a concern, and come back to it with your receipt."),
}


class Shoes(NamedTuple):
    person: Person
    roles: str
    attempt: str

    @property
    def first_name(self) -> str:
        return self.person.preferred_name.split()[0]


def everybody() -> list[Shoes]:
    """Everybody with an account, those who can see most first."""
    order = [*TRY]
    people = Person.objects.get_queryset().active().prefetch_related("grants").order_by("preferred_name")
    found = [(_roles(person), person) for person in people]
    found.sort(key=lambda pair: min((order.index(role) for role in pair[0]), default=len(order)))
    return [
        Shoes(person, ", ".join(str(role.label) for role in roles), str(TRY[roles[0]]) if roles else "")
        for roles, person in found
    ]


def _roles(person: Person) -> list[Role]:
    """As `Person.roles`, from what was prefetched: the page costs the same for any number of people."""
    held = {grant.role for grant in person.grants.all() if grant.ended_at is None}
    return sorted((role for role in ROLES if role in held), key=[*TRY].index)
