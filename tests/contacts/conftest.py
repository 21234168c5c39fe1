"""Who stands where, in a word."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from safeguarding.contacts.models import Contact
from safeguarding.outbox import OutboxMessage
from safeguarding.people.models import Person
from tests.cast import Cast


def row(person: Person) -> Contact:
    """The current contact of somebody."""
    return Contact.objects.get(person=person, valid_to=None)


def queued(kind: str) -> list[OutboxMessage]:
    return list(OutboxMessage.objects.filter(kind=kind, state="queued").order_by("created_at"))


def link_in(message: OutboxMessage) -> str:
    """The path of the link in a mail."""
    found = re.search(r"https?://[^/\s]+(/contacts/confirm/\S+/)", message.text or "")
    assert found
    return found[1]


@pytest.fixture
def manager(cast: Cast, client_for: Callable[..., Client]) -> Client:
    return client_for(cast.administrator)
