"""A plan with forty worries and two hundred contributions, and two hundred guests within a minute."""

from __future__ import annotations

import time
from collections.abc import Iterator
from uuid import UUID, uuid4

from bench import load, pages, product, report
from bench.servers import Place, Web

WORRIES, GUESTS, AT_ONCE = 40, 200, 8
MINUTE = 60  # seconds
TIMES = 60


def measured(place: Place, ours: Web, floor: Web) -> Iterator[report.Line]:
    assessment, code = _a_plan()
    yield from _guests(ours, floor, assessment, code)
    facilitator = product.session_of("farah@example.org")
    bare = load.Page(floor.url("/list/"), pages.floor_session(floor, place), "<ul>")
    there = f"/assessments/{assessment}/"
    plan, writing, written = (
        load.Page(ours.url(f"{there}{page}"), facilitator, "<h1") for page in ("", "write/", "contributions/")
    )
    floors, *ours_timed = load.get_in_turn(bare, plan, writing, written, times=TIMES)
    for what, page in zip(("read", "written on", "with what people wrote"), ours_timed, strict=True):
        said = f"plan of {WORRIES} worries and {GUESTS} contributions, {what}"
        yield report.ratio(said, page.median, floors.median, 5, failed=page.failed)


def _guests(ours: Web, floor: Web, assessment: UUID, code: str) -> Iterator[report.Line]:
    """All of them within a minute, and each is there afterwards."""
    begun = time.perf_counter()
    mine = load.repeatedly(GUESTS, lambda r: pages.contribute_one(ours, code, r), clients=AT_ONCE)
    took = time.perf_counter() - begun
    bare = load.repeatedly(GUESTS, lambda r: pages.write_one(floor, r, path="/plain/"), clients=AT_ONCE)
    lost = GUESTS - _kept(assessment)
    yield report.plain(f"{GUESTS} guests contribute, {AT_ONCE} at once", took, "s", MINUTE, failed=lost)
    yield report.ratio(
        "a guest's POST, beside the floor's without its hash",
        mine.median, bare.median, 4, failed=mine.failed + bare.failed,
    )  # fmt: skip


def _a_plan() -> tuple[UUID, str]:
    from riskassessment.services import activities, assessing, joining
    from safeguarding.people.models import Person

    farah = Person.objects.get(email="farah@example.org")
    activity = activities.plan(by=farah, title="Writing circle")
    assessment = assessing.begin(activity=activity, by=farah)
    new = {uuid4(): assessing.Written(pages.WORDS[:300], pages.WORDS[:300]) for _each in range(WORRIES)}
    assessing.save(assessment=assessment, by=farah, page=assessing.Page(new=new))
    return assessment.pk, str(joining.open_code(assessment=assessment, by=farah).code)


def _kept(assessment: UUID) -> int:
    from riskassessment.models import Contribution

    return Contribution.objects.standing().filter(assessment=assessment).count()
