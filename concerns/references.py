"""A concern's reference, and the code of a kept draft: opaque, short enough to say on the phone, safe in a mail."""

import re
import secrets

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0/O, 1/I/L
SHAPE = "[0-9A-Za-z]{4}-[0-9A-Za-z]{4}"
_TYPED = re.compile(r"([0-9A-Z]{4})[ \-–]?([0-9A-Z]{4})")


def new_reference() -> str:
    """Eight characters in two groups, like K7M4-Q2XR: 31**8 of them."""
    return _in_groups(_pick(8))


def new_draft_code() -> str:
    """Twelve characters in three groups: with it, and only with it, a kept draft is found again."""
    return _in_groups(_pick(12))


def draft_code_of(typed: str) -> str:
    """A draft's code as it was given out, however it was typed; "" unless it can be one."""
    plain = "".join(c for c in typed.upper() if not c.isspace() and c not in "-–.")
    return _in_groups(plain) if len(plain) == 12 and set(plain) <= set(LETTERS) else ""


def _pick(length: int) -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(length))


def _in_groups(text: str) -> str:
    return "-".join(text[i : i + 4] for i in range(0, len(text), 4))


def as_reference(typed: str) -> str:
    """What was typed, as a reference would be written; "" when it cannot be one."""
    found = _TYPED.fullmatch(typed.strip().upper())
    return f"{found[1]}-{found[2]}" if found else ""


class ReferenceConverter:
    """In an address: small letters lead to the same place."""

    regex = SHAPE

    def to_python(self, value: str) -> str:
        return value.upper()

    def to_url(self, value: str) -> str:
        return value
