"""Put a new wrapping key on the ring and make it the current one."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from safeguarding import audit, crypto


class Command(BaseCommand):
    help = "Add a wrapping key to the ring; rewrap_keys then moves every record to it."

    def handle(self, *args: Any, **options: Any) -> None:
        path = settings.KEY_RING_FILE
        crypto.ring()  # refuses a ring that does not open
        content = crypto.add_wrapping_key(json.loads(path.read_text()))
        crypto.write_ring(path, content)
        audit.record("key_added", by=audit.Other.SYSTEM, key=content["current"])
        self.stdout.write(f"key {content['current']} is current; copy the ring, then run rewrap_keys")
