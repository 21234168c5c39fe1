"""Make the files that wait, then end. The dispatcher runs it when the worker cannot; it can be killed."""

from typing import Any

from django.core.management.base import BaseCommand

from safeguarding import looks


class Command(BaseCommand):
    help = "Make the files that people asked for and that wait."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        looks.make_exports()
