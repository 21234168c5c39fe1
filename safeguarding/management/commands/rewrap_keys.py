"""Move every record's key to the current wrapping key, and retire old ones."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from safeguarding import audit, crypto
from safeguarding.crypto import RecordKey


class Command(BaseCommand):
    help = "Wrap every record's key with the current key of the ring. Words are not touched; safe to stop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--batch", type=int, default=500, help="keys in one transaction")
        parser.add_argument("--retire", type=int, help="afterwards take this old key off the ring")

    def handle(self, *args: Any, **options: Any) -> None:
        moved = 0
        while tried := crypto.rewrap(batch=options["batch"]):
            moved += tried
        if moved:
            audit.record("keys_rewrapped", by=audit.Other.SYSTEM, moved=moved, key=crypto.ring().current)
        self.stdout.write(f"{moved} keys are now wrapped by key {crypto.ring().current}")
        if options["retire"] is not None:
            self._retire(options["retire"])

    def _retire(self, number: int) -> None:
        ring = crypto.ring()
        if number not in ring.wrapping:
            raise CommandError(f"there is no key {number} on the ring")
        if number == ring.current:
            raise CommandError(f"key {number} is the current one; add_key makes another")
        in_use = RecordKey.objects.filter(wrapped_by=number).count()
        if in_use:
            raise CommandError(f"key {number} still wraps {in_use} records; it stays")
        path = settings.KEY_RING_FILE
        crypto.write_ring(path, crypto.retire_wrapping_key(json.loads(path.read_text()), number))
        audit.record("key_retired", by=audit.Other.SYSTEM, key=number)
        self.stdout.write(f"key {number} is off the ring; keep its copy while older backups live")
