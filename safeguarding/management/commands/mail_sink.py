"""The demonstration's mail server: keeps what it is sent where /demo/mailbox/ shows it."""

import os
import signal
import threading
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from safeguarding.demo import mailroom


class Command(BaseCommand):
    help = "Receive the demonstration's mail until stopped. Only with DEMO=1."

    def add_arguments(self, parser: CommandParser) -> None:
        port = int(os.environ.get("MAIL_SINK_PORT", settings.EMAIL_PORT))
        parser.add_argument("--port", type=int, default=port, help="where to listen, on this machine only")

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("only in the demonstration: set DEMO=1")
        stopped = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        server = mailroom.server(port)
        server.start()
        stopped.wait()
        server.stop()
