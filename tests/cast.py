"""The cast: the same people in every test, their contacts, and a client for each."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from datetime import time as clock_time

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.userkit import user_id_to_str
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.test import Client

from safeguarding.contacts.models import Contact, ContactKind, WorkingDay
from safeguarding.people.models import Person, RoleGrant
from safeguarding.permissions import Role

PASSWORD = "four quiet herons by the canal"
SINCE = datetime(2020, 1, 1, tzinfo=UTC)  # everybody was there before every moment a test stands at


@functools.cache
def _hashed_password() -> str:
    return make_password(PASSWORD)


def person(name: str, *roles: Role) -> Person:
    """An account with a confirmed address and roles held for a long time."""
    made = Person(email=f"{name.lower()}@example.org", preferred_name=name)
    made.password = _hashed_password()
    made.save()
    EmailAddress.objects.create(user=made, email=made.email, primary=True, verified=True)
    for role in roles:
        RoleGrant.objects.create(person=made, role=role, granted_at=SINCE)
    return made


def contact(someone: Person, kind: ContactKind, **columns: object) -> Contact:
    named = {"name": someone.preferred_name, "email": someone.email}
    defaults = {"confirmed_at": SINCE, "valid_from": SINCE, **named}
    return Contact.objects.create(person=someone, kind=kind, **defaults | columns)


@dataclass(frozen=True)
class Cast:
    co_producer: Person
    facilitator: Person
    lead: Person
    deputy: Person
    alternate: Person
    administrator: Person

    def everyone(self) -> dict[Role, Person]:
        return {Role(name): getattr(self, name) for name in self.__dataclass_fields__}


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


def make_cast() -> Cast:
    """One person for each role; lead, deputy and alternate are contacts; always in working hours."""
    made = Cast(
        co_producer=person("Ceri", Role.CO_PRODUCER),
        facilitator=person("Farah", Role.FACILITATOR),
        lead=person("Lena", Role.LEAD),
        deputy=person("Dara", Role.DEPUTY),
        alternate=person("Alex", Role.ALTERNATE),
        administrator=person("Ada", Role.ADMINISTRATOR),
    )
    contact(made.lead, ContactKind.LEAD, phone="020 7946 0001")
    contact(made.deputy, ContactKind.DEPUTY)
    contact(made.alternate, ContactKind.ALTERNATE)
    Contact.objects.create(
        kind=ContactKind.OUTSIDE,
        name="The outside office",
        email="outside@example.org",
        confirmed_at=SINCE,
        valid_from=SINCE,
    )
    for weekday in range(7):
        WorkingDay.objects.create(weekday=weekday, starts=clock_time(0, 0), ends=clock_time(23, 59))
    return made


def sign_in(
    client: Client, someone: Person, *, second_factor: bool = True, reauthenticated: bool = True
) -> Client:
    """A session as allauth leaves it after a password, a code where asked, and a proof just now."""
    client.force_login(someone)
    session = client.session
    now = time.time()
    methods: list[dict[str, object]] = [{"method": "password", "at": now}]
    if second_factor:
        methods.append({"method": "mfa", "type": "totp", "at": now})
    if reauthenticated:
        methods.append({"method": "password", "at": now, "reauthenticated": True})
    session[AUTHENTICATION_METHODS_SESSION_KEY] = methods
    session["account_authentication_methods_user"] = user_id_to_str(someone)
    session.save()
    return client


@pytest.fixture
def client_for() -> Callable[..., Client]:
    def make(
        someone: Person, *, second_factor: bool = True, reauthenticated: bool = True, **options: object
    ) -> Client:
        client = Client(**options)  # type: ignore[arg-type]
        return sign_in(client, someone, second_factor=second_factor, reauthenticated=reauthenticated)

    return make
