"""Backups: one file of pg_dump, made as the owner, without the key ring that opens it.

The dump holds sealed words only. `pg_dump` and `pg_restore` come from PATH or from the wheel that holds
the embedded server. A faulty run leaves no half file behind.
"""

from __future__ import annotations

import os
import shutil
import subprocess  # nosec B404: fixed commands of our own, never a shell
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import psycopg2
from psycopg2 import sql

from safeguarding import embedded


class CopyFault(Exception):
    """The backup or the restore was refused or failed; the words say why."""


def program(name: str) -> str:
    """The wheel's own program first: it has the server's version."""
    ours = embedded.binaries() / name
    found = str(ours) if ours.exists() else shutil.which(name)
    if found is None:
        raise CopyFault(f"{name} is missing: install PostgreSQL's client programs")
    return found


def refuse_beside(ring: Path, folder: Path) -> None:
    """The key ring and a backup may not be in one place: whoever takes one must not get both."""
    ring, folder = ring.resolve(), folder.resolve()
    if folder == ring.parent or ring.parent in folder.parents or folder in ring.parents:
        raise CopyFault(f"{folder} lies beside the key ring; keep backups and the ring apart")


def dump(*, owner_url: str, folder: Path) -> Path:
    """Write `safeguarding-<UTC>.dump`, for its owner only; returns its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"safeguarding-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.dump"
    part = path.with_suffix(".part")
    part.touch(mode=0o600)
    try:
        run("pg_dump", "--format=custom", "--no-owner", f"--dbname={owner_url}", f"--file={part}")
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
    return path


def load(*, owner_url: str, app_role: str, path: Path) -> None:
    """Put a dump into an empty database; all or nothing.

    What new tables give the application by default is taken back first: the dump's own grants are
    narrower for some tables, and it brings the defaults itself at its end.
    """
    with closing(psycopg2.connect(owner_url)) as connection, connection, connection.cursor() as cursor:
        for things in ("TABLES", "SEQUENCES"):
            taken_back = f"ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON {things} FROM {{}}"
            cursor.execute(sql.SQL(taken_back).format(sql.Identifier(app_role)))
    words = ["--no-owner", "--single-transaction", "--exit-on-error"]
    run("pg_restore", *words, f"--dbname={owner_url}", str(path))


def run(name: str, *words: str) -> None:
    done = subprocess.run([program(name), *words], capture_output=True, text=True)  # nosec B603
    if done.returncode:
        raise CopyFault(f"{name} failed: {done.stderr.strip().splitlines()[-1] if done.stderr else ''}")
