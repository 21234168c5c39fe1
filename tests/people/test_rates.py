"""How often somebody may try: exactly as often as the settings say, and again when the time is over."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, sign_in
from tests.people.signing_in import is_signed_in, submit_password

pytestmark = pytest.mark.django_db
NOW = time.time()
WAIT = "Wait five minutes"


@pytest.fixture(autouse=True)
def time_stands_still(db: None) -> Iterator[None]:
    cache.clear()
    with time_machine.travel(NOW, tick=False):
        yield


def statuses(client: Client, address: str, tries: int, **answers: str) -> list[int]:
    """`{n}` in an answer is the number of the try."""
    filled = [{name: text.format(n=n) for name, text in answers.items()} for n in range(tries)]
    return [client.post(address, data).status_code for data in filled]


def test_a_hundred_sign_in_from_one_address_in_a_minute(client: Client) -> None:
    assert statuses(client, reverse("account_login"), 102) == [200] * 100 + [429] * 2


def test_fifty_wrong_tries_come_from_one_address_in_a_minute(client: Client, settings: Any) -> None:
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.MD5PasswordHasher"
    ]  # a quick one, to count only
    pages = [submit_password(client, f"p{n}@example.org", "wrong").content.decode() for n in range(52)]

    assert [WAIT in page for page in pages] == [False] * 50 + [True] * 2


@pytest.mark.parametrize(("after", "opens"), [(299, False), (300, True), (301, True)])
def test_the_door_opens_again_after_exactly_five_minutes(
    client: Client, cast: Cast, after: int, opens: bool
) -> None:
    for _ in range(5):
        submit_password(client, cast.facilitator.email, "not the password at all")

    with time_machine.travel(NOW + after, tick=False):
        submit_password(client, cast.facilitator.email)
        assert is_signed_in(client) is opens


def test_five_new_passwords_are_asked_for_one_account_in_a_minute(client: Client, cast: Cast) -> None:
    got = statuses(client, reverse("account_reset_password"), 7, email=cast.lead.email)

    assert got == [302] * 5 + [429] * 2


def test_twenty_new_passwords_are_asked_for_from_one_address_in_a_minute(client: Client) -> None:
    got = statuses(client, reverse("account_reset_password"), 22, email="p{n}@example.org")

    assert got == [302] * 20 + [429] * 2


def test_twenty_links_are_tried_from_one_address_in_a_minute(client: Client) -> None:
    address = reverse("account_reset_password_from_key", kwargs={"uidb36": "1", "key": "abc-123"})

    assert statuses(client, address, 22) == [200] * 20 + [429] * 2


def test_a_password_is_changed_or_guessed_five_times_in_a_minute(client: Client, cast: Cast) -> None:
    sign_in(client, cast.facilitator)

    got = statuses(client, reverse("account_change_password"), 7, oldpassword="guess {n}")

    assert got == [200] * 5 + [429] * 2


def test_proving_oneself_again_is_tried_ten_times_in_a_minute(client: Client, cast: Cast) -> None:
    sign_in(client, cast.facilitator, reauthenticated=False)

    got = statuses(client, reverse("account_reauthenticate"), 12, password="guess {n}")

    assert got == [200] * 10 + [429] * 2
