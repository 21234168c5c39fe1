"""The looks that worker, dispatcher and beat share. Any number may look at once: rows are claimed,
and the periodic look holds an advisory lock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection

from concerns.services import delivery, drafts, escalation, following_up, weekly
from reviews.services import chasing, checking, cycles, packing, promising, reminders
from riskassessment.services import reminding, series, warning, zone_days
from safeguarding import clock, context, exports, heartbeat, outbox, retention
from safeguarding.contacts.services import alarms
from safeguarding.people import lost_factor

PERIODIC_LOCK = 7_140_001


def send_mail(*, stopping: Callable[[], bool] = outbox.never) -> None:
    """Send what is due; what came back makes the next person's message due at once."""
    with context.system():
        outbox.send_due(stopping=stopping)
        if outbox.OutboxMessage.objects.undelivered().filter(alarmed_at=None).exists():
            escalation.escalate_due(now=clock.now())
            delivery.alarm_due(now=clock.now())


def make_exports() -> None:
    with context.system():
        exports.make_due()


def periodic() -> None:
    """What the scheduler starts: escalate, alarm, the weekly mail; and say that scheduler and worker live."""
    with context.system(), only_one(PERIODIC_LOCK) as mine:
        if mine:
            _look()
            heartbeat.beat("scheduler")


def guard() -> None:
    """The same look by the dispatcher, when the scheduler is silent; its silence stays visible."""
    with context.system(), only_one(PERIODIC_LOCK) as mine:
        if mine:
            _look()
            heartbeat.beat("guard")


def _look() -> None:
    now = clock.now()
    escalation.escalate_due(now=now)
    delivery.alarm_due(now=now)
    alarms.look(now=now)
    weekly.send_due(now=now)
    warning.warn_due(now=now)
    reminding.send_due(now=now)
    lost_factor.finish_due(now=now)
    series.make_due(now=now)
    cycles.keep_windows(now=now)
    reminders.send_due(now=now)
    promising.send_due(now=now)
    checking.publish_due(now=now)
    chasing.send_due(now=now)
    packing.keep(now=now)


def tidy() -> None:
    """Delete what has outlived its time."""
    with context.system():
        following_up.keep_outcomes(now=clock.now())  # before the outbox forgets
        drafts.purge(now=clock.now())
        zone_days.purge(now=clock.now())
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
