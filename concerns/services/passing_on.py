"""What was in the way, or went well, may also go to those who look after the statement.

Only if its writer said so, without a name. An app above this one takes the words: it says here how, and they
are taken in the transaction that raises the concern. Only the receipt leads from here to there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from concerns import receipts
from concerns.enums import Kind
from safeguarding import crypto

MAY_GO = (Kind.BARRIER, Kind.WENT_WELL)


@dataclass(frozen=True)
class Taker:
    """Keeps a kind and its words under 32 bytes, and says whether it has something under them."""

    take: Callable[[str, str, bytes], None]
    has: Callable[[bytes], bool]


_takers: list[Taker] = []


def register(taker: Taker) -> None:
    _takers.append(taker)


def pass_on(
    *, concern_id: UUID, words: str | None, details: Mapping[str, Any], is_kept_from_somebody: bool
) -> None:
    """Nothing goes on where somebody is kept out: they may read suggestions, and would know it again."""
    said = details.get("share") or {}
    given = (said.get("instead") or "").strip() or (words or "").strip()
    if said.get("share") and said.get("about") in MAY_GO and given and not is_kept_from_somebody:
        for taker in _takers:
            taker.take(said["about"], given, way_there(concern_id))


def way_there(concern_id: UUID) -> bytes:
    """What a receipt leads to in another app: made from it with a key that no database holds."""
    return crypto.keyed_hash("receipt", f"went on {receipts.receipt_for(concern_id)}")


def went_on(concern_id: UUID) -> bool:
    """Whether something of this concern stands elsewhere. For whoever showed its receipt."""
    return any(taker.has(way_there(concern_id)) for taker in _takers)
