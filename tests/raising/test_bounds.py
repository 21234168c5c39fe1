"""Where raising has an end: people, activities, half an hour, a flood from everywhere, hashes at once."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from argon2 import PasswordHasher
from django.test import Client

from concerns import limits as our_limits
from concerns import receipts
from concerns.views.raising_more import MOST_ACTIVITIES, MOST_PEOPLE
from concerns.views.visit import FOLLOW_UP_SECONDS
from riskassessment.models import Activity
from safeguarding import clock
from safeguarding.limits import Limit
from tests.cast import Cast, sign_in
from tests.raising.journey import Reporter, concerns

FULL = "Please add the others in your own words."


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("before", "full"), [(MOST_PEOPLE - 2, False), (MOST_PEOPLE - 1, False), (MOST_PEOPLE, True)]
)
def test_twenty_people_can_be_listed(reporter: Reporter, before: int, full: bool) -> None:
    reporter.begin()
    for n in range(before):
        reporter.answer("/raise/more/people/", {"name": f"Person {n}"})

    page = reporter.answer("/raise/more/people/", {"name": "One more"}).content.decode()

    assert (FULL in page) is full


@pytest.mark.django_db
@pytest.mark.parametrize("there", [MOST_ACTIVITIES - 1, MOST_ACTIVITIES, MOST_ACTIVITIES + 1])
def test_the_newest_fifty_activities_are_offered(cast: Cast, there: int) -> None:
    now = clock.now()
    Activity.objects.bulk_create(
        Activity(title=f"Session {n}.", starts_at=now - timedelta(days=n), created_at=now)
        for n in range(there)
    )
    reporter = Reporter(sign_in(Client(), cast.co_producer))
    reporter.begin()

    page = reporter.open("/raise/more/activity/").content.decode()

    assert [f"Session {n}." in page for n in range(there)] == [n < MOST_ACTIVITIES for n in range(there)]


@pytest.mark.django_db
@pytest.mark.parametrize(("over", "open_"), [(-1, True), (0, False), (1, False)])
def test_a_receipt_opens_its_concern_for_less_than_half_an_hour(
    reporter: Reporter, over: int, open_: bool
) -> None:
    receipt, client, now = reporter.raise_it("Quillfeather."), Client(), int(time.time())
    with time_machine.travel(now, tick=False):
        client.post("/follow-up/", {"receipt": receipt})

    with time_machine.travel(now + FOLLOW_UP_SECONDS + over, tick=False):
        page = client.get("/follow-up/", follow=True).content.decode()
    assert ("The 16 numbers on your receipt" not in page) is open_


@pytest.mark.django_db
def test_past_the_limit_for_everybody_a_concern_is_taken_and_held(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(our_limits, "RAISED_ANYWHERE", Limit("raised_anywhere", hits=2, seconds=10**9))
    for n in range(4):
        Reporter(Client(REMOTE_ADDR=f"198.51.100.{n}")).raise_it(f"{n}")

    assert [(c.words, c.held_for_review) for c in concerns()] == [
        ("0", False),
        ("1", False),
        ("2", True),
        ("3", True),
    ]


class Counting(PasswordHasher):
    """The real hasher, which remembers how many hashes were made at the same time."""

    now = most = 0
    lock = threading.Lock()

    def hash(self, *args: Any, **kwargs: Any) -> str:
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        try:
            return super().hash(*args, **kwargs)
        finally:
            with self.lock:
                self.now -= 1


def test_at_most_two_receipts_are_hashed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each takes 19 MiB: twelve at once would be a quarter of the memory of a small machine."""
    counting = receipts.at_full_cost(Counting)
    assert isinstance(counting, Counting)
    monkeypatch.setattr(receipts, "_hasher", counting)

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(receipts.verifier, [f"{n:016d}" for n in range(36)]))

    assert counting.most == receipts.AT_ONCE
