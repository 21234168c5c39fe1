"""HTML to a tagged PDF that fetches nothing, drawn by a process of its own that can be killed.

The painter (`python -m safeguarding.pdf`) is the only importer of WeasyPrint. It is given one
document at a time through a pipe: no database, no keys, no settings, no environment. Whoever asks
pays for its start once (a second); a painter that is too slow is killed and another started.
"""

from __future__ import annotations

import atexit
import shutil
import struct
import subprocess  # nosec B404: one fixed command of our own, never a shell
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

LONGEST = 20  # seconds one document may take; 20,000 characters of emoji take under 5
LONGEST_START = 20  # seconds a painter may take to wake; it takes one where nothing else runs
MOST_PAINTED = 100  # documents before a fresh painter takes over
ROOT = Path(__file__).resolve().parents[2]
LENGTH = struct.Struct(">Q")


class CannotRender(Exception):
    """The document could not be drawn. The message names the kind of fault, never the content."""


class TookTooLong(CannotRender):
    """The document was not drawn in time, and the painter was stopped."""


def render(html: str, *, seconds: float | None = None) -> bytes:
    """One self-contained HTML document as PDF/UA-1 bytes, within LONGEST; raises CannotRender."""
    with _one_at_a_time:
        return _current_painter().paint(html, LONGEST if seconds is None else seconds)


def warm() -> None:
    """Start a painter before anybody waits for it; returns at once."""
    with _one_at_a_time:
        _current_painter()


def send(pipe: IO[bytes], content: bytes) -> None:
    pipe.write(LENGTH.pack(len(content)) + content)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes:
    """One parcel; raises EOFError when the other side went away."""
    (length,) = LENGTH.unpack(_exactly(pipe, LENGTH.size))
    return _exactly(pipe, length)


def _exactly(pipe: IO[bytes], length: int) -> bytes:
    content = pipe.read(length)
    if len(content) < length:
        raise EOFError
    return content


class _Painter:
    def __init__(self) -> None:
        self.painted = 0
        self.is_awake = False
        self.folder = tempfile.mkdtemp(prefix="painter-")
        self.process = subprocess.Popen(  # nosec B603
            [sys.executable, "-m", "safeguarding.pdf", self.folder],
            cwd=ROOT,
            env={"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a library's warning may quote the document
        )

    @property
    def is_fresh(self) -> bool:
        return self.process.poll() is None and self.painted < MOST_PAINTED

    def paint(self, html: str, seconds: float) -> bytes:
        self.painted += 1
        if not self.is_awake:
            self._within(LONGEST_START, self._answer)
            self.is_awake = True
        answer = self._within(seconds, lambda: self._ask(html.encode(errors="replace")))
        if answer[:1] != b"+":
            raise CannotRender(answer[1:].decode())
        return answer[1:]

    def _within(self, seconds: float, act: Callable[[], bytes]) -> bytes:
        alarm = threading.Timer(seconds, self.process.kill)
        alarm.start()
        try:
            return act()
        except (OSError, EOFError) as fault:
            self.stop()
            raise TookTooLong("the document was not drawn in time") from fault
        except BaseException:  # a task's own time limit: the next answer would be of this document
            self.stop()
            raise
        finally:
            alarm.cancel()

    def _ask(self, content: bytes) -> bytes:
        assert self.process.stdin is not None
        send(self.process.stdin, content)
        return self._answer()

    def _answer(self) -> bytes:
        assert self.process.stdout is not None
        return receive(self.process.stdout)

    def stop(self) -> None:
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):  # a document that it died before reading
                    pipe.close()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


_one_at_a_time = threading.Lock()
_painters: list[_Painter] = []


def _current_painter() -> _Painter:
    if _painters and _painters[0].is_fresh:
        return _painters[0]
    stop()
    _painters.append(_Painter())
    return _painters[0]


@atexit.register
def stop() -> None:
    """End the painter, if there is one."""
    while _painters:
        _painters.pop().stop()
