"""Many at once: a double click, a full room, a flood, a guesser. Real parallel requests, real rows."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from concerns import limits as our_limits
from concerns import receipts
from concerns.models import Concern, Telling
from concerns.services import following_up, routing
from safeguarding import context
from safeguarding.limits import Limit
from safeguarding.outbox import OutboxMessage
from tests.cast import Cast
from tests.raising.journey import Reporter, concerns
from tests.timing import Race

pytestmark = pytest.mark.django_db(transaction=True)
LONG = 10**9  # seconds: a window that no test outlives


def at_once(asks: Sequence[Callable[[], Any]], *, workers: int = 12) -> list[Any]:
    """Every ask in parallel, each on a database connection of its own."""

    def one(ask: Callable[[], Any]) -> Any:
        try:
            return ask()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=workers) as pool:
        return list(pool.map(one, asks))


def ready_to_send(words: str, address: str = "198.51.100.7") -> Reporter:
    reporter = Reporter(Client(REMOTE_ADDR=address))
    reporter.begin()
    reporter.write(words)
    return reporter


def same_browser(reporter: Reporter) -> Reporter:
    """Another request of the same browser: its own client, the same cookies."""
    twin = Reporter(Client(REMOTE_ADDR="198.51.100.7"))
    twin.client.cookies.load({name: morsel.value for name, morsel in reporter.client.cookies.items()})
    return twin


def test_twelve_parallel_clicks_make_one_concern_and_one_receipt(cast: Cast) -> None:
    reporter = ready_to_send("Once.")
    twins = [same_browser(reporter) for _n in range(12)]

    pages = at_once([partial(twin.client.post, "/raise/check/", follow=True) for twin in twins])

    assert [page.status_code for page in pages] == [200] * 12
    assert len({reporter.receipt(page) for page in pages}) == 1
    assert len(concerns()) == 1
    assert OutboxMessage.objects.count() == 2


def test_twelve_parallel_send_nows_with_the_same_words_make_one(cast: Cast) -> None:
    reporter = Reporter()
    page = reporter.begin()
    data = {**reporter.hidden(page), "words": "Once.", "send": "1"}
    twins = [same_browser(reporter) for _n in range(12)]

    pages = at_once([partial(t.client.post, "/raise/words/", data, follow=True) for t in twins])

    assert Counter(page.status_code for page in pages) == {200: 12}
    assert len({reporter.receipt(page) for page in pages}) == 1
    assert [concern.words for concern in concerns()] == ["Once."]


@pytest.mark.clause("7.0b")
def test_thirty_people_behind_one_address_report_at_once_and_none_is_held(cast: Cast) -> None:
    people = [ready_to_send(f"From person {n}.") for n in range(30)]

    begun = time.monotonic()
    pages = at_once([partial(p.client.post, "/raise/check/", follow=True) for p in people], workers=30)

    assert time.monotonic() - begun < 60
    assert len({people[0].receipt(page) for page in pages} - {""}) == 30
    written = concerns()
    assert sorted(concern.words or "" for concern in written) == sorted(
        f"From person {n}." for n in range(30)
    )
    assert {concern.held_for_review for concern in written} == {False}


def test_thirty_people_come_back_at_once_behind_one_address(cast: Cast) -> None:
    found = [Reporter().raise_it(f"Words {n}.") for n in range(30)]

    asks = [partial(Client(REMOTE_ADDR="198.51.100.7").post, "/follow-up/", {"receipt": r}) for r in found]

    assert [page.status_code for page in at_once(asks, workers=30)] == [302] * 30


def test_past_the_limit_a_concern_is_taken_and_held(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(our_limits, "RAISED_HERE", Limit("raised_here", hits=3, seconds=LONG))
    people = [ready_to_send(f"{n}") for n in range(8)]

    pages = at_once([partial(p.client.post, "/raise/check/", follow=True) for p in people])

    assert len({people[0].receipt(page) for page in pages} - {""}) == 8
    assert Counter(concern.held_for_review for concern in concerns()) == {False: 3, True: 5}


def test_another_address_is_not_held_with_it(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(our_limits, "RAISED_HERE", Limit("raised_here", hits=0, seconds=LONG))
    ready_to_send("held").answer("/raise/check/")
    monkeypatch.setattr(our_limits, "RAISED_HERE", Limit("raised_here", hits=1, seconds=LONG))
    ready_to_send("not held", address="198.51.100.8").answer("/raise/check/")

    assert [(c.words, c.held_for_review) for c in concerns()] == [("held", True), ("not held", False)]


def test_what_is_held_is_told_by_one_digest_and_everybody_is_still_told(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(our_limits, "RAISED_HERE", Limit("raised_here", hits=2, seconds=LONG))
    people = [ready_to_send(f"{n}") for n in range(10)]
    at_once([partial(p.client.post, "/raise/check/") for p in people])

    assert Counter(OutboxMessage.objects.values_list("kind", "to")) == {
        ("concern_waiting", "lena@example.org"): 2,
        ("concern_waiting", "dara@example.org"): 2,
        ("concerns_waiting", "lena@example.org"): 1,
        ("concerns_waiting", "dara@example.org"): 1,
    }
    with context.system():
        assert Telling.objects.count() == 20


@pytest.mark.slow
def test_a_flood_of_a_thousand_is_bounded_and_none_is_dropped(cast: Cast) -> None:
    """Fault 24: the shortest way through, a thousand times, from one address."""
    told = Reporter().ticked(Client().get("/raise/"))

    def one(n: int) -> tuple[int, str]:
        reporter = Reporter(Client(REMOTE_ADDR="198.51.100.9"))
        page = reporter.client.post("/raise/", {"told": told}, follow=True)
        words = {**reporter.hidden(page), "words": f"{n}", "send": "1"}
        sent = reporter.client.post("/raise/words/", words)
        return sent.status_code, sent.headers["Location"]

    taken = at_once([partial(one, n) for n in range(1000)], workers=8)

    assert Counter(taken) == {(302, "/raise/sent/"): 1000}
    with context.system():
        assert Concern.objects.count() == 1000
        held = Concern.objects.filter(held_for_review=True).count()
    assert held >= 1000 - our_limits.RAISED_HERE.hits * 2  # the flood may cross into a second window
    assert OutboxMessage.objects.filter(kind="concerns_waiting").count() <= 2 * 2
    assert OutboxMessage.objects.count() <= 2 * (routing.MOST_AN_HOUR + 2)


def test_guessing_receipts_stops_exactly_at_the_limit(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(our_limits, "RECEIPT", Limit("receipt", hits=25, seconds=LONG))
    hashes: list[str] = []
    proved = receipts.is_proved

    def counted(secret: str, *, by: str | None) -> bool:
        hashes.append(secret)
        return proved(secret, by=by)

    monkeypatch.setattr(receipts, "is_proved", counted)

    def guess(n: int) -> Any:
        return Client(REMOTE_ADDR="198.51.100.7").post("/follow-up/", {"receipt": f"{n:016d}"})

    pages = at_once([partial(guess, n) for n in range(200)], workers=20)

    assert Counter(page.status_code for page in pages) == {422: 25, 429: 175}
    assert len(hashes) == 25
    assert len({page.content for page in pages if page.status_code == 429}) == 1


def test_past_the_limit_a_true_receipt_is_refused_too(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    receipt = Reporter().raise_it()
    monkeypatch.setattr(our_limits, "RECEIPT", Limit("receipt", hits=0, seconds=LONG))

    assert Client().post("/follow-up/", {"receipt": receipt}).status_code == 429


def looked_for(receipt: str) -> Callable[[int], Any]:
    return lambda number: following_up.find(receipt)


@pytest.mark.slow
def test_a_miss_costs_as_much_as_a_hit(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fault 11: interleaved tries, each one Argon2id hash; a wrong digit anywhere is a miss."""
    monkeypatch.setattr(receipts, "_hasher", receipts.at_full_cost())
    monkeypatch.setattr(receipts, "_nobody", receipts.verifier("nobody"))
    receipt = Reporter().raise_it()
    following_up.find("0" * 16)  # makes the stand-in
    nearly = f"{receipt[:-1]}{(int(receipt[-1]) + 1) % 10}"
    tries = {"hit": receipt, "hit too": receipt, "nearly": nearly, "miss": "0" * 16}
    race = Race({name: looked_for(tried) for name, tried in tries.items()})

    found = {name: {result is not None for result in results} for name, results in race.results.items()}
    assert found == {"hit": {True}, "hit too": {True}, "nearly": {False}, "miss": {False}}
    assert race.told_apart(control=("hit", "hit too"), margin=0.1) == {}


def test_two_tabs_saving_at_once_lose_nothing(cast: Cast) -> None:
    reporter = Reporter()
    place = reporter.hidden(reporter.begin())
    twins = [same_browser(reporter) for _n in range(6)]

    def write(n: int) -> Any:
        return twins[n].client.post("/raise/words/", {**place, "words": f"Text {n}."})

    pages = at_once([partial(write, n) for n in range(6)])

    kept = reporter.open("/raise/words/").content.decode()
    (winner,) = [n for n in range(6) if f"Text {n}.</textarea>" in kept]
    assert Counter(page.status_code for page in pages) == {302: 1, 409: 5}
    for n, page in enumerate(pages):
        if n != winner:
            assert f"Text {n}." in page.content.decode() and f"Text {winner}." in page.content.decode()
