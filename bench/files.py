"""The PDF record: in the worker beside a bare render of the same page, and from click to file.

The bare render is WeasyPrint alone: the same HTML and look, tagged as PDF/UA-1 too. The two take turns, so
that what else the machine does falls on both.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

import requests

from bench import load
from bench.pages import hidden, newest
from bench.servers import ROOT, Web

LOOK = ROOT / "safeguarding" / "pdf" / "look.css"
TIMES = 15
POLL = 0.05  # seconds, as an eager page would look
PATIENCE = 30


@dataclass(frozen=True)
class Made:
    """Milliseconds, medians."""

    in_worker: float
    bare: float
    click_to_file: float


def measured(ours: Web, lead: dict[str, str]) -> Made:
    reference = newest()
    click = median(_click_to_file(ours, reference, lead) for _ in range(TIMES))
    in_worker, bare = _renders()
    return Made(in_worker, bare, click)


def _renders() -> list[float]:
    """The whole of what the worker does for a file, and the bare render of the same."""
    import weasyprint

    from concerns.documents import record
    from safeguarding import context
    from safeguarding.exports import Export

    with context.system():
        export = Export.objects.select_related("person").latest("created_at")
    with context.person(export.person):
        html = record.html_of(record.page_of(export), digest="0" * 64)
    options = {"pdf_variant": "pdf/ua-1", "stylesheets": [str(LOOK)]}
    return _in_turn(lambda: record.make(export), lambda: weasyprint.HTML(string=html).write_pdf(**options))


def _in_turn(*acts: Callable[[], object]) -> list[float]:
    """The median of each in milliseconds, once warm."""
    taken: list[list[float]] = [[] for _ in acts]
    for _ in range(TIMES + 1):
        for act, times in zip(acts, taken, strict=True):
            begun = time.perf_counter()
            act()
            times.append((time.perf_counter() - begun) * 1000)
    return [median(times[1:]) for times in taken]


def _click_to_file(ours: Web, reference: str, lead: dict[str, str]) -> float:
    session = requests.Session()
    session.cookies.update(lead)
    address = ours.url(f"/concerns/{reference}/record.pdf")
    form = hidden(session.get(address, timeout=load.TIMEOUT).text)
    begun = time.perf_counter()
    answer = session.post(address, data=form | {"purpose": "look"}, timeout=load.TIMEOUT)
    file = f"{answer.url.rstrip('/')}/file.pdf"
    while time.perf_counter() - begun < PATIENCE:
        if session.get(file, timeout=load.TIMEOUT).content[:4] == b"%PDF":
            return (time.perf_counter() - begun) * 1000
        time.sleep(POLL)
    raise RuntimeError(f"no file after {PATIENCE} seconds from {answer.url}")
