"""The clock of a machine that a test may set, while real processes run on it (Debian's libfaketime)."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest

# libfaketime 0.9.10 moves the end of such a sleep too, though it must not touch the steady clock.
SLEEP = "import select, time\ntime.sleep = lambda seconds: select.select([], [], [], seconds) and None\n"
SEEN_AFTER = 1  # second
LIBRARY = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)


class FakeClock:
    """Runs as the real one does, so many seconds beside it. What waits for so long waits as long as ever."""

    def __init__(self, folder: Path) -> None:
        if LIBRARY is None:
            pytest.fail("this test needs libfaketime: script/bootstrap test")
        self.folder, self.offset = folder, timedelta(0)
        folder.mkdir(mode=0o755)
        (folder / "sitecustomize.py").write_text(SLEEP)
        self.write()

    @property
    def environment(self) -> dict[str, str]:
        return {
            "LD_PRELOAD": str(LIBRARY),
            "PYTHONPATH": str(self.folder),
            "FAKETIME_TIMESTAMP_FILE": str(self.folder / "offset"),
            "FAKETIME_CACHE_DURATION": f"{SEEN_AFTER}",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "FAKETIME_DISABLE_SHM": "1",
            "NO_FAKE_STAT": "1",
        }

    def write(self) -> None:
        new = self.folder / "new"
        new.write_text(f"{self.offset.total_seconds():+.0f}\n")
        new.rename(self.folder / "offset")


def set_to(moment: datetime, *clocks: FakeClock) -> None:
    jump(timedelta(seconds=moment.timestamp() - time.time()), *clocks)


def jump(by: timedelta, *clocks: FakeClock) -> None:
    """Returns when every process must have seen it."""
    for each in clocks:
        each.offset += by
        each.write()
    time.sleep(SEEN_AFTER + 0.2)
