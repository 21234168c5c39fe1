"""Run the dispatcher: one or several beside the site, until SIGTERM."""

from typing import Any

from django.core.management.base import BaseCommand

from safeguarding import checks
from safeguarding.dispatcher import Dispatcher


class Command(BaseCommand):
    help = "Hand due mail and files to the worker, and do the work here when the worker cannot."

    def handle(self, *args: Any, **options: Any) -> None:
        checks.refuse_to_start_unsafe()
        Dispatcher().run()
