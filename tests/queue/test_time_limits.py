"""When silence becomes an alarm, when a mail is too old to have bounced, and when we stop waiting."""

from __future__ import annotations

import socket
import time
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from concerns.services import delivery
from safeguarding import bounces, clock, context, crypto, exports, heartbeat, leases, outbox
from safeguarding.exports import Export, ExportState, Purpose
from safeguarding.outbox import MessageState, OutboxMessage
from tests.cast import Cast

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def a_message(**columns: object) -> OutboxMessage:
    message = outbox.queue_rendered("x", ["s", "t", ""], to="somebody@example.org")
    OutboxMessage.objects.filter(pk=message.pk).update(**columns)
    message.refresh_from_db()
    return message


@pytest.mark.parametrize(("over", "fresh"), [(-SECOND, True), (0 * SECOND, False), (SECOND, False)])
def test_a_heartbeat_is_fresh_for_less_than_ninety_seconds(over: timedelta, fresh: bool) -> None:
    now = clock.now()
    with clock.at(now):
        heartbeat.beat("scheduler")

    assert heartbeat.is_fresh("scheduler", now + heartbeat.FRESH_FOR + over) is fresh


@pytest.mark.parametrize(("over", "late"), [(-SECOND, 0), (0 * SECOND, 1), (SECOND, 1)])
def test_a_mail_is_overdue_after_a_minute_and_stuck_after_ten(over: timedelta, late: int) -> None:
    due = a_message().due_at

    assert OutboxMessage.objects.overdue(due + outbox.OVERDUE_AFTER + over).count() == late
    assert OutboxMessage.objects.stuck(due + outbox.STUCK_AFTER + over).count() == late


@pytest.mark.parametrize(("over", "late"), [(-SECOND, 0), (0 * SECOND, 1), (SECOND, 1)])
def test_a_copy_is_overdue_after_twenty_seconds(cast: Cast, over: timedelta, late: int) -> None:
    now, key = clock.now(), crypto.new_key()
    key.save(force_insert=True)
    with context.system():
        Export.objects.create(
            kind="record", about_id=uuid4(), person=cast.lead, key=key, purpose=Purpose.LOOK, created_at=now
        )
        assert Export.objects.overdue(now + exports.OVERDUE_AFTER + over).count() == late


@pytest.mark.parametrize("claim", ["outbox", "exports"])
@pytest.mark.parametrize(("over", "free"), [(-SECOND, 0), (0 * SECOND, 0), (SECOND, 1)])
def test_what_somebody_works_on_is_given_to_another_after_its_lease(
    cast: Cast, claim: str, over: timedelta, free: int
) -> None:
    now = clock.now()
    leased = leases.LEASE
    if claim == "outbox":
        a_message(leased_until=now + leased)
        assert OutboxMessage.objects.due(now + leased + over).count() == free
        return
    with context.system():
        Export.objects.create(
            kind="record", about_id=uuid4(), person=cast.lead, purpose=Purpose.LOOK,
            created_at=now, leased_until=now + leased,
        )  # fmt: skip
        assert Export.objects.due(now + leased + over).count() == free


@pytest.mark.parametrize(("over", "found"), [(-SECOND, 1), (0 * SECOND, 0), (SECOND, 0)])
def test_a_bounce_without_our_id_counts_within_seven_days(over: timedelta, found: int) -> None:
    ended = clock.now()
    a_message(state=MessageState.SENT, ended_at=ended)

    with clock.at(ended + bounces.BOUNCES_WITHIN + over):
        assert bounces.came_back(message_id="theirs", to="somebody@example.org", fault="bounced") == found


@pytest.mark.parametrize(("over", "alarms"), [(-SECOND, 1), (0 * SECOND, 2), (SECOND, 2)])
def test_the_next_alarm_comes_after_an_hour(cast: Cast, over: timedelta, alarms: int) -> None:
    now = clock.now()
    for moment in (now, now + delivery.ALARM_AGAIN_AFTER + over):
        with clock.at(moment), context.system():
            a_message(state=MessageState.NOT_DELIVERED, ended_at=moment)
            delivery.alarm_due(now=moment)

    assert OutboxMessage.objects.filter(kind=delivery.ALARM, to=cast.lead.email).count() == alarms


def test_a_mail_server_that_never_speaks_is_given_up(settings: Any) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_TIMEOUT = "django.core.mail.backends.smtp.EmailBackend", 1
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", silent.getsockname()[1]
        message, begun = a_message(), time.monotonic()
        with context.system():
            outbox.send_due()

    assert 1 <= time.monotonic() - begun < 3
    message.refresh_from_db()
    assert (message.state, message.attempts) == (MessageState.QUEUED, 1)


def an_export(cast: Cast, kind: exports.Kind, monkeypatch: pytest.MonkeyPatch, **columns: object) -> Export:
    """Made by the worker's own look, as `kind` makes it."""
    monkeypatch.setitem(exports._kinds, "record", kind)
    key = crypto.new_key()
    key.save(force_insert=True)
    with context.system():
        export = Export.objects.create(
            kind="record", about_id=uuid4(), person=cast.lead, key=key, purpose=Purpose.LOOK,
            created_at=clock.now(), **columns,
        )  # fmt: skip
        exports.make_due()
        export.refresh_from_db()
    return export


def made_in(seconds: float) -> exports.Kind:
    def make(export: Export) -> list[exports.Made]:
        time.sleep(seconds)
        return []

    return exports.Kind(make=make, may_have=lambda export, person: True, note_fetching=lambda file, by: None)


@pytest.mark.parametrize(("seconds", "state"), [(0.2, ExportState.READY), (8, ExportState.FAILED)])
def test_a_copy_that_takes_too_long_is_given_up(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, seconds: float, state: str
) -> None:
    monkeypatch.setattr(exports, "LONGEST", 1)
    begun = time.monotonic()

    assert an_export(cast, made_in(seconds), monkeypatch).state == state
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    ("tries", "state"),
    [
        (exports.MOST_TRIES - 2, ExportState.READY),
        (exports.MOST_TRIES - 1, ExportState.READY),
        (exports.MOST_TRIES, ExportState.FAILED),
    ],
)
def test_a_copy_is_tried_three_times(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, tries: int, state: str
) -> None:
    assert an_export(cast, made_in(0), monkeypatch, tries=tries).state == state
