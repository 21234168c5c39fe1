"""What else may be joined by a code: an app above this one says which address a code of its own opens."""

from __future__ import annotations

from collections.abc import Callable

Door = Callable[[str], str | None]  # what was typed, and the address it leads to
_doors: list[Door] = []


def register(door: Door) -> None:
    _doors.append(door)


def address_of(typed: str) -> str | None:
    return next((address for door in _doors if (address := door(typed))), None)
