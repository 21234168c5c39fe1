"""The dispatcher: hands due work to Celery within a second of its commit, and does it itself when
Celery cannot.

Three things that may each hang have a thread of their own, so that none can hold the loop: the broker
(publishing), the mail lane, the exports lane and the periodic look. The loop asks only PostgreSQL.
Several dispatchers may run: rows are claimed, the periodic look holds an advisory lock.
"""

from __future__ import annotations

import logging
import os
import select
import signal
import subprocess  # nosec B404: one fixed command of our own, never a shell
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from types import FrameType
from typing import Any, NamedTuple

from django.conf import settings
from django.db import Error, close_old_connections, connection

from safeguarding import clock, context, exports, faults, heartbeat, looks, outbox
from safeguarding.celery import app

LOOK_EVERY = 3.0  # seconds between looks when nothing wakes us
SOON = 0.5  # seconds between looks, and between two tasks, while work waits
REST = 0.1  # seconds between two looks, however often we are woken
PATIENCE = 2.0  # seconds a broker may take before it counts as down
PROBE_EVERY = 15.0  # seconds between two tries of a broker that is down
EXPIRES = 30  # seconds a task may wait; the next look hands it over again
GUARD_EVERY = 20.0  # seconds between periodic looks of our own, when the scheduler is silent
LONGEST_LANE = 120.0  # seconds; a lane busy for longer is left behind and another takes its place
MAIL, EXPORTS = "safeguarding.send_mail", "safeguarding.make_exports"

log = logging.getLogger("safeguarding.dispatch")


class Bell:
    """Wakes the loop from a thread or a signal."""

    def __init__(self) -> None:
        self.ear, self._hand = os.pipe()
        os.set_blocking(self.ear, False)
        os.set_blocking(self._hand, False)

    def ring(self) -> None:
        with suppress(BlockingIOError):  # it rings already
            os.write(self._hand, b"!")

    def hush(self) -> None:
        with suppress(BlockingIOError):
            while os.read(self.ear, 512):
                pass


class Broker:
    """Hands tasks to Celery from a thread of its own. Down means: refused, or slower than PATIENCE."""

    def __init__(self, bell: Bell) -> None:
        self._bell = bell
        self._asked: dict[str, float] = {}
        self._published: dict[str, float] = {}
        self._something = threading.Condition()
        self._answered = True

    def start(self) -> None:
        threading.Thread(target=self._run, name="broker", daemon=True).start()

    @property
    def is_well(self) -> bool:
        with self._something:
            late = any(time.monotonic() - asked > PATIENCE for asked in self._asked.values())
        return self._answered and not late

    def hand(self, task: str) -> None:
        """Ask for one task to be published; a broker that is down is only tried now and then."""
        with self._something:
            if task not in self._asked and time.monotonic() >= self._not_before(task):
                self._asked[task] = time.monotonic()
                self._something.notify()

    def _not_before(self, task: str) -> float:
        return self._published.get(task, 0.0) + (SOON if self._answered else PROBE_EVERY)

    def _run(self) -> None:
        while True:
            with self._something:
                while not self._asked:
                    self._something.wait()
                task = next(iter(self._asked))
            answered = self._publish(task)
            with self._something:
                self._asked.pop(task)
                self._published[task] = time.monotonic()
                self._answered = answered
            if not answered:
                self._bell.ring()

    def _publish(self, task: str) -> bool:
        """A fresh connection each time, so that a broker that forgot its queues is told of them again."""
        options: dict[str, float] = {"max_retries": 1, "connect_retries_timeout": 1, "interval_start": 0}
        if settings.CELERY_BROKER_URL:
            options |= {"socket_timeout": PATIENCE, "socket_connect_timeout": 1}
        try:
            with app.connection_for_write(transport_options=options, connect_timeout=1) as way:
                app.send_task(task, connection=way, expires=EXPIRES, retry=False, ignore_result=True)
        except Exception as fault:  # whatever a broker can do to us, mail goes on without it
            log.warning("the broker did not take %s: %s", task, type(fault).__name__)
            return False
        return True


class Lane:
    """One kind of work on a thread of its own. Asking while it is busy makes it run once more."""

    def __init__(self, name: str, work: Callable[[], None]) -> None:
        self.name, self._work = name, work
        self._go = threading.Event()
        self._since: float | None = None
        self._thread: threading.Thread | None = None

    def go(self) -> None:
        self._go.set()
        hung = self._since is not None and time.monotonic() - self._since > LONGEST_LANE
        if self._thread is None or hung:
            self._since = None
            self._thread = threading.Thread(target=self._run, name=self.name, daemon=True)
            self._thread.start()

    def finish(self, seconds: float) -> None:
        """Wait for what is being done now; it may not take long."""
        until = time.monotonic() + seconds
        while self._since is not None and time.monotonic() < until:
            time.sleep(0.05)

    def _run(self) -> None:
        while threading.current_thread() is self._thread:
            self._go.wait()
            self._go.clear()
            self._since = time.monotonic()
            self._once()
            if threading.current_thread() is self._thread:
                self._since = None

    def _once(self) -> None:
        close_old_connections()
        try:
            self._work()
        except Error:
            log.warning("the database went away in %s", self.name)
            connection.close()
        except Exception as fault:  # one bad row must not end the lane
            faults.note(fault, process="dispatch", view=self.name)


class Waiting(NamedTuple):
    """What one look at the database found."""

    mail: bool
    overdue_mail: bool
    exports: bool
    overdue_exports: bool
    scheduler: bool

    @property
    def worker_is_behind(self) -> bool:
        return self.overdue_mail or self.overdue_exports or not self.scheduler


def look() -> Waiting:
    with context.system():
        now: datetime = clock.now()
        mail, files = outbox.OutboxMessage.objects, exports.Export.objects
        return Waiting(
            mail=mail.due(now).exists(),
            overdue_mail=mail.overdue(now).exists(),
            exports=files.due(now).exists(),
            overdue_exports=files.overdue(now).exists(),
            scheduler=heartbeat.is_fresh("scheduler", now),
        )


class Dispatcher:
    def __init__(self) -> None:
        self.bell = Bell()
        self.stopping = threading.Event()
        self.broker = Broker(self.bell)
        self.mail = Lane("mail", lambda: looks.send_mail(stopping=self.stopping.is_set))
        self.exports = Lane("exports", self._make_exports)
        self.guard = Lane("look", looks.guard)
        self._listening: Any = None
        self._next_guard = 0.0

    def stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping.set()
        self.bell.ring()

    def run(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        self.broker.start()
        log.info("dispatching")
        while not self.stopping.is_set():
            self._turn()
        for lane in (self.mail, self.exports, self.guard):
            lane.finish(10)
        log.info("stopped")

    def _turn(self) -> None:
        try:
            self._listen()
            found = look()
            self._act(found)
            self._rest(SOON if found.mail or found.exports else LOOK_EVERY)
        except Error as fault:
            log.warning("the database did not answer: %s", type(fault).__name__)
            self._listening = None
            with suppress(Error):
                connection.close()
            self.stopping.wait(1)

    def _listen(self) -> None:
        connection.ensure_connection()
        if self._listening is not connection.connection:
            with connection.cursor() as cursor:
                cursor.execute(f"LISTEN {outbox.CHANNEL}")
            self._listening = connection.connection

    def _act(self, found: Waiting) -> None:
        self_service = not self.broker.is_well or found.worker_is_behind
        for waits, task, lane in ((found.mail, MAIL, self.mail), (found.exports, EXPORTS, self.exports)):
            if waits:
                self.broker.hand(task)
                if self_service:
                    lane.go()
        if not found.scheduler and time.monotonic() >= self._next_guard:
            self._next_guard = time.monotonic() + GUARD_EVERY
            self.guard.go()

    def _rest(self, seconds: float) -> None:
        """Until something is committed, the broker fails, we must stop, or the seconds have passed."""
        self.stopping.wait(REST)
        with connection.wrap_database_errors:
            wire = connection.connection
            wire.poll()
            if not wire.notifies:
                select.select([wire, self.bell.ear], [], [], seconds)
                wire.poll()
            wire.notifies.clear()
        self.bell.hush()

    def _make_exports(self) -> None:
        """In a process of its own, which can be killed: drawing a page may not be stopped otherwise."""
        command = [sys.executable, "manage.py", "make_exports"]
        with subprocess.Popen(command, cwd=settings.BASE_DIR) as making:  # nosec B603
            try:
                self._wait_for(making, time.monotonic() + exports.LONGEST_BATCH)
            finally:
                making.kill()

    def _wait_for(self, making: subprocess.Popen[bytes], until: float) -> None:
        while making.poll() is None and time.monotonic() < until and not self.stopping.is_set():
            time.sleep(0.1)
