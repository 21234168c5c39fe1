"""Whom an app above this one keeps out of what it mails about: mail in trouble must not tell them either.

It says here how it knows: the things a person is kept out of, and the people who are kept out of a thing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from safeguarding.people.models import Person

Things = Callable[[Person], QuerySet[Any, Any]]
People = Callable[[UUID], QuerySet[Any, Any]]
_known: list[tuple[Things, People]] = []


def register(things: Things, people: People) -> None:
    _known.append((things, people))


def things_of(person: Person) -> Iterator[QuerySet[Any, Any]]:
    """The ids of what this person may not know of."""
    return (things(person) for things, _people in _known)


def people_of(thing_id: UUID) -> Iterator[QuerySet[Any, Any]]:
    """The ids of those who may not know of this thing."""
    return (people(thing_id) for _things, people in _known)
