"""Which sections a pack has, in order. Another module adds its own here."""

from __future__ import annotations

from collections.abc import Iterator

from reviews.evidence import suggestions
from reviews.evidence.section import Asked, Gather, Section

SECTIONS: list[Gather] = [suggestions.gather]


def gather(asked: Asked) -> Iterator[Section]:
    for each in SECTIONS:
        yield each(asked)
