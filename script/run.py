"""Run the product's processes on this machine until Ctrl-C: web, dispatch, worker, beat, and in the
demonstration a mail box. Prints one address when it answers; when one process ends, all end.
"""

from __future__ import annotations

import os
import signal
import subprocess  # nosec B404: fixed commands of our own, never a shell
import sys
import time
import urllib.request
from pathlib import Path
from types import FrameType

PORT = os.environ["PORT"]
VAR = Path(os.environ["VAR_DIR"])
PYTHON = sys.executable
CELERY = [PYTHON, "-m", "celery", "-A", "safeguarding.celery"]
GUNICORN = ["--workers", "2", "--preload", "--no-control-socket", "--bind", f"127.0.0.1:{PORT}"]
PROCESSES = {
    "web": [PYTHON, "-m", "gunicorn", "safeguarding.wsgi", *GUNICORN],
    "dispatch": [PYTHON, "manage.py", "dispatch"],
    "worker": [*CELERY, "worker", "--concurrency", "1", "--loglevel", "WARNING"],
    "beat": [*CELERY, "beat", "--loglevel", "WARNING", "--pidfile", ""],
}
PATIENCE = 30  # seconds for the web process to answer, and for all to end

Running = dict[str, subprocess.Popen[bytes]]


def environment() -> dict[str, str]:
    """The demonstration, unless the place is somebody's own: then its own settings stand."""
    chosen = dict(os.environ)
    if "DATABASE_URL" not in chosen and chosen.setdefault("DEMO", "1") == "1":
        chosen.setdefault("MAIL_SINK_PORT", str(int(PORT) + 25))
        chosen.setdefault("EMAIL_URL", f"smtp://localhost:{chosen['MAIL_SINK_PORT']}")
    return chosen


def start(chosen: dict[str, str]) -> Running:
    commands = dict(PROCESSES)
    if chosen.get("DEMO") == "1":
        subprocess.run([PYTHON, "manage.py", "seed_demo"], env=chosen, check=True, stdout=sys.stderr)  # nosec B603
        commands["mailbox"] = [PYTHON, "manage.py", "mail_sink"]
    (VAR / "log").mkdir(parents=True, exist_ok=True)
    running = {}
    for name, command in commands.items():
        with (VAR / "log" / f"{name}.log").open("ab") as log:
            running[name] = subprocess.Popen(  # nosec B603
                command, env=chosen, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
    return running


def answers() -> bool:
    try:
        with urllib.request.urlopen(f"http://localhost:{PORT}/healthz", timeout=2) as reply:  # nosec B310
            return bool(reply.status == 200)
    except OSError:
        return False


def ended(running: Running) -> str:
    """The first process that is not there any more, or ""."""
    return next((name for name, process in running.items() if process.poll() is not None), "")


def wait_until_it_answers(running: Running) -> bool:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and not ended(running):
        if answers():
            return True
        time.sleep(0.1)
    return False


def stop(running: Running) -> None:
    for process in running.values():
        process.terminate()
    deadline = time.monotonic() + PATIENCE
    for process in running.values():
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()


def interrupted(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main() -> int:
    signal.signal(signal.SIGTERM, interrupted)
    running = start(environment())
    try:
        if wait_until_it_answers(running):
            print(f"{os.environ.get('SITE_URL', f'http://localhost:{PORT}').rstrip('/')}/", flush=True)
            while not ended(running):
                time.sleep(0.5)
        print(f"{ended(running) or 'web'} did not keep running; its log is in {VAR / 'log'}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        stop(running)


if __name__ == "__main__":
    sys.exit(main())
