"""Two versions of the statement beside one another, clause by clause and word by word. Pure.

Each clause of either is there once, in the order of the new text, and what is gone stands where it stood.
Both texts, with their order, can be built again from what is returned.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from reviews import features
from reviews.enums import ChangeState, Level, Strength
from safeguarding import comparing
from safeguarding.comparing import Line, Piece

HEADING_WORDS = 8


@dataclass(frozen=True)
class Said:
    """One clause as a version has it."""

    serial: int
    words: str
    level: int = Level.WORDS
    number: str = ""
    strength: str = ""
    values: tuple[str, ...] = ()  # their names
    features: tuple[str, ...] = ()
    reason: str = ""

    @property
    def heading(self) -> str:
        begins = Truncator(self.words).words(HEADING_WORDS, truncate="…")
        return f"{self.number} {begins}".strip()


class Aspect(NamedTuple):
    """Something of a clause beside its words that changed."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class ClauseChange:
    before: Said | None
    after: Said | None
    was_at: int | None  # its place in the old text
    is_moved: bool
    pieces: Sequence[Piece]

    @property
    def here(self) -> Said:
        said = self.after or self.before
        assert said is not None
        return said

    @property
    def state(self) -> ChangeState:
        if self.before is None:
            return ChangeState.NEW
        if self.after is None:
            return ChangeState.GONE
        if _without_reason(self.before) != _without_reason(self.after):
            return ChangeState.CHANGED
        return ChangeState.MOVED if self.is_moved else ChangeState.SAME

    @property
    def aspects(self) -> list[Aspect]:
        if self.before is None or self.after is None:
            return []
        return [each for each in _aspects(self.before, self.after) if each.before != each.after]


def _without_reason(said: Said) -> tuple[object, ...]:
    return (said.words, said.level, said.number, said.strength, said.values, said.features)


def _aspects(before: Said, after: Said) -> Iterator[Aspect]:
    yield Aspect(_("Its number"), before.number, after.number)
    yield Aspect(_("How binding it is"), _strength(before), _strength(after))
    yield Aspect(_("Its values"), ", ".join(before.values), ", ".join(after.values))
    yield Aspect(_("Where this site makes it real"), _features(before), _features(after))
    yield Aspect(_("What it is"), str(Level(before.level).label), str(Level(after.level).label))


def _strength(said: Said) -> str:
    return str(Strength(said.strength).label) if said.strength else ""


def _features(said: Said) -> str:
    return ", ".join(str(feature.name) for feature in features.of(said.features))


def between(before: Iterable[Said], after: Iterable[Said]) -> list[ClauseChange]:
    old, new = {said.serial: said for said in before}, {said.serial: said for said in after}
    places = {serial: place for place, serial in enumerate(old)}
    moved = _moved([places[serial] for serial in new if serial in places])
    found = []
    for line in comparing.compare(_lines(old.values()), _lines(new.values())):
        serial = int(line.key)
        place = places.get(serial)
        is_moved = place in moved and serial in new
        found.append(ClauseChange(old.get(serial), new.get(serial), place, is_moved, line.pieces))
    return found


def _lines(said: Iterable[Said]) -> list[Line]:
    return [Line(str(each.serial), each.number, each.words) for each in said]


def _moved(places: Sequence[int]) -> set[int]:
    """The fewest old places that must be lifted out so that the others stand in order."""
    tails: list[int] = []
    ends: list[int] = []  # the index in `places` that ends each length
    before: list[int | None] = []
    for index, place in enumerate(places):
        length = bisect_left(tails, place)
        before.append(ends[length - 1] if length else None)
        tails[length:] = [place, *tails[length + 1 :]]
        ends[length:] = [index, *ends[length + 1 :]]
    stays, at = set(), ends[-1] if ends else None
    while at is not None:
        stays.add(places[at])
        at = before[at]
    return set(places) - stays


def only_changed(changes: Iterable[ClauseChange]) -> list[ClauseChange]:
    return [change for change in changes if change.state != ChangeState.SAME]
