"""Codes that people read out and type: no letter or digit that looks like another."""

from __future__ import annotations

import secrets

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0/O, 1/I/L


def pick(length: int) -> str:
    """31**length of them, by the system's own chance."""
    return "".join(secrets.choice(LETTERS) for _ in range(length))


def of(digest: bytes, *, length: int) -> str:
    """The code that a keyed hash always gives."""
    number, found = int.from_bytes(digest), ""
    for _each in range(length):
        number, place = divmod(number, len(LETTERS))
        found += LETTERS[place]
    return found


def typed(text: str, *, length: int) -> str:
    """A code as it was given out, however it was typed; "" unless it can be one."""
    plain = "".join(c for c in text.upper() if not c.isspace() and c not in "-–.")
    return plain if len(plain) == length and set(plain) <= set(LETTERS) else ""
