"""Which sections a pack has, in order. Another module adds its own here."""

from __future__ import annotations

from collections.abc import Iterator

from reviews.evidence import changes, counted, looking_back, raising, readers, suggestions
from reviews.evidence.section import Asked, Gather, Section

SECTIONS: list[Gather] = [
    suggestions.gather,
    raising.gather,
    looking_back.gather,
    counted.agreements,
    counted.times,
    counted.closures,
    counted.referrals,
    counted.figures,
    readers.gather,
    changes.late,
    changes.clauses,
]


def gather(asked: Asked) -> Iterator[Section]:
    for each in SECTIONS:
        yield each(asked)
