"""A concern's reference, and the code of a kept draft: opaque, short enough to say on the phone, safe in a mail."""

import re

from safeguarding import codes

SHAPE = "[0-9A-Za-z]{4}-[0-9A-Za-z]{4}"
_TYPED = re.compile(r"([0-9A-Z]{4})[ \-–]?([0-9A-Z]{4})")


def new_reference() -> str:
    """Eight characters in two groups, like K7M4-Q2XR: 31**8 of them."""
    return _in_groups(codes.pick(8))


def new_draft_code() -> str:
    """Twelve characters in three groups: with it, and only with it, a kept draft is found again."""
    return _in_groups(codes.pick(12))


def draft_code_of(typed: str) -> str:
    """A draft's code as it was given out, however it was typed; "" unless it can be one."""
    return _in_groups(codes.typed(typed, length=12))


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
