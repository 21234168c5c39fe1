"""Tell the demonstration's story, once. A second run changes nothing."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from safeguarding.demo import story


class Command(BaseCommand):
    help = "Fill an empty demonstration with a believable year. Only with DEMO=1."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("only in the demonstration: set DEMO=1")
        told = story.tell_once()
        if told is None:
            self.stdout.write("The story has been told already. Nothing was changed.")
        else:
            self.stdout.write(
                f"Told a year: {told.people} people, {told.activities} activities, {told.concerns} concerns."
            )
