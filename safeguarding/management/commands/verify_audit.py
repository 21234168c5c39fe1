"""Walk the audit chain and name the first bad row."""

from __future__ import annotations

import re
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from safeguarding import audit


def printed_head(text: str) -> tuple[int, str]:
    """A head as mails and exports print it: `sequence:hash`."""
    found = re.fullmatch(r"^(\d{1,18}):([0-9a-f]{64})$", text.strip())
    if found is None:
        raise ArgumentTypeError("a head looks like 1234:0a1b… with 64 hexadecimal digits")
    return int(found[1]), found[2]


class Command(BaseCommand):
    help = "Walk the audit chain; exit with 1 and the first bad row when it was tampered with."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--head",
            type=printed_head,
            action="append",
            default=[],
            help="a head from a mail or an export (sequence:hash): shows when rows were rolled back",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = next(audit.faults(), None)
        if found is not None:
            raise CommandError(f"the audit chain is broken: {found}")
        for head in options["head"]:
            if not audit.contains(*head):
                raise CommandError(f"the audit chain does not contain the printed head {head[0]}")
        seq, digest = audit.head()
        self.stdout.write(f"the audit chain is whole: {seq} rows, head {seq}:{digest}")
