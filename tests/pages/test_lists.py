"""Each long list comes fifty rows at a time, and names a next page only when there is one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from concerns import listing
from concerns.models import Concern
from concerns.services.raising import Raised, raise_concern
from safeguarding import audit, clock, context
from safeguarding.contacts.models import Contact, ContactKind, HelpKind, HelpPanel
from safeguarding.outbox import MessageState, OutboxMessage
from safeguarding.people.models import Invitation, Person
from tests.cast import Cast

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def people(now: datetime, number: int) -> None:
    there = Person.objects.get_queryset().count()
    Person.objects.bulk_create(
        Person(email=f"p{n}@example.org", preferred_name=f"P{n}") for n in range(number - there)
    )


def invitations(now: datetime, number: int) -> None:
    Invitation.objects.bulk_create(
        Invitation(
            email=f"i{n}@example.org", preferred_name="I", token_hash=bytes([n]) * 32,
            created_at=now, expires_at=now + DAY,
        )
        for n in range(number)
    )  # fmt: skip


def contacts(now: datetime, number: int) -> None:
    """The history lists everybody, also those who are contacts now."""
    there = Contact.objects.count()
    Contact.objects.bulk_create(
        Contact(
            kind=ContactKind.OUTSIDE, name="The old office", email="old@example.org",
            valid_from=now - 2 * DAY, valid_to=now - DAY,
        )
        for _n in range(number - there)
    )  # fmt: skip


def help_panels(now: datetime, number: int) -> None:
    HelpPanel.objects.bulk_create(
        HelpPanel(
            kind=HelpKind.OUTSIDE,
            title="An old line",
            words="x",
            valid_from=now - 2 * DAY,
            valid_to=now - DAY,
        )
        for _n in range(number)
    )


def undelivered(now: datetime, number: int) -> None:
    OutboxMessage.objects.bulk_create(
        OutboxMessage(
            kind="not_delivered", to="p@example.org", subject="s", message_id=f"<{n}@example.org>",
            state=MessageState.NOT_DELIVERED, created_at=now, due_at=now, ended_at=now,
        )
        for n in range(number)
    )  # fmt: skip


LISTS: dict[str, Callable[[datetime, int], None]] = {
    "/people/": people,
    "/people/invitations/": invitations,
    "/contacts/history/": contacts,
    "/contacts/help/": help_panels,
    "/delivery/": undelivered,
}


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize(("number", "another"), [(49, False), (50, False), (51, True)])
def test_a_page_holds_fifty(
    cast: Cast, client_for: Callable[..., Client], address: str, number: int, another: bool
) -> None:
    LISTS[address](clock.now(), number)

    page = client_for(cast.administrator).get(address)

    assert page.status_code == 200
    assert ('rel="next"' in page.content.decode()) is another


@pytest.mark.parametrize(("there", "said"), [(2, "2"), (3, "3"), (4, "3+")])
def test_more_than_can_be_counted_is_said_so(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, there: int, said: str
) -> None:
    monkeypatch.setattr(listing, "MOST_COUNTED", 3)
    for _each in range(there):
        raise_concern(raised=Raised(words="x"), by=audit.Other.REPORTER)

    with context.system():
        assert listing.in_words(listing.capped_count(Concern.objects.all())) == said
