"""The evidence of a review over ten thousand concerns: how long a worker makes it, and in how much memory.

In a place of its own, so that no other line finds more concerns than it says. `python -m bench.pack` runs it alone.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bench import product, report
from bench.servers import ROOT, Place, manage
from safeguarding import embedded

if TYPE_CHECKING:
    from reviews.models import ReviewCycle

FEW, MANY = 1_000, 10_000
READ = 10  # one reading of a record for so many concerns
PASSED = (
    100  # suggestions whose words stand in the pack: they are what it holds, however many concerns there are
)
EARLIER = 800  # days: the smaller pack stands so long ago, or its figures would be given again, not counted
MAKE = "from bench import pack; pack.make({days})"
SOW = "from bench import pack; pack.sow({count})"


def measured() -> Iterator[report.Line]:
    with tempfile.TemporaryDirectory(prefix="safeguarding-bench-", ignore_cleanup_errors=True) as folder:
        place = product.prepare(Path(folder))
        try:
            yield from _lines(place)
        finally:
            embedded.stop(place.cluster)


def _lines(place: Place) -> Iterator[report.Line]:
    _python("from bench import pack, product; pack.here(); product.people()", place.environment)
    few = _made(place, FEW, days=EARLIER)
    many = _made(place, MANY - FEW, days=0)
    yield report.plain(f"evidence over {MANY:,} concerns", many["seconds"], "s", 10)
    said = f"its peak of memory, beside that over {FEW:,}"
    yield report.ratio(said, many["mebibytes"], few["mebibytes"], 1.1, unit="MiB")


def _made(place: Place, more: int, *, days: int) -> dict[str, float]:
    """With so many concerns more, in a process that has made nothing before."""
    manage("seed_bulk", "--concerns", str(more), environment=place.environment)
    _python(SOW.format(count=more), place.environment)
    found: dict[str, float] = json.loads(_python(MAKE.format(days=days), place.environment))
    return found


def _python(words: str, environment: Mapping[str, str]) -> str:
    told = dict(environment) | {"DJANGO_SETTINGS_MODULE": "safeguarding.settings"}
    ran = subprocess.run(
        [sys.executable, "-c", words], cwd=ROOT, env=told, check=True, stdout=subprocess.PIPE, text=True
    )
    return ran.stdout


def here() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safeguarding.settings")
    django.setup()


def sow(concerns: int) -> None:
    """Readings of records, as many as go with the concerns; and once, suggestions that somebody passed."""
    here()
    from concerns.models import Concern
    from reviews.models import ReviewCycle
    from safeguarding import audit, clock, context
    from safeguarding.people.models import Person

    lena, day = Person.objects.get(email="lena@example.org"), clock.now().date()
    with context.system():
        for concern in Concern.objects.newest_first()[: concerns // READ]:
            audit.record("read", by=lena, about=concern, may_act=True)
    if not ReviewCycle.objects.exists():
        cycle = ReviewCycle.objects.create(opens_on=day, closes_on=day, opened_at=clock.now())
        with clock.at(clock.now() - timedelta(days=EARLIER + 1)):
            _pass(cycle)


def _pass(cycle: ReviewCycle) -> None:
    from uuid import uuid4

    from reviews.packs import Outcome, Source
    from reviews.services import passing_words, suggesting
    from safeguarding.people.models import Person

    ada = Person.objects.get(email="ada@example.org")
    ada.used_second_factor = True
    for _number in range(PASSED):
        said = suggesting.Said(f"Say it shorter. {'Calmly. ' * 60}")
        text = passing_words.found(Source.SUGGESTION, suggesting.suggest(said=said, once=uuid4()).pk, ada)
        assert text is not None
        passing_words.read(cycle=cycle, text=text, by=ada, outcome=Outcome.AS_IT_IS)


def make(days: int) -> None:
    """As the worker does, so many days ago; prints the seconds, and the most memory that this process ever had."""
    here()
    import resource
    import time

    from reviews.models import EvidencePack, FigureReleased, ReviewCycle
    from reviews.services import packing
    from safeguarding import clock, context

    cycle, told = ReviewCycle.objects.opened().get(), FigureReleased.objects.count()
    with context.system(), clock.at(clock.now() - timedelta(days=days)):
        version = cycle.packs.count() + 1
        EvidencePack.objects.create(cycle=cycle, version=version, asked_at=clock.now())
        begun = time.perf_counter()
        packing.make_due()
        seconds = time.perf_counter() - begun
    assert cycle.packs.made().count() == version and FigureReleased.objects.count() > told
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "mebibytes": peak}))


if __name__ == "__main__":
    print(report.table(list(measured())))
