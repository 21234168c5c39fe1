"""A concern's reference: opaque, short enough to say on the phone, safe in a mail."""

import secrets

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0/O, 1/I/L


def new_reference() -> str:
    """Eight characters in two groups, like K7M4-Q2XR: 31**8 of them."""
    pick = "".join(secrets.choice(LETTERS) for _ in range(8))
    return f"{pick[:4]}-{pick[4:]}"
