"""Rate limits: exact when many come at once, by the address that our own proxies saw."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import RequestFactory

from safeguarding import clock, crypto, limits
from safeguarding.limits import Limit, LimitHit

LIMIT = Limit("test", hits=50, seconds=3600)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def hit(times: int, who: str = "192.0.2.1", limit: Limit = LIMIT) -> list[bool]:
    return [limits.is_over(limit, who) for _ in range(times)]


@pytest.mark.django_db
@pytest.mark.parametrize("hits", [1, 2, 50])
def test_the_limit_is_reached_at_one_more(hits: int) -> None:
    assert hit(hits + 1, limit=Limit("test", hits, 3600)) == [False] * hits + [True]


@pytest.mark.django_db(transaction=True)
def test_it_is_exact_at_200_parallel_hits() -> None:
    def one(number: int) -> bool:
        try:
            return limits.is_over(LIMIT, "192.0.2.1")
        finally:
            connection.close()

    with ThreadPoolExecutor(40) as pool:
        answers = list(pool.map(one, range(200)))

    assert answers.count(False) == LIMIT.hits


@pytest.mark.django_db
def test_addresses_and_limits_are_counted_apart() -> None:
    hit(LIMIT.hits)

    assert hit(1, who="192.0.2.2") == [False]
    assert hit(1, limit=Limit("another", 1, 3600)) == [False]
    assert hit(1) == [True]


@pytest.mark.django_db
def test_a_new_window_begins_at_nought() -> None:
    with clock.at(NOON):
        hit(LIMIT.hits + 1)
    with clock.at(NOON + timedelta(seconds=LIMIT.seconds)):
        assert hit(1) == [False]


@pytest.mark.django_db
def test_only_a_keyed_hash_of_the_address_is_kept() -> None:
    hit(1, who="203.0.113.7")

    row = LimitHit.objects.get()
    assert len(bytes(row.key)) == 32
    assert bytes(row.key) not in {crypto.token_hash("203.0.113.7"), b"203.0.113.7"}


def request(settings: Any, proxies: int, *, forwarded: str | None, address: str = "10.0.0.9") -> Any:
    settings.TRUSTED_PROXY_COUNT = proxies
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    return RequestFactory().get("/", headers=headers, REMOTE_ADDR=address)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "seen"),
    [
        (0, None, "10.0.0.9"),
        (0, "203.0.113.7", "10.0.0.9"),  # nobody of ours wrote it
        (1, "192.0.2.1", "192.0.2.1"),
        (1, "203.0.113.7, 192.0.2.1", "192.0.2.1"),  # the client wrote the first itself
        (1, "a, b, c, 192.0.2.1", "192.0.2.1"),
        (2, "203.0.113.7, 192.0.2.1, 10.0.0.1", "192.0.2.1"),
        (2, "192.0.2.1", "10.0.0.9"),  # fewer than our proxies write: it came another way
        (1, None, "10.0.0.9"),
        (1, "", "10.0.0.9"),
        (1, " , ", "10.0.0.9"),
    ],
)
def test_the_address_is_the_one_that_our_proxies_saw(
    settings: Any, proxies: int, forwarded: str | None, seen: str
) -> None:
    assert limits.address_of(request(settings, proxies, forwarded=forwarded)) == seen


def test_a_client_cannot_change_its_address_by_a_header(settings: Any) -> None:
    seen = {
        limits.address_of(request(settings, 1, forwarded=f"198.51.100.{n}, 192.0.2.1")) for n in range(20)
    }

    assert seen == {"192.0.2.1"}
