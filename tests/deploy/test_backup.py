"""The drill: a backup without plain words or keys, into a new database, read again with the ring (fault 32)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.conf import settings as here
from django.core.management import CommandError, call_command

from concerns.services.raising import Raised, Reporter, raise_concern
from safeguarding import audit, clock, copies, crypto, embedded
from tests.cast import Cast
from tests.conftest import CLUSTER, Clone
from tests.planning.zone_cast import say, session

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
CANARY = "theheronbythecanal"


@pytest.fixture
def ring_file(settings: Any, tmp_path: Path) -> Path:
    path = tmp_path / "keys" / "keyring.json"
    crypto.write_ring(path, crypto.new_ring())
    settings.KEY_RING_FILE = path
    return path


@pytest.fixture
def backup(clone: Clone, cast: Cast, ring_file: Path, tmp_path: Path, monkeypatch: Any) -> Path:
    """One concern, full of canary words, and the dump of its database."""
    reporter = Reporter(mode="first_name", name=CANARY, phone=CANARY, email=f"{CANARY}@example.org")
    raised = Raised(words=CANARY, reporter=reporter, details={"saw": CANARY})
    raise_concern(raised=raised, by=audit.Other.REPORTER)
    monkeypatch.setenv("DATABASE_OWNER_URL", CLUSTER.url(role=embedded.OWNER, database=clone.name))
    run("backup", str(tmp_path / "backups"))
    return next((tmp_path / "backups").iterdir())


@pytest.fixture
def old_zones(cast: Cast, ring_file: Path) -> None:
    """What somebody said of zones forty days ago, and nobody has deleted yet."""
    with clock.at(clock.now() - timedelta(days=40)):
        say(session(cast), cast.co_producer, "panic")


@pytest.fixture
def new_database(monkeypatch: Any) -> Iterator[str]:
    """An empty database, and its owner's address in the environment."""
    name = f"restored_{os.getpid()}"
    server = CLUSTER.connect()
    with server.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    embedded.make_roles_and_database(CLUSTER, database=name)
    monkeypatch.setenv("DATABASE_OWNER_URL", CLUSTER.url(role=embedded.OWNER, database=name))
    yield name
    with server.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    server.close()


def run(name: str, *words: str) -> str:
    out = StringIO()
    call_command(name, *words, stdout=out)
    return out.getvalue()


def restore(path: Path, ring: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "restore", str(path)],
        cwd=here.BASE_DIR,
        env=os.environ | {"KEY_RING_FILE": str(ring), "SECRET_KEY": here.SECRET_KEY},
        capture_output=True,
        text=True,
        timeout=120,
    )


def read(database: str, ring: Path) -> list[str]:
    """The words that the application reads in a database, in a process of its own."""
    code = (
        "import django; django.setup()\n"
        "from safeguarding import context\n"
        "from concerns.models import Concern\n"
        "with context.system(): print([c.words for c in Concern.objects.select_related('key')])"
    )
    environment = {
        "DATABASE_URL": CLUSTER.url(role=embedded.APP, database=database),
        "KEY_RING_FILE": str(ring),
        "SECRET_KEY": here.SECRET_KEY,
    }
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=here.BASE_DIR, env=os.environ | environment, capture_output=True, text=True
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout.replace("'", '"')))


@pytest.mark.clause("7.0a")
def test_a_restored_backup_reads_with_its_ring(backup: Path, ring_file: Path, new_database: str) -> None:
    done = restore(backup, ring_file)

    assert done.returncode == 0, done.stderr
    assert "RTO:" in done.stdout
    assert "the audit chain is whole: 1 rows" in done.stdout
    assert read(new_database, ring_file) == [CANARY]


@pytest.mark.clause("5.6")
def test_a_restore_deletes_again_what_has_outlived_its_time(
    old_zones: None, backup: Path, ring_file: Path, new_database: str
) -> None:
    done = restore(backup, ring_file)

    assert "tidied" in done.stdout, done.stderr
    connection = psycopg2.connect(CLUSTER.url(role=embedded.OWNER, database=new_database))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM riskassessment_zonesheet),"
            " (SELECT count(*) FROM riskassessment_zoneround)"
        )
        assert cursor.fetchone() == (0, 1)
    connection.close()


def test_the_restored_tables_keep_their_policies(backup: Path, ring_file: Path, new_database: str) -> None:
    restore(backup, ring_file)

    connection = psycopg2.connect(CLUSTER.url(role=embedded.APP, database=new_database))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM concerns_concern")
        assert cursor.fetchone() == (0,)
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute("DELETE FROM safeguarding_auditentry")
    connection.close()


def test_the_backup_holds_no_plain_word_and_no_key(backup: Path, ring_file: Path, tmp_path: Path) -> None:
    plain = tmp_path / "plain.sql"
    copies.run("pg_restore", f"--file={plain}", str(backup))

    text = plain.read_text()
    content = json.loads(ring_file.read_text())
    assert "concerns_concern" in text
    assert CANARY not in text
    assert CANARY.encode().hex() not in text
    assert not [key for key in (content["wrapping"]["1"], content["pepper"]) if key in text]


def test_the_backup_is_readable_by_its_owner_only(backup: Path) -> None:
    assert backup.stat().st_mode & 0o777 == 0o600


def test_with_another_ring_the_restore_says_so(backup: Path, new_database: str, tmp_path: Path) -> None:
    other = tmp_path / "other" / "keyring.json"
    crypto.write_ring(other, crypto.new_ring())

    done = restore(backup, other)

    assert done.returncode == 1
    assert "the key ring does not open" in done.stderr


def test_a_database_in_use_is_never_restored_into(backup: Path, ring_file: Path) -> None:
    done = restore(backup, ring_file)

    assert done.returncode == 1
    assert "holds tables already" in done.stderr


def test_a_cut_backup_leaves_nothing_behind(backup: Path, ring_file: Path, new_database: str) -> None:
    backup.write_bytes(backup.read_bytes()[: backup.stat().st_size // 2])

    assert restore(backup, ring_file).returncode == 1
    connection = psycopg2.connect(CLUSTER.url(role=embedded.OWNER, database=new_database))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        assert cursor.fetchone() == (0,)
    connection.close()


@pytest.mark.parametrize("where", [".", "backups", ".."])
def test_a_backup_beside_the_ring_is_refused(
    ring_file: Path, where: str, monkeypatch: Any, clone: Clone
) -> None:
    monkeypatch.setenv("DATABASE_OWNER_URL", CLUSTER.url(role=embedded.OWNER, database=clone.name))

    with pytest.raises(CommandError, match="keep backups and the ring apart"):
        run("backup", str(ring_file.parent / where))


def test_without_an_owner_it_says_what_to_set(monkeypatch: Any, tmp_path: Path) -> None:
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)

    with pytest.raises(CommandError, match="set DATABASE_OWNER_URL"):
        run("backup", str(tmp_path))


def test_a_database_that_does_not_answer_leaves_no_half_file(
    monkeypatch: Any, tmp_path: Path, ring_file: Path
) -> None:
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://nobody@/nothing?host=/nowhere")

    with pytest.raises(CommandError, match="pg_dump failed"):
        run("backup", str(tmp_path / "backups"))
    assert list((tmp_path / "backups").iterdir()) == []
