"""Write one backup of the database, apart from the key ring."""

from __future__ import annotations

import os
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from safeguarding import copies


class Command(BaseCommand):
    help = "Dump the database (DATABASE_OWNER_URL) into a folder that does not hold the key ring."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        start, owner_url = time.monotonic(), os.environ.get("DATABASE_OWNER_URL", "")
        if not owner_url:
            raise CommandError("set DATABASE_OWNER_URL: the role that owns the tables")
        try:
            copies.refuse_beside(settings.KEY_RING_FILE, options["folder"])
            path = copies.dump(owner_url=owner_url, folder=options["folder"])
        except copies.CopyFault as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(f"{path} ({path.stat().st_size} bytes, {time.monotonic() - start:.1f} s)")
        self.stdout.write("RPO: what is written after this moment is not in it.")
        self.stdout.write("The key ring is not in it. Keep a copy of the ring elsewhere.")
