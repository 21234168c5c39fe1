"""The same gunicorn, the same PostgreSQL, the same cores, for the product and for the floor."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from safeguarding import embedded

ROOT = Path(__file__).resolve().parent.parent
GUNICORN = ["--workers", "2", "--preload", "--no-control-socket", "--log-level", "error"]
PATIENCE = 30  # seconds


@dataclass
class Place:
    """A folder of the benchmark's own: its cluster, its keys, and what its processes are told."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def cluster(self) -> embedded.Cluster:
        return embedded.cluster(self.folder)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def manage(*words: str, environment: Mapping[str, str], settings: str = "safeguarding.settings") -> None:
    command = [sys.executable, "-m", "django", *words, "--settings", settings]
    subprocess.run(command, cwd=ROOT, env=dict(environment), check=True, stdout=subprocess.DEVNULL)


@contextmanager
def process(*words: str, environment: Mapping[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """One process of ours, ended when the block ends."""
    with log.open("ab") as out:
        running = subprocess.Popen(words, cwd=ROOT, env=dict(environment), stdout=out, stderr=out)
    try:
        yield running
    finally:
        running.terminate()
        try:
            running.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            running.kill()


@dataclass
class Web:
    port: int
    pid: int
    seconds_to_first_answer: float

    def url(self, path: str) -> str:
        return f"http://localhost:{self.port}{path}"

    def proportional_mebibytes(self) -> float:
        """PSS of the master and its workers together."""
        master = psutil.Process(self.pid)
        everyone = [master, *master.children(recursive=True)]
        return float(sum(one.memory_full_info().pss for one in everyone)) / 2**20


@contextmanager
def web(
    application: str, *, port: int, first: str, environment: Mapping[str, str], log: Path
) -> Iterator[Web]:
    words = [sys.executable, "-m", "gunicorn", application, *GUNICORN, "--bind", f"127.0.0.1:{port}"]
    begun = time.perf_counter()
    with process(*words, environment=environment, log=log) as running:
        wait_for(f"http://localhost:{port}{first}", running)
        yield Web(port, running.pid, time.perf_counter() - begun)


def wait_for(url: str, running: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if running.poll() is not None:
            raise RuntimeError("the web process ended; see its log")
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.02)
    raise RuntimeError(f"no answer from {url}")


def fresh_environment(folder: Path, **more: str) -> dict[str, str]:
    """The machine's environment without anything that points at somebody's own place."""
    ours = (
        "DATABASE",
        "SITE_URL",
        "EMAIL",
        "CELERY",
        "VAR_DIR",
        "DEMO",
        "SECRET",
        "KEY_RING",
        "DJANGO_SETTINGS",
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return kept | {"VAR_DIR": str(folder), "PYTHONPATH": str(ROOT)} | more
