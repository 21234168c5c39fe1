"""What no browser sends where a passkey is expected gets a page, never a fault."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.cast import Cast

pytestmark = pytest.mark.django_db
HERE = "/account/second-factor/passkeys/"
DOOR = f"{HERE}login/"
ODD = [
    '{"id": 1}',
    "[]",
    '"x"',
    "7",
    "{",
    '{"id": "a", "rawId": "a", "response": {}, "type": "public-key"}',
    "",
]


@pytest.mark.parametrize("credential", ODD)
def test_at_the_door(cast: Cast, credential: str) -> None:
    client = Client()
    client.get(DOOR, headers={"Accept": "application/json"})

    assert client.post(DOOR, {"credential": credential}).status_code in (200, 302)


@pytest.mark.parametrize("address", [f"{HERE}add/", f"{HERE}reauthenticate/"])
@pytest.mark.parametrize("credential", ODD)
def test_inside(cast: Cast, client_for: Callable[..., Client], address: str, credential: str) -> None:
    client = client_for(cast.lead)
    client.get(address)

    answer = client.post(address, {"name": "Phone", "credential": credential})

    assert answer.status_code in (200, 302)
    assert not cast.lead.authenticator_set.exists()  # type: ignore[attr-defined]
