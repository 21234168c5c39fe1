"""A search for planted words in everything the processes leave behind, in every dress they may wear."""

from __future__ import annotations

import base64
import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.smtp import Envelope
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from psycopg2.extensions import connection as Connection

from tests.faults.walker import CANARY, CLAIMED, TRUE

PLANTED = (CANARY, CLAIMED, TRUE)


def dresses(word: str) -> Iterator[bytes]:
    """The word itself; in hexadecimal, as PostgreSQL shows bytes; in base64, wherever it begins in it."""
    plain = word.encode()
    yield from (plain, plain.hex().encode(), plain.decode().encode("utf-16-le"))
    for before in range(3):
        whole = base64.b64encode(b"\0" * before + plain)
        yield whole[-(-before * 8 // 6) : (before + len(plain)) * 8 // 6]


DRESSES = {word: tuple(dresses(word)) for word in PLANTED}


def planted_in(content: bytes) -> list[str]:
    return [word for word, worn in DRESSES.items() if any(dress in content for dress in worn)]


def in_files(folder: Path) -> dict[str, list[str]]:
    """The files below a folder, of any kind, that hold a planted word."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink() and (words := planted_in(path.read_bytes())):
            found[str(path.relative_to(folder))] = words
    return found


def in_tables(superuser: Connection) -> dict[str, list[str]]:
    """Every table that holds a planted word, as the one sees it who sees every row."""
    found = {}
    with superuser.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT string_agg(t::text, chr(10)) FROM "{table}" t')
            text = str((cursor.fetchone() or ("",))[0] or "")
            if words := planted_in(text.encode()):
                found[table] = words
    return found


def in_sessions() -> list[str]:
    """What sessions say once they are unpacked: their rows are compressed."""
    rows = Session.objects.values_list("session_data", flat=True)
    return planted_in("\n".join(str(SessionStore().decode(row)) for row in rows).encode())


def in_mails(envelopes: list[Envelope]) -> dict[str, list[str]]:
    """Mails by their subject, each searched as it came and as it is read; the address it went to aside."""
    found = {}
    for envelope in envelopes:
        raw = bytes(envelope.content or b"")
        mail = email.message_from_bytes(raw, policy=email.policy.default)
        assert isinstance(mail, EmailMessage)
        del mail["To"]
        parts = [part.get_content() for part in mail.walk() if not part.is_multipart()]
        if words := planted_in("\n".join([mail.as_string(), *map(str, parts)]).encode()):
            found[str(mail["Subject"])] = words
    return found
