"""A statement of three hundred clauses: read, and with the difference of two versions of it."""

from __future__ import annotations

from collections.abc import Iterator

from bench import load, pages, report
from bench.servers import Place, Web

CLAUSES = 300
TIMES = 60


def measured(place: Place, ours: Web, floor: Web) -> Iterator[report.Line]:
    _two_versions()
    bare = load.Page(floor.url("/list/"), pages.floor_session(floor, place), "<ul>")
    read, changed, whole = (
        load.Page(ours.url(f"/statement/{path}"), {}, "<h1")
        for path in ("", "versions/1/2/", "versions/1/2/?show=all")
    )
    floors, *timed = load.get_in_turn(bare, read, changed, whole, times=TIMES)
    for what, page in zip(("read", "what changed", "what changed, all of it"), timed, strict=True):
        said = f"statement of {CLAUSES} clauses, {what}"
        yield report.ratio(said, page.median, floors.median, 5, failed=page.failed)


def _two_versions() -> None:
    """Every third clause is reworded in the second."""
    from reviews.services import drafting, importing
    from safeguarding.people.models import Person
    from safeguarding.word import Block

    ada = Person.objects.get(email="ada@example.org")
    for version in (1, 2):
        blocks = [Block(_words(number, version), 0, str(number)) for number in range(CLAUSES)]
        draft = drafting.begin(by=ada)
        brought = importing.bring(draft=draft, by=ada, blocks=blocks)
        importing.take_over(brought=brought, by=ada)
        drafting.publish(draft=draft, by=ada, summary="For measuring.")


def _words(number: int, version: int) -> str:
    changed = "again and again" if version == 2 and number % 3 == 0 else "once"
    return f"Clause {number}: {pages.WORDS[:200]} {changed}."
