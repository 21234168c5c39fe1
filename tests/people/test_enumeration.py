"""Nobody learns who has an account: not by words, status, number of mails, or the time it takes (fault 12)."""

from __future__ import annotations

import time
from collections import Counter
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from safeguarding.outbox import OutboxMessage
from safeguarding.people import pace
from safeguarding.people.models import Person
from tests.cast import person
from tests.timing import ROUNDS, Race

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
CONTROL = ("known", "known too")
KINDS = (*CONTROL, "closed", "unknown")


def address(kind: str, number: int) -> str:
    return f"{kind.replace(' ', '.')}.{number:02}@example.org"


@pytest.fixture
def accounts(db: None) -> None:
    """One of each kind for each round: the limits count by account."""
    for number in range(ROUNDS):
        for kind in ("known", "known too", "closed"):
            person(address(kind, number).partition("@")[0])
    Person.objects.filter(email__startswith="closed").update(is_active=False)


def asked(page: str, kind: str, **more: str) -> Any:
    """A try of this kind, by somebody new each time: the limits count by address as well."""
    url = reverse(page)

    def one(number: int) -> Any:
        client = Client(REMOTE_ADDR=f"10.{KINDS.index(kind)}.0.{number}")
        return client.post(url, {name: value.format(address(kind, number)) for name, value in more.items()})

    return one


def shown(race: Race) -> Counter[tuple[int, str]]:
    """Each status and page that came back, its address and token aside, over all kinds."""
    found: Counter[tuple[int, str]] = Counter()
    for kind, pages in race.results.items():
        for number, page in enumerate(pages):
            text = page.content.decode().replace(address(kind, number), "")
            lines = [line for line in text.splitlines() if "csrfmiddlewaretoken" not in line]
            found[page.status_code, "\n".join(lines)] += 1
    return found


def test_signing_in_in_vain_tells_nothing(accounts: None) -> None:
    answers = {"login": "{}", "password": "not the password at all"}
    race = Race({kind: asked("account_login", kind, **answers) for kind in KINDS})

    assert list(shown(race).values()) == [len(KINDS) * ROUNDS]
    assert race.told_apart(control=CONTROL, margin=0.1) == {}
    assert OutboxMessage.objects.count() == 0


def test_asking_for_a_new_password_tells_nothing(accounts: None) -> None:
    race = Race({kind: asked("account_reset_password", kind, email="{}") for kind in KINDS})

    assert list(shown(race).values()) == [len(KINDS) * ROUNDS]
    assert race.told_apart(control=CONTROL, margin=0.05) == {}
    mails = Counter(mail.goes_to for mail in OutboxMessage.objects.all())
    assert mails == {address(kind, number): 1 for kind in KINDS for number in range(ROUNDS)}


def test_an_answer_at_even_pace_takes_whole_steps(accounts: None) -> None:
    try_one = asked("account_reset_password", "unknown", email="{}")
    try_one(0)

    for number in range(1, 6):
        begun = time.monotonic()
        try_one(number)
        assert time.monotonic() - begun >= pace.STEP
