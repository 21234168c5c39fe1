"""Whether the key ring opens every record's key of this database. Words are not opened."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from safeguarding import crypto
from safeguarding.crypto import RecordKey


class Command(BaseCommand):
    help = "Unwrap every record's key with the ring; exit with 1 when one does not open."

    def handle(self, *args: Any, **options: Any) -> None:
        keys = RecordKey.objects.order_by("pk").iterator(chunk_size=1000)
        closed, opened = 0, 0
        for key in keys:
            closed, opened = (closed, opened + 1) if crypto.opens(key) else (closed + 1, opened)
        if closed:
            raise CommandError(f"the key ring does not open {closed} of {closed + opened} records")
        self.stdout.write(f"the key ring opens all {opened} records")
