"""A few browsers' worth of requests, timed one by one; nothing is averaged away."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import requests

TIMEOUT = 30  # seconds


@dataclass
class Timed:
    """Milliseconds of each request, and how many did not do what they should."""

    milliseconds: list[float] = field(default_factory=list)
    failed: int = 0

    @property
    def median(self) -> float:
        return statistics.median(self.milliseconds)


def timed(result: Timed, act: Callable[[], bool]) -> None:
    begun = time.perf_counter()
    try:
        ok = act()
    except requests.RequestException:
        ok = False
    result.milliseconds.append((time.perf_counter() - begun) * 1000)
    result.failed += not ok


def repeatedly(times: int, one: Callable[[Timed], None], *, clients: int = 1) -> Timed:
    """Run `one` `times` times, shared by `clients` threads at once; `one` times its own last request."""
    result = Timed()

    def client(share: int) -> None:
        for _ in range(share):
            one(result)

    threads = [threading.Thread(target=client, args=(times // clients,)) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return result


def get_many(url: str, *, cookies: dict[str, str], times: int, must_contain: str) -> Timed:
    session = requests.Session()
    session.cookies.update(cookies)

    def one(result: Timed) -> None:
        def act() -> bool:
            answer = session.get(url, timeout=TIMEOUT, allow_redirects=False)
            return answer.status_code == 200 and must_contain in answer.text

        timed(result, act)

    for _ in range(3):
        one(Timed())  # warm
    return repeatedly(times, one)
