"""What two processes look at in the same moment belongs to one of them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import pytest
from django.db import connection, models, transaction

from safeguarding import context, leases, outbox
from safeguarding.outbox import OutboxMessage

pytestmark = pytest.mark.django_db(transaction=True)


def in_turn(now: datetime) -> models.QuerySet[OutboxMessage]:
    return OutboxMessage.objects.due(now).order_by("created_at")


def claim_one(find: Any = in_turn) -> OutboxMessage | None:
    with transaction.atomic():
        claimed: OutboxMessage | None = leases.claim(find, counted="attempts")
    return claimed


def claimed_by_another() -> OutboxMessage | None:
    def on_a_connection_of_its_own() -> OutboxMessage | None:
        try:
            return claim_one()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as another:
        return another.submit(on_a_connection_of_its_own).result()


def queued() -> OutboxMessage:
    with context.system():
        return outbox.queue_rendered("x", ["s", "t", ""], to="lena@example.org")


class Overtaken:
    """A look whose row another takes after it read the clock and before it asks for the row."""

    def __init__(self) -> None:
        self.theirs: OutboxMessage | None = None

    def __call__(self, now: datetime) -> models.QuerySet[OutboxMessage]:
        self.theirs = self.theirs or claimed_by_another()
        return in_turn(now)


def test_what_another_took_between_our_clock_and_our_lock_is_theirs() -> None:
    message, look = queued(), Overtaken()

    assert claim_one(look) is None
    assert look.theirs == message
    message.refresh_from_db()
    assert message.attempts == 1


def test_the_next_row_is_ours_when_the_first_was_taken() -> None:
    first, second, look = queued(), queued(), Overtaken()

    assert (claim_one(look), look.theirs) == (second, first)
