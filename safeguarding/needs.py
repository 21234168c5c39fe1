"""What needs somebody, as the home page and the lead's day draw it; each app finds its own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Need:
    """One plain row with one button."""

    what: str
    reference: str
    age: str
    href: str
    act: str
