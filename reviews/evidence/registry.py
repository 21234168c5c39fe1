"""Which sections a pack has, in order. Another module adds its own here."""

from __future__ import annotations

from collections.abc import Iterator

from reviews.evidence import changes, counted, learning, looking_back, promises, raising, readers, suggestions
from reviews.evidence.section import Asked, Gather, Section

SECTIONS: list[Gather] = [
    promises.gather,
    suggestions.gather,
    learning.gather,
    counted.figures,
    counted.challenges,
    raising.gather,
    counted.heard,
    looking_back.gather,
    counted.agreements,
    counted.times,
    counted.closures,
    counted.referrals,
    readers.gather,
    changes.late,
    changes.clauses,
]


def gather(asked: Asked) -> Iterator[Section]:
    for each in SECTIONS:
        yield each(asked)
