"""The product in a place of its own: migrated, with contacts, a lead who is signed in, and concerns."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from bench.servers import Place, free_port, fresh_environment, manage
from safeguarding import embedded


def prepare(folder: Path) -> Place:
    """A fresh cluster with the product's and the floor's databases, both migrated by the owner."""
    keys = folder / "keys"
    keys.mkdir(parents=True)
    (keys / "secret_key").write_text(secrets.token_urlsafe(60))
    place = Place(folder, fresh_environment(folder, PORT=str(free_port()), LOG_LEVEL="ERROR"))
    embedded.start(place.cluster)
    manage("make_key_ring", environment=place.environment)
    for database, settings in (
        (embedded.DATABASE, "safeguarding.settings"),
        ("floor", "bench.floor.settings"),
    ):
        embedded.make_roles_and_database(place.cluster, database=database)
        owner = place.cluster.url(role=embedded.OWNER, database=database)
        told = place.environment | floor_environment(place, role=embedded.OWNER) | {"DATABASE_URL": owner}
        more = ("--run-syncdb",) if database == "floor" else ()
        manage("migrate", "-v0", *more, environment=told, settings=settings)
    return place


def floor_environment(place: Place, *, role: str = embedded.APP) -> dict[str, str]:
    return place.environment | {
        "DJANGO_SETTINGS_MODULE": "bench.floor.settings",
        "FLOOR_DATABASE": "floor",
        "FLOOR_USER": role,
        "FLOOR_HOST": str(place.cluster.sockets),
        "SECRET_KEY": (place.folder / "keys" / "secret_key").read_text(),
    }


def use_here(place: Place) -> None:
    """Let this process be the product too: it signs the lead in and reads what was written."""
    os.environ.update(place.environment)
    os.environ["DJANGO_SETTINGS_MODULE"] = "safeguarding.settings"
    import django

    django.setup()


def people() -> None:
    """A lead, a deputy, somebody who facilitates and an administrator, with working hours."""
    from datetime import time as clock_time

    from allauth.account.models import EmailAddress
    from django.utils import timezone

    from safeguarding.contacts.models import Contact, ContactKind, WorkingDay
    from safeguarding.people.models import Person, RoleGrant
    from safeguarding.permissions import Role

    now = timezone.now()
    for name, role, kind in (
        ("Lena", Role.LEAD, ContactKind.LEAD),
        ("Dara", Role.DEPUTY, ContactKind.DEPUTY),
        ("Farah", Role.FACILITATOR, None),
        ("Ada", Role.ADMINISTRATOR, None),
    ):
        person = Person.objects.create(email=f"{name.lower()}@example.org", preferred_name=name)
        EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
        RoleGrant.objects.create(person=person, role=role, granted_at=now)
        if kind is not None:
            Contact.objects.create(
                person=person, kind=kind, name=name, email=person.email, confirmed_at=now, valid_from=now
            )
    for weekday in range(7):
        WorkingDay.objects.get_or_create(
            weekday=weekday, defaults={"starts": clock_time(0), "ends": clock_time(23, 59)}
        )


def lead() -> dict[str, str]:
    return session_of("lena@example.org")


def session_of(email: str) -> dict[str, str]:
    """Somebody's session cookie, as allauth leaves it after a password, a code, and a proof just now."""
    from django.conf import settings
    from django.test import Client

    from safeguarding.people.models import Person
    from tests.cast import sign_in

    client = sign_in(Client(), Person.objects.get(email=email))
    return {settings.SESSION_COOKIE_NAME: str(client.session.session_key)}
