"""Parts that touch something hard: nothing is agreed before each has another way in, and somebody to turn to.

Where there is none, the same boxes take the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum, auto

from riskassessment.enums import Passage
from riskassessment.models import Activity, Assessment, Part


class HardPart(Exception):
    """A part that touches something hard has no other way in, or nobody to turn to, and no reason why not."""


class Missing(Enum):
    WAY = auto()
    SUPPORT = auto()


def missing(parts: Sequence[Part], passages: Mapping[str, str]) -> Iterator[tuple[Part, Missing]]:
    """A note of what is hard in a part says that it is; what is missing is the ways round it."""
    has_support = bool(passages.get(Passage.SUPPORT, "").strip())
    for part in parts:
        if part.content_note.strip():
            if not part.another_way.strip():
                yield part, Missing.WAY
            if not has_support:
                yield part, Missing.SUPPORT


def check(activity: Activity, plan: Assessment) -> None:
    """Raises HardPart."""
    parts = list(activity.parts.filter(removed_at=None).exclude(content_note=""))
    if parts and any(missing(parts, dict(plan.passages.values_list("name", "words")))):
        raise HardPart
