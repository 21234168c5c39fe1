"""Delete at once what has outlived its time: after a restore, before anybody reads."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from safeguarding import looks


class Command(BaseCommand):
    help = "Delete what has outlived its time, as the hourly tidying does."

    def handle(self, *args: Any, **options: Any) -> None:
        looks.tidy()
        self.stdout.write("tidied: what had outlived its time is gone")
