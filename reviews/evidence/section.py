"""What a pack is made of: sections of lines. As canonical JSON the same contents are always the same bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reviews.models import ReviewCycle


@dataclass(frozen=True)
class Line:
    """One thing to look at. `clause` is the serial of the clause it is about; `count` a number in words,
    as the small-number rules let it be said; `href` a page of ours that says more."""

    text: str
    clause: int | None = None
    count: str = ""
    href: str = ""


@dataclass(frozen=True)
class Section:
    key: str
    title: str
    lines: tuple[Line, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Asked:
    """For which review the evidence is gathered: what is new since `since` (none: from the beginning)."""

    cycle: ReviewCycle
    since: datetime | None
    now: datetime


Gather = Callable[[Asked], Section]


def canonical(*, cycle: ReviewCycle, version: int, made_on: date, sections: Iterable[Section]) -> str:
    contents = {
        "review": str(cycle.opens_on),
        "version": version,
        "made_on": str(made_on),
        "sections": [asdict(section) for section in sections],
    }
    return json.dumps(contents, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def checksum(body: str) -> str:
    """SHA-256 of the canonical bytes, in hexadecimal."""
    return hashlib.sha256(body.encode()).hexdigest()


def read(body: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(body)
    return found


def sections_of(body: str) -> list[Section]:
    return [
        Section(each["key"], each["title"], tuple(Line(**line) for line in each["lines"]), each["note"])
        for each in read(body)["sections"]
    ]
