"""Which clause each block of a text is, by its words: the same, the nearest, or a new one. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from heapq import heapify, heappop

from safeguarding.word import Block

MANY = 20  # clauses in which a word always counts
NEAR = 0.5  # of the words of both must be the same for a changed clause to be taken for the same


def match(blocks: Sequence[Block], clauses: Mapping[int, tuple[int, str]]) -> list[int | None]:
    """The serial of the clause that each block is; none for a new one. No clause is taken twice.

    `clauses`: level and words of each by its serial, in their order.
    """
    found: list[int | None] = [None] * len(blocks)
    left = _same(blocks, clauses, found)
    for place, serial in _nearest(blocks, clauses, found, left):
        if found[place] is None and serial in left:
            found[place] = serial
            left.discard(serial)
    return found


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())


def _same(
    blocks: Sequence[Block], clauses: Mapping[int, tuple[int, str]], found: list[int | None]
) -> set[int]:
    """Match what reads the same, in order; returns the clauses that are left."""
    waiting: dict[str, list[int]] = defaultdict(list)
    for serial, (_level, words) in clauses.items():
        waiting[_folded(words)].append(serial)
    for place, block in enumerate(blocks):
        if waiting.get(_folded(block.words)):
            found[place] = waiting[_folded(block.words)].pop(0)
    return {serial for serials in waiting.values() for serial in serials}


def _nearest(
    blocks: Sequence[Block],
    clauses: Mapping[int, tuple[int, str]],
    found: Sequence[int | None],
    left: set[int],
) -> list[tuple[int, int]]:
    """Pairs that share most of their words, the nearest first. A heading is only ever a heading."""
    words_of = {serial: Counter(_folded(clauses[serial][1]).split()) for serial in clauses if serial in left}
    where = _where(words_of)
    order = {serial: place for place, serial in enumerate(clauses)}
    near: list[tuple[float, int, int, int]] = []
    for place, block in enumerate(blocks):
        own = Counter(_folded(block.words).split()) if found[place] is None else Counter()
        for serial in {serial for word in own for serial in where.get(word, ())}:
            share = _share(own, words_of[serial])
            if bool(block.level) == bool(clauses[serial][0]) and share >= NEAR:
                near.append((-share, abs(order[serial] - place), place, serial))
    heapify(near)
    return [heappop(near)[2:] for _each in range(len(near))]


def _where(words_of: Mapping[int, Counter[str]]) -> dict[str, list[int]]:
    """The clauses that each word stands in; a word that most of them have tells nothing, and is left out."""
    found: dict[str, list[int]] = defaultdict(list)
    for serial, words in words_of.items():
        for word in words:
            found[word].append(serial)
    many = max(MANY, len(words_of) // 4)
    return {word: serials for word, serials in found.items() if len(serials) <= many}


def _share(one: Counter[str], other: Counter[str]) -> float:
    """Of the words of both, how many are in both: 0 to 1."""
    few, many = sorted((one, other), key=len)
    both = sum(min(number, many[word]) for word, number in few.items() if word in many)
    return 2 * both / (one.total() + other.total())
