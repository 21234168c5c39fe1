"""What was learnt, with five hundred published points, and the list of a thousand suggestions that wait."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

from bench import load, pages, product, report
from bench.servers import Place, Web

POINTS, SUGGESTIONS = 500, 1_000
WRITTEN = 300  # days ago: longer than any delay
TIMES = 60


def measured(place: Place, ours: Web, floor: Web) -> Iterator[report.Line]:
    _publish_points()
    _suggest()
    bare = load.Page(floor.url("/list/"), pages.floor_session(floor, place), "<ul>")
    learnt = load.Page(ours.url("/learning/"), {}, pages.WORDS[:40])
    editor = product.session_of("ada@example.org")
    waiting = load.Page(ours.url("/statement/suggestions/"), editor, pages.WORDS[:40])
    floors, *timed = load.get_in_turn(bare, learnt, waiting, times=TIMES)
    said = (f"what was learnt, {POINTS} points", f"{SUGGESTIONS:,} suggestions that wait")
    for what, page in zip(said, timed, strict=True):
        yield report.ratio(what, page.median, floors.median, 5, failed=page.failed)


def _publish_points() -> None:
    from reviews.enums.learning import Audience, LearningKind, LearningState
    from reviews.services import checking, learning
    from safeguarding import clock
    from safeguarding.people.models import Person
    from safeguarding.statement.models import Value

    farah, values = Person.objects.get(email="farah@example.org"), list(Value.objects.all()[:2])
    said = learning.Learnt(pages.WORDS[:300], LearningKind.PROCESS, Audience.EVERYONE, values=values)
    now = clock.now()
    with clock.at(now - timedelta(days=WRITTEN)):
        for _number in range(POINTS):
            learning.new_point(said, written_by=farah, state=LearningState.PASSED)
    checking.publish_due(now=now)


def _suggest() -> None:
    from reviews.services import suggesting

    for _number in range(SUGGESTIONS):
        suggesting.suggest(said=suggesting.Said(pages.WORDS[:300]), once=uuid4())
