"""The reporter's receipt: sixteen digits that find a concern again and prove who holds them.

The digits are an HMAC of the draft's idempotency key, so a double click shows the same ones. They are
found by a keyed hash and proved by Argon2id with a pepper that is not in the database (ASVS 6.5.2).
"""

from __future__ import annotations

import hmac
import threading
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from django.utils.functional import SimpleLazyObject

from concerns.models import ReporterIdentity
from safeguarding import crypto

DIGITS = 16
AT_ONCE = 2  # hashes in a process: each takes 19 MiB
_slots = threading.BoundedSemaphore(AT_ONCE)


def at_full_cost(kind: type[PasswordHasher] = PasswordHasher) -> PasswordHasher:
    """Argon2id at the cost that docs/crypto.md gives."""
    return kind(time_cost=2, memory_cost=19 * 1024, parallelism=1)


_hasher = at_full_cost()


def receipt_for(idempotency: UUID) -> str:
    """The sixteen digits of a draft, without spaces."""
    number = int.from_bytes(crypto.keyed_hash("receipt", str(idempotency)), "big")
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def in_groups(receipt: str) -> str:
    return " ".join(receipt[i : i + 4] for i in range(0, DIGITS, 4))


def digits_of(typed: str) -> str:
    """What was typed, without spaces and dashes; "" unless it is sixteen digits."""
    plain = "".join(c for c in typed if not c.isspace() and c not in "-–.")
    return plain if len(plain) == DIGITS and plain.isascii() and plain.isdigit() else ""


def finder(receipt: str) -> bytes:
    return crypto.keyed_hash("receipt", f"find:{receipt}")


def verifier(receipt: str) -> str:
    with _slots:
        return _hasher.hash(_peppered(receipt))


def find(receipt: str) -> ReporterIdentity | None:
    """The reporter whose receipt this is. A miss costs the same hash as a hit.

    Needs the system scope: before the receipt is proved, no concern is anybody's.
    """
    found = (
        ReporterIdentity.objects.filter(receipt_hash=finder(receipt)).select_related("concern__key").first()
    )
    return found if is_proved(receipt, by=found.receipt_verifier if found else None) else None


def is_proved(secret: str, *, by: str | None) -> bool:
    """Whether `by`, a kept verifier, was made from this secret. Without one it takes as long, and is False."""
    with _slots:
        try:
            _hasher.verify(by or str(_nobody), _peppered(secret))
        except (VerifyMismatchError, InvalidHashError):
            return False
    return by is not None


def _peppered(receipt: str) -> bytes:
    return hmac.digest(crypto.ring().purposes["pepper"], receipt.encode(), "sha256")


_nobody = SimpleLazyObject(lambda: _hasher.hash(b"nobody"))
