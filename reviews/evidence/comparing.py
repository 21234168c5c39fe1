"""What a version of a pack says that another does not. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reviews.evidence.section import Line, Section


@dataclass(frozen=True)
class Difference:
    """Of one section: the lines that are new, and those that are gone, each in its own order."""

    title: str
    new: tuple[Line, ...]
    gone: tuple[Line, ...]


def between(before: Sequence[Section], after: Sequence[Section]) -> list[Difference]:
    """Only sections that differ: in the order of the later pack, then those that it has not."""
    earlier, later = ({section.key: section for section in pack} for pack in (before, after))
    return list(_differences(earlier, later))


def _differences(earlier: dict[str, Section], later: dict[str, Section]) -> Iterator[Difference]:
    for key in dict.fromkeys([*later, *earlier]):
        was, now = (pack[key].lines if key in pack else () for pack in (earlier, later))
        new = tuple(line for line in now if line not in was)
        gone = tuple(line for line in was if line not in now)
        if new or gone:
            yield Difference((later.get(key) or earlier[key]).title, new, gone)
