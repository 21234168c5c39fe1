"""Two texts beside one another: which lines are new, changed, the same or gone, and which words. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

_TOKEN = re.compile(r"\S+\s*|\s+")  # a word with the space after it
Pair = tuple[str, str, str]  # a line's key, and two of its wordings that mean the same


@dataclass(frozen=True)
class Line:
    """One line of a text. Its key stays the same from version to version."""

    key: str
    heading: str
    words: str


class LineState(TextChoices):
    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    SAME = "same", _("same")
    GONE = "gone", _("gone")


class PieceState(TextChoices):
    SAME = "same", _("same")
    ADDED = "added", _("added")
    TAKEN = "taken", _("taken out")


@dataclass(frozen=True)
class Piece:
    """Some words in a row that stand, came or went. Same and added give the new text, same and taken the old."""

    state: PieceState
    words: str


@dataclass(frozen=True)
class LineChange:
    key: str
    heading: str
    state: LineState
    pieces: Sequence[Piece]


def pieces(before: str, after: str) -> list[Piece]:
    """Long texts that repeat few words are told apart more coarsely: else one page could cost minutes."""
    if before == after:
        return [Piece(PieceState.SAME, before)] if before else []
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    found = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            found.append(Piece(PieceState.SAME, "".join(old[a:b])))
            continue
        found += [Piece(PieceState.TAKEN, "".join(old[a:b]))] if b > a else []
        found += [Piece(PieceState.ADDED, "".join(new[c:d]))] if d > c else []
    return found


def compare(before: Iterable[Line], after: Iterable[Line]) -> list[LineChange]:
    """Every line of either, in the order of the new text; what is gone stands where it stood."""
    old, new = {line.key: line for line in before}, {line.key: line for line in after}
    found: list[LineChange] = []
    gone = iter([line for line in old.values() if line.key not in new])
    waiting = next(gone, None)
    places = {key: place for place, key in enumerate(old)}
    for line in new.values():
        while waiting and line.key in places and places[waiting.key] < places[line.key]:
            found.append(_line(waiting, None))
            waiting = next(gone, None)
        found.append(_line(old.get(line.key), line))
    return found + [_line(left, None) for left in ([waiting, *gone] if waiting else [])]


def _line(before: Line | None, after: Line | None) -> LineChange:
    here = after or before
    assert here is not None
    old, new = before.words if before else "", after.words if after else ""
    return LineChange(here.key, here.heading, _state(before, after), pieces(old, new))


def _state(before: Line | None, after: Line | None) -> LineState:
    if before is None:
        return LineState.NEW
    if after is None:
        return LineState.GONE
    return LineState.SAME if before.words == after.words else LineState.CHANGED


def only_changed(changes: Iterable[LineChange]) -> list[LineChange]:
    return [change for change in changes if change.state != LineState.SAME]


def words_of(lines: Iterable[Line]) -> dict[str, str]:
    return {line.key: line.words for line in lines}


def mean_the_same(before: Mapping[str, str], after: Mapping[str, str], small: Iterable[Pair]) -> bool:
    """Whether each line reads as it did, small changes that nobody challenged aside."""
    differ = {key for key in {*before, *after} if before.get(key) != after.get(key)}
    if not differ:
        return True
    joined: dict[tuple[str, str], set[str]] = {}
    for key, one, other in small:
        joined.setdefault((key, one), set()).add(other)
        joined.setdefault((key, other), set()).add(one)
    return all(_leads(joined, key, before.get(key), after.get(key)) for key in differ)


def _leads(joined: Mapping[tuple[str, str], set[str]], key: str, one: str | None, other: str | None) -> bool:
    """Whether small changes lead from one wording to the other. A line that came or went is never small."""
    if one is None or other is None:
        return False
    seen, edge = {one}, [one]
    while edge:
        edge = [new for old in edge for new in joined.get((key, old), ()) if new not in seen]
        seen.update(edge)
    return other in seen
