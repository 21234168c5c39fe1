"""`script/bench`: the product and a bare floor on the same machine, in one run, as ratios of medians.

POST, list and record are measured on the web processes alone, the PDF with dispatch and worker beside.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench import files, learnt, load, pack, pages, planning, product, report, statement
from bench.servers import ROOT, Place, Web, free_port, manage, process, web
from safeguarding import embedded

POSTS, GETS = 48, 100


@contextmanager
def places() -> Iterator[Place]:
    with tempfile.TemporaryDirectory(prefix="safeguarding-bench-", ignore_cleanup_errors=True) as folder:
        place = product.prepare(Path(folder))
        try:
            yield place
        finally:
            embedded.stop(place.cluster)


@contextmanager
def both(place: Place) -> Iterator[tuple[Web, Web]]:
    """The product's web processes and the floor's, side by side."""
    with ExitStack() as stack:
        port = int(place.environment["PORT"])
        log = place.folder / "web.log"
        ours = stack.enter_context(
            web("safeguarding.wsgi", port=port, first="/", environment=place.environment, log=log)
        )
        floor = stack.enter_context(
            web(
                "django.core.wsgi:get_wsgi_application()",
                port=free_port(),
                first="/",
                environment=product.floor_environment(place),
                log=log,
            )
        )
        yield ours, floor


def posts(ours: Web, floor: Web) -> Iterator[report.Line]:
    for clients in (1, 8):
        mine = load.repeatedly(POSTS, lambda result: pages.raise_one(ours, result), clients=clients)
        bare = load.repeatedly(POSTS, lambda result: pages.write_one(floor, result), clients=clients)
        failed = mine.failed + bare.failed
        yield report.ratio(f"final POST, {clients} at once", mine.median, bare.median, 3, failed=failed)


def reads(place: Place, ours: Web, floor: Web, lead: dict[str, str]) -> Iterator[report.Line]:
    manage("seed_bulk", "--concerns", "100", environment=place.environment)
    bare_page = load.Page(floor.url("/list/"), pages.floor_session(floor, place), "<ul>")
    dashboard = load.Page(ours.url("/concerns/"), lead, pages.ROW)
    record = load.Page(ours.url(f"/concerns/{pages.newest()}/"), lead, "<h1")
    bare, few, one = load.get_in_turn(bare_page, dashboard, record, times=GETS)
    yield report.ratio(
        "dashboard at 100 concerns, beside the floor's list", few.median, bare.median, 3, failed=few.failed
    )
    yield report.ratio("record, beside the floor's list", one.median, bare.median, 5, failed=one.failed)
    manage("seed_bulk", "--concerns", "100000", environment=place.environment)
    pages.analyse(place)
    bare_again, many = load.get_in_turn(bare_page, dashboard, times=GETS)
    drift = bare_again.median / bare.median  # how much slower the machine itself has become meanwhile
    yield report.ratio(
        "dashboard at 100,000, beside itself at 100", many.median, few.median * drift, 1.3, failed=many.failed
    )


def exports(place: Place, ours: Web, lead: dict[str, str]) -> Iterator[report.Line]:
    log = place.folder / "worker.log"
    celery = [sys.executable, "-m", "celery", "-A", "safeguarding.celery"]
    with (
        process(sys.executable, "manage.py", "dispatch", environment=place.environment, log=log),
        process(*celery, "worker", "--concurrency", "1", environment=place.environment, log=log),
    ):
        made = files.measured(ours, lead)
    yield report.ratio("PDF in the worker, beside the bare render", made.in_worker, made.bare, 1.25)
    yield report.plain(
        "PDF, click to file, more than the bare render", made.click_to_file - made.bare, "ms", 1500
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("--json", type=Path, default=ROOT / "bench-result.json")
    options = parser.parse_args()
    lines: list[report.Line] = []
    with places() as place:
        product.use_here(place)
        product.people()
        with both(place) as (ours, floor):
            lines.append(report.plain("cold start to the first 200", ours.seconds_to_first_answer, "s", 4))
            lines += posts(ours, floor)
            lines += planning.measured(place, ours, floor)
            lines += statement.measured(place, ours, floor)
            lines += learnt.measured(place, ours, floor)
            lines += reads(place, ours, floor, product.lead())
            lines += exports(place, ours, product.lead())
            lines.append(
                report.plain("web processes after the load (PSS)", ours.proportional_mebibytes(), "MiB", 250)
            )
            lines += pages.first_page_weight(ours)
    lines += pack.measured()
    print(report.table(lines))
    report.write(lines, options.json)
    return 0 if all(line.met for line in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
