"""Unique words through all flows on the real processes, then a search in everything left behind (fault 31)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.faults import traces
from tests.faults.canary_run import REPORTER, CanaryRun, words
from tests.faults.walker import CANARY
from tests.servers import Redis, a_database_of_its_own

pytestmark = [pytest.mark.slow, pytest.mark.one_world]
KINDS = ("ProgrammingError", "IntegrityError", "TimeoutError", "OperationalError", "export concern_record")
LOGS = ("web", "access", "worker", "beat", "dispatch", "redis-monitor")


@dataclass(frozen=True)
class Left:
    """What the day left behind: where a planted word was found, and what was shown to whom."""

    run: CanaryRun
    files: dict[str, list[str]]
    database_files: dict[str, list[str]]
    tables: dict[str, list[str]]
    mails: dict[str, list[str]]
    queue: list[str]


@pytest.fixture(scope="module")
def left(
    clone: object, django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: Any
) -> Iterator[Left]:
    folder = tmp_path_factory.mktemp("day")
    redis = Redis(tmp_path_factory.mktemp("redis"))
    with django_db_blocker.unblock(), a_database_of_its_own() as database, database.in_use():
        run = CanaryRun(folder, database, redis)
        try:
            run.live()
            yield search(run)
        finally:
            run.stop()
            redis.server.kill()


def search(run: CanaryRun) -> Left:
    broker = run.redis.client()
    queue = b" ".join(bytes(broker.dump(key) or b"") for key in broker.keys("*"))
    with closing(run.superuser()) as superuser:
        tables = traces.in_tables(superuser)
        superuser.cursor().execute("CHECKPOINT")
    run.place.stop_all()
    return Left(
        run=run,
        files=traces.in_files(run.folder),
        database_files=traces.in_files(run.database.cluster.folder),
        tables=tables,
        mails=traces.in_mails(run.post.envelopes),
        queue=traces.planted_in(queue),
    )


@pytest.mark.parametrize(
    ("where", "what"),
    [
        *(("check", what) for what in ("kept out", "raising", "seen", "exact", "felt", "place", "safe ways")),
        *(("record", what) for what in ("raising", "first reply", "note", "reply", "next step", "follow-up")),
        *(("record", what) for what in ("decision", "reason", "act", "answer", "risk", "wants")),
        *(("copy", what) for what in ("raising", "note", "decision", "purpose")),
        ("follow-up", "reply"),
        ("kept", "late note"),
    ],
)
def test_the_words_went_all_the_way(left: Left, where: str, what: str) -> None:
    """Else the rest would prove nothing."""
    assert words(what) in " ".join(left.run.shown[where].split())


def test_a_search_by_name_found_the_record(left: Left) -> None:
    assert left.run.record in left.run.shown["search"]


def test_each_thing_broken_on_purpose_was_answered_in_words(left: Left) -> None:
    broken = {name: page.status for name, page in left.run.answers.items()}

    assert broken == {"renamed": 500, "refused": 500, "aborted": 500, "locked": 503, "crashed": 503}
    assert [name for name, page in left.run.answers.items() if "tel:999" not in page.text] == []
    kept = [name for name, page in left.run.answers.items() if CANARY in page.text]
    assert kept == ["locked", "crashed"]  # there the page keeps what its own reader typed


def test_the_error_place_names_the_faults_and_no_word(left: Left) -> None:
    shown = left.run.shown["faults"]

    assert [kind for kind in KINDS if kind not in shown] == []
    assert traces.planted_in(shown.encode()) == []


@pytest.mark.parametrize("name", LOGS)
def test_every_log_was_written_and_searched(left: Left, name: str) -> None:
    assert [path.stat().st_size > 100 for path in left.run.folder.glob(f"{name}*.log")] == [True]


def test_no_log_and_no_file_holds_a_planted_word(left: Left) -> None:
    """Of web, nginx, worker, beat, dispatcher, all that went through Redis, and what lies in /tmp and var/."""
    assert left.files == {}


def test_no_table_holds_a_planted_word(left: Left) -> None:
    assert (left.tables, left.run.in_sessions) == ({}, set())


def test_no_file_of_the_database_holds_a_planted_word(left: Left) -> None:
    """Its log, its journal, and the rows that were deleted or rolled back."""
    assert left.database_files == {}


def test_the_queue_holds_no_planted_word(left: Left) -> None:
    assert left.queue == []


def test_no_mail_holds_a_planted_word_but_the_address_it_went_to(left: Left) -> None:
    assert REPORTER in left.run.post.recipients
    assert left.mails == {}
