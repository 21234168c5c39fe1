"""The story is told once, through the services, and nobody in it is real."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from concerns.models import Concern
from safeguarding import audit, context, outbox
from safeguarding.demo import mailroom
from safeguarding.people.models import Person
from tests.mail import free_port


@pytest.fixture
def seeded(demo: None, settings: pytest.MonkeyPatch, transactional_db: None) -> Iterator[str]:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "localhost", free_port()  # type: ignore[attr-defined]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    yield seed()


def seed() -> str:
    said = StringIO()
    call_command("seed_demo", stdout=said)
    return said.getvalue().strip()


def counts() -> tuple[int, int, int, int]:
    with context.system():
        rows = audit.AuditEntry.objects.count(), outbox.OutboxMessage.objects.count()
        return Person.objects.count(), Concern.objects.count(), *rows


@pytest.mark.django_db
def test_it_is_refused_outside_the_demonstration() -> None:
    with pytest.raises(CommandError, match="DEMO=1"):
        call_command("seed_demo")


def test_the_year_is_told_and_a_second_run_changes_nothing(seeded: str) -> None:
    before = counts()

    again = seed()

    assert seeded.startswith("Told a year: 12 people, 10 activities, ")
    assert again == "The story has been told already. Nothing was changed."
    assert counts() == before
    with context.system():
        assert list(audit.faults()) == []
        assert not outbox.OutboxMessage.objects.exclude(state="sent").exists()


def test_everybody_lives_at_an_invented_address(seeded: str) -> None:
    assert {person.email.split("@")[1] for person in Person.objects.all()} == {"example.org"}
    assert mailroom.count() > 0
    assert all(mail.to.endswith("@example.org") for mail in mailroom.newest())


def test_one_concern_is_just_in_and_nobody_has_opened_it(seeded: str) -> None:
    with context.system():
        newest = Concern.objects.newest_first()[0]

        assert newest.acknowledged_at is None
        assert not audit.AuditEntry.objects.about(newest).filter(verb="read").exists()
