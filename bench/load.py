"""A few browsers' worth of requests, timed one by one; nothing is averaged away."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import requests

TIMEOUT = 30  # seconds
WARM = 3  # visits that are not counted


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


@dataclass(frozen=True)
class Page:
    """An address, who asks for it, and what a good answer contains."""

    url: str
    cookies: dict[str, str]
    must_contain: str

    def visitor(self) -> Callable[[Timed], None]:
        session = requests.Session()
        session.cookies.update(self.cookies)

        def act() -> bool:
            answer = session.get(self.url, timeout=TIMEOUT, allow_redirects=False)
            return answer.status_code == 200 and self.must_contain in answer.text

        return lambda result: timed(result, act)


def get_in_turn(*pages: Page, times: int) -> list[Timed]:
    """Each page `times` times, one after the other in turn: a machine that slows down slows them all."""
    visitors, results = [page.visitor() for page in pages], [Timed() for _page in pages]
    for turn in range(WARM + times):
        for visit, result in zip(visitors, results, strict=True):
            visit(result if turn >= WARM else Timed())
    return results
