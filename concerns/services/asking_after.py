"""Once a concern is closed, an app above this one may ask how telling us was; it says here whether it does."""

from __future__ import annotations

from collections.abc import Callable

from concerns.models import Concern

Asks = Callable[[Concern], bool]
_askers: list[Asks] = []


def register(asks: Asks) -> None:
    _askers.append(asks)


def asks(concern: Concern) -> bool:
    return any(each(concern) for each in _askers)
