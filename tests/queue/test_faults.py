"""Faults of the queue, with real processes: the broker, the worker, the scheduler and the web die or hang."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import timedelta

import psutil
import pytest
import time_machine
from django.conf import settings
from django.db import close_old_connections, connection

from concerns import receipts
from concerns.enums import HowSoon, Step
from concerns.models import Concern, Draft, Telling
from concerns.services.raising import Raised, raise_concern
from safeguarding import audit, clock, context, heartbeat, looks, outbox
from safeguarding.audit import AuditEntry
from safeguarding.outbox import OutboxMessage
from tests.cast import Cast
from tests.mail import Post
from tests.servers import Place, Redis, Visitor, wait_until

pytestmark = pytest.mark.django_db(transaction=True)
slow = pytest.mark.slow


def send_concern(place: Place) -> float:
    """Seconds that the final POST took; the quickest of three, since the tests share the machine."""
    times = []
    for _ in range(3):
        visitor = Visitor(place)
        start = time.monotonic()
        assert visitor.send() == 302
        times.append(time.monotonic() - start)
    return min(times)


def stop_broker(broker: Redis) -> None:
    broker.server.kill()


def hang_broker(broker: Redis) -> None:
    broker.server.pause()


def empty_broker(broker: Redis) -> None:
    broker.client().flushall()


@slow
@pytest.mark.clause("7.0c")
@pytest.mark.parametrize("fault", [stop_broker, hang_broker, empty_broker])
def test_whatever_redis_does_raising_is_quick_and_mail_leaves(
    cast: Cast, redis_place: Place, redis_server: Redis, post: Post, fault: object
) -> None:
    heartbeat.beat("scheduler")
    redis_place.worker(processes=1)
    redis_place.dispatch()
    redis_place.web(workers=1)
    assert send_concern(redis_place) < 1
    wait_until(lambda: len(post.envelopes) == 6, seconds=30)

    fault(redis_server)  # type: ignore[operator]

    assert send_concern(redis_place) < 1
    assert wait_until(lambda: len(post.envelopes) == 12, seconds=90) < 90
    ids = [mail["Message-ID"] for mail in post.mails]
    assert len(set(ids)) == len(ids)


@slow
def test_when_the_worker_stalls_the_dispatcher_does_its_work_and_readyz_says_so(
    cast: Cast, redis_place: Place, post: Post
) -> None:
    heartbeat.beat("scheduler")
    worker = redis_place.worker(processes=1)
    redis_place.dispatch()
    redis_place.web(workers=1)
    worker.pause()
    raise_concern(raised=Raised(words="x"), by=audit.Other.REPORTER)
    time.sleep(4)
    assert post.envelopes == []  # handed to a worker that does nothing

    minute_ago = clock.now() - outbox.OVERDUE_AFTER
    OutboxMessage.objects.update(due_at=minute_ago)  # a minute later
    wait_until(lambda: len(post.envelopes) == 2, seconds=15)

    with clock.at(clock.now() - heartbeat.FRESH_FOR):
        heartbeat.beat("scheduler")  # nor did the scheduler's look happen since
    assert timedelta(minutes=2) > heartbeat.FRESH_FOR
    wait_until(lambda: heartbeat.last("guard") is not None, seconds=15)
    assert heartbeat.is_fresh("scheduler", clock.now()) is False
    worker.resume()


@slow
@pytest.mark.clause("7.0c")
def test_without_any_scheduler_the_dispatcher_climbs_the_ladder(cast: Cast, place: Place, post: Post) -> None:
    raise_concern(raised=Raised(words="x", how_soon=HowSoon.TODAY), by=audit.Other.REPORTER)
    with context.system():
        Concern.objects.update(acknowledge_by=clock.now() - timedelta(minutes=1))

    place.dispatch()

    reminder = "Something still waits for you"
    wait_until(lambda: [mail["To"] for mail in post.mails if mail["Subject"] == reminder], seconds=20)


@slow
@pytest.mark.clause("7.0c")
def test_two_schedulers_tell_each_person_once(cast: Cast, redis_place: Place, post: Post) -> None:
    for _ in range(5):
        raise_concern(raised=Raised(words="x", how_soon=HowSoon.TODAY), by=audit.Other.REPORTER)
    with context.system():
        Concern.objects.update(acknowledge_by=clock.now() - timedelta(minutes=1))
    worker = redis_place.worker(processes=2)
    redis_place.beat()
    redis_place.beat()
    redis_place.dispatch()
    redis_place.dispatch()

    wait_until(lambda: worker.did("look") >= 2, seconds=50)
    wait_until(lambda: len(post.envelopes) >= 17, seconds=30)
    time.sleep(1)

    with context.system():
        assert Telling.objects.filter(step=Step.DEPUTY).count() == 5
    subjects = Counter(mail["Subject"] for mail in post.mails)
    assert subjects == {
        "Something is waiting for you": 10,
        "Something still waits for you": 5,
        "Your week": 2,
    }


def test_many_looks_at_the_same_moment_tell_each_person_once(cast: Cast) -> None:
    for _ in range(3):
        raise_concern(raised=Raised(words="x", how_soon=HowSoon.TODAY), by=audit.Other.REPORTER)
    with context.system():
        Concern.objects.update(acknowledge_by=clock.now() - timedelta(minutes=1))
    together, faults = threading.Barrier(6), []

    def one(look: object) -> None:
        try:
            together.wait(10)
            look()  # type: ignore[operator]
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=[look]) for look in [looks.periodic, looks.guard] * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert faults == []
    with context.system():
        assert Telling.objects.filter(step=Step.DEPUTY).count() == 3
    assert OutboxMessage.objects.filter(kind="concern_reminder").count() == 3


@pytest.mark.parametrize("jump", [timedelta(days=1), timedelta(days=-1)])
def test_a_machine_whose_clock_is_a_day_off_changes_nothing(cast: Cast, jump: timedelta) -> None:
    """Time is the database's: a worker with a wrong clock neither hurries nor waits."""
    raise_concern(raised=Raised(words="x", how_soon=HowSoon.TODAY), by=audit.Other.REPORTER)

    with time_machine.travel(clock.now() + jump):
        looks.periodic()

    with context.system():
        assert Telling.objects.filter(step=Step.DEPUTY).count() == 0
        Concern.objects.update(acknowledge_by=clock.now() - timedelta(minutes=1))
        with time_machine.travel(clock.now() + jump):
            looks.periodic()
            looks.periodic()
    with context.system():
        assert Telling.objects.filter(step=Step.DEPUTY).count() == 1


def test_the_web_process_knows_neither_broker_nor_pdf() -> None:
    """What is not imported cannot hang a request."""
    said = (
        "import sys, safeguarding.wsgi, safeguarding.urls;"
        "print([m for m in ('celery', 'kombu', 'redis', 'weasyprint') if m in sys.modules])"
    )
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "safeguarding.settings"}
    command = [sys.executable, "-c", said]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)

    assert done.stdout.strip() == "[]", done.stderr


KILLS, SECONDS = 200, 40


@slow
@pytest.mark.clause("7.0c")
def test_a_web_process_killed_while_sending_leaves_all_or_nothing(cast: Cast, place: Place) -> None:
    chance, server = random.Random(37), place.web(workers=2, preload=True)
    usual = send_concern(place)
    visitors: list[Visitor] = []
    statuses: list[int] = []
    until = time.monotonic() + SECONDS

    while len(visitors) < KILLS and time.monotonic() < until:
        visitor = Visitor(place)
        killer = threading.Timer(chance.uniform(0, 1.3 * usual), kill_web_processes, [server.children()])
        killer.start()
        statuses.append(visitor.send())
        killer.join()
        visitors.append(visitor)
        close_old_connections()

    with context.system():
        whole = [what_is_there(visitor.draft) for visitor in visitors]
    assert set(whole) <= {(0, 0, 0, 0), (1, 2, 1, 1)}
    assert {(0, 0, 0, 0), (1, 2, 1, 1)} == set(whole), "the kills missed the moment"
    answered = [w for w, status in zip(whole, statuses, strict=True) if status == 302]
    assert set(answered) <= {(1, 2, 1, 1)}  # whoever was thanked is in the database
    check_receipts(visitors, whole)
    assert len(visitors) >= 30


def kill_web_processes(processes: list[psutil.Process]) -> None:
    for process in processes:
        try:
            os.kill(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def what_is_there(draft: Draft) -> tuple[int, int, int, int]:
    """Concerns, messages, audit rows, and whether the draft knows: of one sending."""
    pk = draft.idempotency
    told = Telling.objects.filter(concern=pk).values("message_id")  # of a flood, some by a digest
    return (
        Concern.objects.filter(pk=pk).count(),
        OutboxMessage.objects.filter(pk__in=told).count(),
        AuditEntry.objects.filter(about_id=pk, verb="concern_raised").count(),
        Draft.objects.filter(pk=draft.pk, concern_id=pk).count(),
    )


def check_receipts(visitors: list[Visitor], whole: list[tuple[int, int, int, int]]) -> None:
    """A receipt that would be shown always works."""
    there = [v for v, counts in zip(visitors, whole, strict=True) if counts[0]]
    with context.system():
        for visitor in there[:5]:
            assert receipts.find(receipts.receipt_for(visitor.draft.idempotency)) is not None
