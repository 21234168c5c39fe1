"""Many concerns at once, for measuring how the site holds up. Never on a real one."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from safeguarding import audit
from safeguarding.demo import bulk

MOST = 1_000_000


class Command(BaseCommand):
    help = "Write many invented concerns, fast. Only with DEMO=1 or the embedded database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--concerns", type=int, required=True, help="how many to add")

    def handle(self, *args: Any, concerns: int, **options: Any) -> None:
        if not (settings.DEMO or settings.EMBEDDED_DATABASE):
            raise CommandError("only with DEMO=1 or the embedded database")
        if not 0 < concerns <= MOST:
            raise CommandError(f"--concerns takes a number from 1 to {MOST:,}")
        began = time.monotonic()
        try:
            bulk.sow(concerns, by=audit.Other.SYSTEM)
        except bulk.NobodyToActYet as nobody:
            raise CommandError("there is no lead yet: run seed_demo first") from nobody
        self.stdout.write(f"Added {concerns:,} concerns in {time.monotonic() - began:.1f} seconds.")
