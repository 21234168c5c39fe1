"""A database that is slow, locked or silent does not hold a page for long (ASVS 13.1.2, 13.1.3)."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import psycopg2
import pytest
from django.conf import settings
from django.db import OperationalError, connection, connections
from django.test import Client

from safeguarding import embedded
from tests.cast import Cast
from tests.conftest import CLUSTER, Clone

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("name", ["statement_timeout", "lock_timeout"])
def test_the_database_holds_us_to_our_time(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT setting::int FROM pg_settings WHERE name = %s", [name])
        assert cursor.fetchone() == (getattr(settings, name.upper()) * 1000,)


@pytest.fixture
def locked(clone: Clone, cast: Cast) -> Iterator[None]:
    """Somebody else holds the table of people, and does not let go."""
    other = psycopg2.connect(CLUSTER.url(role=embedded.SUPERUSER, database=clone.name))
    with other.cursor() as cursor:
        cursor.execute("LOCK TABLE safeguarding_person IN ACCESS EXCLUSIVE MODE")
    yield
    other.close()


@pytest.mark.slow
def test_a_page_that_waits_for_a_lock_gives_up_in_words(locked: None) -> None:
    begun = time.monotonic()
    page = Client().post("/account/login/", {"login": "lena@example.org", "password": "x"})

    assert page.status_code == 503
    assert settings.LOCK_TIMEOUT <= time.monotonic() - begun < settings.LOCK_TIMEOUT + 3


@pytest.fixture
def silent_server() -> Iterator[int]:
    """It takes the connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.mark.slow
def test_a_database_that_never_answers_is_given_up(silent_server: int) -> None:
    silent = connections["default"].copy("silent")
    silent.settings_dict |= {"HOST": "127.0.0.1", "PORT": str(silent_server)}
    begun = time.monotonic()

    with pytest.raises(OperationalError):
        silent.ensure_connection()

    assert time.monotonic() - begun < settings.CONNECT_TIMEOUT + 3
