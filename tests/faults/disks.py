"""Ways to take away the room that a process writes into, and to give it back."""

from __future__ import annotations

import os
import pwd
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

import psutil
import pytest


class Room(Protocol):
    def take(self) -> None: ...

    def give_back(self) -> None: ...


class SmallDisk:
    """A disk of its own: a tmpfs that ballast fills to the last byte."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.ballast = folder, folder / "ballast"

    def take(self) -> None:
        with suppress(OSError), self.ballast.open("wb", buffering=0) as ballast:
            while True:
                ballast.write(b"\0" * 4096)

    def give_back(self) -> None:
        self.ballast.unlink()


class NoFileGrows:
    """A limit of the kernel on processes that run: none may write a file beyond so many bytes. Needs no root.

    `user` is whose processes they are, where that is not ourselves.
    """

    def __init__(self, pids: Callable[[], list[int]], *, beyond: int, user: str | None = None) -> None:
        self.pids, self.beyond, self.user = pids, beyond, user

    def take(self) -> None:
        self._limit(str(self.beyond))

    def give_back(self) -> None:
        self._limit("unlimited")

    def _limit(self, size: str) -> None:
        group = pwd.getpwnam(self.user).pw_gid if self.user else None
        for pid in self.pids():
            command = ["prlimit", f"--pid={pid}", f"--fsize={size}:"]
            done = subprocess.run(command, user=self.user, group=group, capture_output=True, text=True)
            assert done.returncode == 0 or not psutil.pid_exists(pid), done.stderr


@contextmanager
def small_disk(folder: Path, *, size: int) -> Iterator[SmallDisk]:
    """`size` in MiB. Only root may mount one; the limit above proves the same without."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}m,mode=755", "tmpfs", str(folder)], check=True)
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def with_children(pid: int) -> list[int]:
    """A process and all that it started; none when it has ended."""
    with suppress(psutil.NoSuchProcess):
        first = psutil.Process(pid)
        return [pid, *(child.pid for child in first.children(recursive=True))]
    return []
