"""Who would get a concern now, and what is missing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from safeguarding.contacts import standing
from safeguarding.contacts.models import Contact, ContactKind
from safeguarding.contacts.standing import Gap
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def away(*kinds: ContactKind) -> None:
    Contact.objects.filter(kind__in=kinds).update(away_until=timezone.now() + timedelta(days=2))


def gaps() -> list[Gap]:
    return standing.gaps(timezone.now())


def told() -> list[str]:
    now = timezone.now()
    return [contact.name for contact in standing.receivers(standing.current(now), now).contacts]


def test_nothing_is_missing_when_everybody_is_there(cast: Cast) -> None:
    assert gaps() == []


def test_before_anybody_is_named_nobody_can_be_reached(db: None) -> None:
    assert gaps() == [Gap.NOBODY, Gap.NO_ALTERNATE, Gap.NO_OUTSIDE]


@pytest.mark.clause("7.0c")
def test_each_absence_is_named_and_says_who_steps_in(cast: Cast) -> None:
    away(ContactKind.LEAD)
    assert (gaps(), told()) == ([Gap.LEAD_AWAY], ["Dara"])
    away(ContactKind.DEPUTY)
    assert (gaps(), told()) == ([Gap.NO_INSIDE], ["Alex"])
    away(ContactKind.ALTERNATE)
    assert (gaps(), told()) == ([Gap.ONLY_OUTSIDE, Gap.NO_ALTERNATE], ["The outside office"])


def test_when_everybody_is_away_the_message_waits_for_all(cast: Cast) -> None:
    away(*ContactKind)

    assert gaps()[0] == Gap.NOBODY
    assert told() == ["Lena", "Dara", "Alex", "The outside office"]


def test_an_address_that_is_not_confirmed_counts_as_nobody(cast: Cast) -> None:
    Contact.objects.filter(kind=ContactKind.LEAD).update(confirmed_at=None)

    assert (gaps(), told()) == ([Gap.LEAD_AWAY], ["Dara"])


def test_a_missing_deputy_alternate_and_outside_contact_are_named(cast: Cast) -> None:
    Contact.objects.exclude(kind=ContactKind.LEAD).update(valid_to=timezone.now())

    assert gaps() == [Gap.NO_DEPUTY, Gap.NO_ALTERNATE, Gap.NO_OUTSIDE]
