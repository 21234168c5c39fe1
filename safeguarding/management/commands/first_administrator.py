"""Print the one-time link that makes the first administrator. Nobody has an account by default."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from safeguarding.people import invitations


class Command(BaseCommand):
    help = "Print a one-time link, good for seven days, for an installation without an administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", required=True, help="the address that they will sign in with")
        parser.add_argument(
            "--name", default="", help="what to call them; they can change it as they come in"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        validate_email(options["email"])
        try:
            link = invitations.first_administrator(email=options["email"], preferred_name=options["name"])
        except invitations.AlreadyHere as fault:
            raise CommandError("There is an administrator already. Ask them to invite you.") from fault
        self.stdout.write("Open this link within seven days. It works once. An earlier one stopped working.")
        self.stdout.write(link)
