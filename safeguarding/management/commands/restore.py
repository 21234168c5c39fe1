"""Put a backup into a new, empty database, and prove that it reads."""

from __future__ import annotations

import os
import subprocess  # nosec B404: one fixed command of our own, never a shell
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import psycopg2
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from safeguarding import copies

STEPS = (["migrate", "--noinput", "-v0"], ["verify_audit"], ["prove_keys"], ["tidy"])


class Command(BaseCommand):
    help = (
        "Restore a dump into the empty database of DATABASE_OWNER_URL, migrate it, and prove that it reads."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        start, owner_url = time.monotonic(), os.environ.get("DATABASE_OWNER_URL", "")
        if not owner_url:
            raise CommandError("set DATABASE_OWNER_URL: the role that owns the tables")
        if not options["file"].is_file():
            raise CommandError(f"{options['file']} is not there")
        refuse_a_used_database(owner_url)
        try:
            copies.load(owner_url=owner_url, app_role=settings.DATABASE_APP_ROLE, path=options["file"])
        except copies.CopyFault as fault:
            raise CommandError(str(fault)) from fault
        self.prove(owner_url)
        self.stdout.write(f"restored and readable; RTO: {time.monotonic() - start:.1f} s")

    def prove(self, owner_url: str) -> None:
        """Migrate, walk the audit chain, open a record, and delete again what has outlived its time.

        Each in a process that uses the new database.
        """
        for words in STEPS:
            done = subprocess.run(  # nosec B603
                [sys.executable, "manage.py", *words],
                cwd=settings.BASE_DIR,
                env=os.environ | {"DATABASE_URL": owner_url},
                capture_output=True,
                text=True,
            )
            self.stdout.write(done.stdout.strip())
            if done.returncode:
                raise CommandError(f"{words[0]} failed: {done.stderr.strip().splitlines()[-1]}")


def refuse_a_used_database(owner_url: str) -> None:
    connection = psycopg2.connect(owner_url)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
            row = cursor.fetchone()
    finally:
        connection.close()
    if row != (0,):
        raise CommandError("this database holds tables already; restore into a new, empty one")
