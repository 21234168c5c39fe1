"""The looks that worker, dispatcher and beat share. Any number may look at once: rows are claimed,
and the periodic look holds an advisory lock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from concerns.services import escalation
from safeguarding import clock, context, exports, heartbeat, outbox, retention

PERIODIC_LOCK = 7_140_001


def send_mail() -> None:
    with context.system():
        outbox.send_due()


def make_exports() -> None:
    with context.system():
        exports.make_due()


def periodic() -> None:
    """Escalate what nobody acknowledged, and say that the scheduler lives."""
    with context.system(), only_one(PERIODIC_LOCK) as mine:
        if mine:
            escalation.escalate_due(now=clock.now())
            heartbeat.beat("scheduler")


def tidy() -> None:
    """Delete what has outlived its time."""
    with context.system():
        retention.purge(now=clock.now())


@contextmanager
def only_one(lock: int) -> Iterator[bool]:
    """Whether this process holds the named lock for the block; never waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [lock])
        mine: bool = cursor.fetchone()[0]
        try:
            yield mine
        finally:
            if mine:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [lock])
