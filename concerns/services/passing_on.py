"""What was in the way, or went well, may also go to those who look after the statement.

Only if its writer said so, without a name, and with nothing kept of where it came from. An app above this
one takes the words: it says here how, and they are taken in the transaction that raises the concern.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from concerns.enums import Kind

MAY_GO = (Kind.BARRIER, Kind.WENT_WELL)
Take = Callable[[str, str], None]  # the kind, and the words
_takers: list[Take] = []


def register(take: Take) -> None:
    _takers.append(take)


def pass_on(*, words: str | None, details: Mapping[str, Any], is_kept_from_somebody: bool) -> None:
    """Nothing goes on where somebody is kept out: they may read suggestions, and would know it again."""
    said = details.get("share") or {}
    given = (said.get("instead") or "").strip() or (words or "").strip()
    if said.get("share") and said.get("about") in MAY_GO and given and not is_kept_from_somebody:
        for take in _takers:
            take(said["about"], given)
