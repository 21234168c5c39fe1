"""Make the key-ring file, once; it never replaces one."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from safeguarding import crypto


class Command(BaseCommand):
    help = "Make the key-ring file named by KEY_RING_FILE. Keep a copy apart from the database's backups."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        path = settings.KEY_RING_FILE
        if path.exists():
            raise CommandError(f"{path} exists; nothing was changed")
        crypto.write_ring(path, crypto.new_ring())
        self.stdout.write(f"made {path}; keep a copy of it apart from the database")
