"""Concerns to act on, and what a page's form would send."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from concerns.models import Concern
from concerns.services.raising import Raised, raise_concern
from safeguarding import audit, context
from safeguarding.people.models import Person

WORDS = "The door was locked and nobody came."


def raised(**more: Any) -> Concern:
    """One concern, as a reporter sends it; `more` are columns of Raised."""
    return raise_concern(raised=Raised(**{"words": WORDS, **more}), by=audit.Other.REPORTER)


def now_is(concern: Concern) -> Concern:
    """The concern as it stands in the database, whoever may see it."""
    with context.system():
        return Concern.objects.to_read().get(pk=concern.pk)


def url(name: str, concern: Concern, **more: Any) -> str:
    return reverse(name, kwargs={"reference": concern.reference, **more})


def hidden(html: str) -> dict[str, str]:
    """What a page's form carries."""
    return dict(re.findall(r'<input type="hidden" name="(version|once|sure_about)" value="([^"]*)"', html))


@pytest.fixture
def send() -> Callable[..., Any]:
    """Open an act's page as a browser would, fill it in, and send it."""

    def _send(client: Client, name: str, concern: Concern, answers: dict[str, Any], **where: Any) -> Any:
        address = url(name, concern, **where)
        carried = hidden(client.get(address).content.decode())
        return client.post(address, carried | answers)

    return _send


def acting(person: Person) -> Any:
    """The database's context for a service called as this person."""
    return context.person(person)
