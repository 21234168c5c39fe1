"""How long a session lasts, who may end it, and that a change of role counts at once."""

from __future__ import annotations

import math
import re
import time

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from safeguarding.people.models import Person
from safeguarding.permissions import Role, can_read_concerns
from tests.cast import Cast, sign_in
from tests.people.signing_in import is_signed_in, submit_password

pytestmark = pytest.mark.django_db
MINUTE, HOUR = 60, 3600


@pytest.fixture(autouse=True)
def no_limits_yet(db: None) -> None:
    cache.clear()


def still_in(client: Client, *, after: float) -> bool:
    with time_machine.travel(time.time() + after, tick=False):
        return is_signed_in(client)


READERS = [role for role in Role if role in (Role.LEAD, Role.DEPUTY, Role.ALTERNATE, Role.ADMINISTRATOR)]


@pytest.mark.parametrize("role", READERS)
def test_a_reader_is_signed_out_after_fifteen_idle_minutes(client: Client, cast: Cast, role: Role) -> None:
    sign_in(client, cast.everyone()[role])
    assert is_signed_in(client)

    assert still_in(client, after=14 * MINUTE)
    assert not still_in(client, after=14 * MINUTE + 16 * MINUTE)


@pytest.mark.parametrize("role", [Role.CO_PRODUCER, Role.FACILITATOR])
def test_others_may_be_idle_for_hours(client: Client, cast: Cast, role: Role) -> None:
    sign_in(client, cast.everyone()[role])
    assert is_signed_in(client)

    assert still_in(client, after=7 * HOUR)


def test_nobody_stays_beyond_eight_hours_however_busy(client: Client, cast: Cast) -> None:
    sign_in(client, cast.lead)
    busy = [still_in(client, after=minutes * MINUTE) for minutes in range(0, 8 * 60, 10)]

    assert all(busy)
    assert not still_in(client, after=8 * HOUR + MINUTE)


def test_an_ended_session_stays_ended(client: Client, cast: Cast) -> None:
    sign_in(client, cast.lead)
    assert is_signed_in(client)
    assert not still_in(client, after=16 * MINUTE)

    assert not is_signed_in(client)


def test_a_role_that_ends_counts_at_the_next_request(client: Client, cast: Cast) -> None:
    sign_in(client, cast.lead)
    assert is_signed_in(client)
    assert can_read_concerns(cast.lead)

    cast.lead.grants.update(ended_at=timezone.now())

    response = client.get(reverse("account"))
    assert "No role at the moment" in response.content.decode()
    assert not can_read_concerns(Person.objects.get(pk=cast.lead.pk))


def test_an_account_that_is_closed_is_out_at_the_next_request(client: Client, cast: Cast) -> None:
    sign_in(client, cast.facilitator)
    assert is_signed_in(client)

    Person.objects.filter(pk=cast.facilitator.pk).update(is_active=False)

    assert not is_signed_in(client)


def test_a_person_sees_and_ends_their_other_sessions(cast: Cast) -> None:
    here = Client(headers={"user-agent": "Mozilla/5.0 (iPhone; CPU) Safari/600"})
    there = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT) Firefox/150.0"})
    for client in (here, there):
        submit_password(client, cast.facilitator.email)

    page = here.get(reverse("usersessions_list")).content.decode()
    here.post(reverse("usersessions_list"))

    assert ("Safari on iPhone" in page, "Firefox on Windows" in page) == (True, True)
    assert (is_signed_in(here), is_signed_in(there)) == (True, False)


def test_no_session_keeps_an_address_of_a_device(cast: Cast) -> None:
    client = Client(REMOTE_ADDR="203.0.113.7")
    submit_password(client, cast.facilitator.email)

    kept = [str(session.ip) for session in UserSession.objects.all()]

    assert [address[:2] for address in kept] == ["fd"]
    assert "203.0.113.7" not in str(list(Session.objects.values_list("session_data", flat=True)))


def test_a_session_cannot_be_guessed(cast: Cast) -> None:
    """At least 128 bits of chance: 32 characters of 36, never the same twice."""
    keys = {str(sign_in(Client(), cast.facilitator).session.session_key) for _ in range(20)}

    assert len(keys) == 20
    assert all(re.fullmatch("[a-z0-9]{32}", key) for key in keys)
    assert math.log2(36) * 32 > 128
