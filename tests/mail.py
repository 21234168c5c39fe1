"""A real SMTP server for the tests; it keeps what it was given, raw, and can be told to misbehave."""

from __future__ import annotations

import email
import email.policy
import logging
import socket
import time
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings

logging.getLogger("mail.log").setLevel(logging.ERROR)  # aiosmtpd tells every step


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


class Post:
    """What arrived: raw envelopes and parsed mails.

    `answer` is what the server says to each DATA, `refuse` what it says to each recipient it does not take.
    """

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []
        self.refuse: dict[str, str] = {}
        self.answer: Callable[[Envelope], str] = lambda envelope: "250 kept"

    def __dir__(self) -> list[str]:
        """aiosmtpd reads everything named here at each connection, and `mails` parses every mail."""
        return ["handle_RCPT", "handle_DATA"]

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        said = self.answer(envelope)
        if said.startswith("250"):
            self.envelopes.append(envelope)
        return said

    @property
    def mails(self) -> list[EmailMessage]:
        return [email.message_from_bytes(e.content, policy=email.policy.default) for e in self.envelopes]

    @property
    def recipients(self) -> list[str]:
        return sorted(address for envelope in self.envelopes for address in envelope.rcpt_tos)


class MailServer(Controller):
    """Closes what is still open when it stops: a process may have been killed in the middle of a mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.talks: list[SMTP] = []

    def factory(self) -> SMTP:
        self.talks.append(super().factory())
        return self.talks[-1]

    def stop(self, no_assert: bool = False) -> None:
        self.loop.call_soon_threadsafe(self.hang_up)
        time.sleep(0.05)  # the loop closes them in its next turn
        super().stop(no_assert)

    def hang_up(self) -> None:
        for talk in self.talks:
            if talk.transport is not None:
                talk.transport.abort()


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    kept = Post()
    controller = MailServer(kept, hostname="127.0.0.1", server_hostname="localhost", port=free_port())
    controller.start()
    monkeypatch.setattr(settings, "EMAIL_HOST", "127.0.0.1")
    monkeypatch.setattr(settings, "EMAIL_PORT", controller.port)
    monkeypatch.setattr(settings, "EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
    yield kept
    controller.stop()
