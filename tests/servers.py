"""Real processes for tests: Redis, gunicorn, the Celery worker, beat and the dispatcher, on free ports.

Each is a process group of its own, ended by its id when the test ends. `Place` says where they all
live: which database, which mail server, which broker.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil
import pytest
import redis
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connections

from concerns.services import drafts
from concerns.services.sending import WHO, WORDS
from safeguarding import embedded
from tests import migrated
from tests.conftest import Clone
from tests.mail import Post, free_port

PYTHON = sys.executable
CELERY = [PYTHON, "-m", "celery", "-A", "safeguarding.celery"]
QUIET = ["--without-gossip", "--without-mingle", "--without-heartbeat"]


def wait_until(what: Callable[[], object], *, seconds: float = 20, every: float = 0.05) -> float:
    """Seconds until `what()` is true; fails the test when it takes too long."""
    start = time.monotonic()
    while not what():
        if time.monotonic() - start > seconds:
            pytest.fail(f"waited {seconds} s in vain")
        time.sleep(every)
    return time.monotonic() - start


class Server:
    """One process group; its output is in `log`."""

    def __init__(self, command: list[str], *, log: Path, environment: dict[str, str]) -> None:
        self.log, self.name = log, log.stem
        with log.open("ab") as out:
            self.process = subprocess.Popen(
                command,
                cwd=settings.BASE_DIR,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        return self.process.pid

    @property
    def said(self) -> str:
        return self.log.read_text(errors="replace")

    @property
    def runs(self) -> bool:
        return self.process.poll() is None

    def signal_all(self, number: signal.Signals) -> None:
        """To the whole group: a worker's children too."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, number)

    def kill(self) -> None:
        self.signal_all(signal.SIGKILL)
        self.process.wait(10)

    def pause(self) -> None:
        self.signal_all(signal.SIGSTOP)

    def resume(self) -> None:
        self.signal_all(signal.SIGCONT)

    def children(self) -> list[psutil.Process]:
        with suppress(psutil.NoSuchProcess):
            return psutil.Process(self.pid).children()
        return []

    def did(self, task: str) -> int:
        """How often a worker received a task."""
        return sum(
            f"Task safeguarding.{task}[" in line and "received" in line for line in self.said.split("\n")
        )

    def stop(self) -> int:
        """Ask it to end, and insist after ten seconds. Returns its exit code."""
        self.resume()
        if self.runs:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGTERM)
        try:
            code = self.process.wait(10)
        except subprocess.TimeoutExpired:
            code = -9
        self.signal_all(signal.SIGKILL)
        self.process.wait(10)
        return code


@dataclass
class Place:
    """Where the processes of one test live, and those that were started."""

    folder: Path
    database_url: str
    email_url: str
    broker_url: str = ""
    web_port: int = field(default_factory=free_port)
    extra: dict[str, str] = field(default_factory=dict)
    servers: list[Server] = field(default_factory=list)

    @property
    def site_url(self) -> str:
        return f"http://localhost:{self.web_port}"

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": "safeguarding.settings",
            "DATABASE_URL": self.database_url,
            "EMAIL_URL": self.email_url,
            "CELERY_BROKER_URL": self.broker_url,
            "SITE_URL": self.site_url,
            "VAR_DIR": str(self.folder),
            "SECRET_KEY": settings.SECRET_KEY,
            "KEY_RING_FILE": str(settings.KEY_RING_FILE),
            "PYTHONUNBUFFERED": "1",
            **self.extra,
        }

    def start(self, name: str, command: list[str]) -> Server:
        log = self.folder / f"{name}.{len(self.servers)}.log"
        server = Server(command, log=log, environment=self.environment)
        self.servers.append(server)
        return server

    def dispatch(self) -> Server:
        server = self.start("dispatch", [PYTHON, "manage.py", "dispatch"])
        wait_until(lambda: '"dispatching"' in server.said)
        return server

    def worker(self, *, processes: int = 2) -> Server:
        server = self.start("worker", [*CELERY, "worker", "-l", "INFO", "-c", str(processes), *QUIET])
        wait_until(lambda: " ready." in server.said)
        return server

    def beat(self) -> Server:
        server = self.start("beat", [*CELERY, "beat", "-l", "INFO"])
        wait_until(lambda: "beat: Starting" in server.said)
        return server

    def web(self, *, workers: int = 2, threads: int = 2, preload: bool = False) -> Server:
        """gunicorn as in production; `preload` makes a killed process come back in milliseconds."""
        shape = ["--workers", str(workers), "--worker-class", "gthread", "--threads", str(threads)]
        shape += ["--preload"] if preload else []
        bind = ["--bind", f"127.0.0.1:{self.web_port}", "--graceful-timeout", "5"]
        server = self.start("web", [PYTHON, "-m", "gunicorn", *shape, *bind, "safeguarding.wsgi:application"])
        wait_until(lambda: "Booting worker" in server.said)
        return server

    def look_now(self) -> None:
        """One more look of a worker, beside those of the schedule; waits until it is over."""
        worker = next(server for server in self.servers if server.name.startswith("worker"))
        before = worker.said.count("Task safeguarding.look[")
        ask = [*CELERY, "call", "safeguarding.look"]
        subprocess.run(ask, cwd=settings.BASE_DIR, env=self.environment, check=True, capture_output=True)
        wait_until(lambda: worker.said.count("Task safeguarding.look[") >= before + 2)  # received, succeeded

    def stop_all(self) -> None:
        for server in reversed(self.servers):
            server.kill()


class Redis:
    """A Redis of the test's own, on a free port, keeping nothing on disk."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self) -> None:
        program = shutil.which("redis-server") or "redis-server"
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        command = [program, *options, "--dir", str(self.folder)]
        self.server = Server(command, log=self.folder / "redis.log", environment=dict(os.environ))
        wait_until(self.answers)

    def answers(self) -> bool:
        try:
            return bool(self.client().ping())
        except redis.RedisError:
            return False

    def client(self) -> redis.Redis:
        return redis.Redis(port=self.port, socket_timeout=2, socket_connect_timeout=2)


class OwnDatabase:
    """A PostgreSQL of the test's own, migrated, that may crash without disturbing anybody.

    Durable, as in production: what it said it committed must be there after a crash.
    """

    def __init__(self, folder: Path, environment: Mapping[str, str] | None = None) -> None:
        """`environment` is added to the server's own."""
        self.cluster = embedded.Cluster(folder=folder)
        migrated.copy_to(folder)
        with pytest.MonkeyPatch.context() as patch:
            for name, value in (environment or {}).items():
                patch.setenv(name, value)
            embedded.start(self.cluster)

    @property
    def url(self) -> str:
        return self.cluster.url(role=embedded.APP)

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """This process asks it too, as `app`."""
        wrapper = connections["default"]
        before = dict(wrapper.settings_dict)
        wrapper.close()
        here = {"NAME": embedded.DATABASE, "USER": embedded.APP, "HOST": str(self.cluster.sockets)}
        wrapper.settings_dict.update(here)
        try:
            yield
        finally:
            wrapper.close()
            wrapper.settings_dict.update(before)

    def crash(self) -> None:
        """As when the machine lost its power, and came back."""
        data = ["-D", str(self.cluster.data), "-w", "-s"]
        program = str(embedded.binaries() / "pg_ctl")
        log = ["-l", str(self.cluster.folder / "server.log")]
        command = [program, *data, *log, "-m", "immediate", "restart"]
        way: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
        subprocess.run(command, user=embedded.server_user(), cwd="/", check=True, **way)

    def stop(self) -> None:
        embedded.stop(self.cluster)


@contextmanager
def an_open_folder() -> Iterator[Path]:
    """One that PostgreSQL's own user may enter, which pytest's folders are not."""
    with TemporaryDirectory(prefix="safeguarding-") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)


@contextmanager
def a_database_of_its_own(environment: Mapping[str, str] | None = None) -> Iterator[OwnDatabase]:
    with an_open_folder() as folder:
        made = OwnDatabase(folder / "postgres", environment)
        try:
            yield made
        finally:
            made.stop()


@pytest.fixture
def own_database() -> Iterator[OwnDatabase]:
    with a_database_of_its_own() as made:
        yield made


class Visitor:
    """Somebody with a draft ready to send, at the real web server. One connection for each request."""

    def __init__(self, place: Place, *, words: str = "The door was locked.") -> None:
        self.place = place
        draft = drafts.save(draft=drafts.begin(), section=WHO, answers={"kept_out": []}, seen=0)
        self.draft = drafts.save(draft=draft, section=WORDS, answers={"words": words}, seen=0)
        session = SessionStore()
        session["draft"] = str(self.draft.pk)
        session.create()
        token = "a" * 32
        cookies = {settings.SESSION_COOKIE_NAME: session.session_key, settings.CSRF_COOKIE_NAME: token}
        self.headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
            "Host": f"localhost:{place.web_port}",
        }
        self.body = f"csrfmiddlewaretoken={token}"

    def send(self, *, timeout: float = 10) -> int:
        """The final POST. Returns its status; 0 when the server died meanwhile."""
        way = HTTPConnection("127.0.0.1", self.place.web_port, timeout=timeout)
        try:
            way.request("POST", "/raise/check/", self.body, self.headers)
            return way.getresponse().status
        except (OSError, HTTPException):
            return 0
        finally:
            way.close()


@pytest.fixture
def place(clone: Clone, post: Post, tmp_path: Path, db: None) -> Iterator[Place]:
    """Processes on this worker's database and the test's mail server; the broker is a folder."""
    made = Place(tmp_path, clone.url, f"smtp://127.0.0.1:{settings.EMAIL_PORT}")
    yield made
    made.stop_all()


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[Redis]:
    made = Redis(tmp_path)
    yield made
    made.server.kill()


@pytest.fixture
def redis_place(place: Place, redis_server: Redis) -> Place:
    """The same with Redis as the broker, as in production."""
    place.broker_url = redis_server.url
    return place
