"""Where the demonstration's mail goes: a real SMTP server that keeps each mail as a file."""

from __future__ import annotations

import email
import email.policy
import os
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings

MOST_KEPT = 500
MOST_SHOWN = 100
LARGEST = 1024 * 1024  # bytes of one mail
_NAME = re.compile(r"[0-9a-f]{12,16}-[0-9a-f]{8}")


def folder() -> Path:
    return Path(settings.VAR_DIR) / "mailbox"


@dataclass(frozen=True)
class Mail:
    """One mail as it is shown: only ever as text."""

    name: str
    to: str
    sender: str
    subject: str
    at: datetime
    text: str
    html: str  # its source; never drawn

    @property
    def pieces(self) -> Iterator[tuple[str, bool]]:
        """The text, cut so that links to this very site can be followed and no others."""
        links = re.compile(rf"({re.escape(settings.SITE_URL)}/[^\s<>\"')]*)")
        for piece in links.split(self.text):
            yield piece, bool(links.fullmatch(piece))


class Keeper:
    """What the SMTP server does with a mail: keep it, newest first by name."""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        keep(bytes(envelope.content or b""))
        return "250 kept"


def server(port: int) -> Controller:
    """An SMTP server on this machine only; start it and stop it."""
    return Controller(Keeper(), hostname="localhost", port=port, data_size_limit=LARGEST)


def keep(content: bytes) -> Path:
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    stamp = int(_date(_parse(content)).timestamp() * 1000)
    path = folder() / f"{stamp:012x}-{secrets.token_hex(4)}.eml"
    new = path.with_suffix(".new")
    new.touch(mode=0o600)
    new.write_bytes(content)
    os.replace(new, path)
    for old in _names()[MOST_KEPT:]:
        (folder() / f"{old}.eml").unlink(missing_ok=True)
    return path


def newest() -> list[Mail]:
    return [mail for name in _names()[:MOST_SHOWN] if (mail := find(name))]


def count() -> int:
    return len(_names())


def find(name: str) -> Mail | None:
    path = folder() / f"{name}.eml"
    if not _NAME.fullmatch(name) or not path.is_file():
        return None
    mail = _parse(path.read_bytes())
    return Mail(
        name=name,
        to=str(mail["To"] or ""),
        sender=str(mail["From"] or ""),
        subject=str(mail["Subject"] or ""),
        at=_date(mail),
        text=_part(mail, "plain"),
        html=_part(mail, "html"),
    )


def _names() -> list[str]:
    """Newest first: a name begins with its mail's date."""
    return sorted((path.stem for path in folder().glob("*.eml")), reverse=True)


def _parse(content: bytes) -> EmailMessage:
    return email.message_from_bytes(content, policy=email.policy.default)


def _part(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part is not None else ""


def _date(mail: EmailMessage) -> datetime:
    try:
        at = parsedate_to_datetime(str(mail["Date"]))
    except ValueError:
        at = datetime.now(UTC)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
