"""The picture of an activity: its parts in order, what is meant and what is agreed. Drawn here, as SVG. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from riskassessment.enums import Zone
from riskassessment.models import Part

ROW, TOP, GAP = 74, 4, 10  # units of the drawing, 340 wide
LONGEST_TITLE = 34  # letters that fit beside the number


@dataclass(frozen=True)
class Row:
    """One part: where it stands in the drawing, and what is said of it."""

    y: int
    number: int
    title: str
    intended: str
    agreed: str
    has_changes: bool

    @property
    def zones(self) -> list[tuple[int, str, str]]:
        """Place, zone and words of each box: what is meant at the left, what is agreed at the right."""
        boxes = ((0, self.intended, _("Meant")), (170, self.agreed, _("Agreed")))
        return [(x, zone, f"{said}: {word(zone)}") for x, zone, said in boxes if zone]


@dataclass(frozen=True)
class Picture:
    rows: tuple[Row, ...]
    height: int
    words: str  # the same in one sentence; the list of parts says each of them


def word(zone: str) -> str:
    """One word that fits into a box."""
    return {Zone.COMFORT: _("comfort"), Zone.STRETCH: _("stretch"), Zone.PANIC: _("panic, stress")}[
        Zone(zone)
    ]


def picture_of(parts: Sequence[Part], changed: Collection[UUID | None]) -> Picture | None:
    """None when no part has a zone yet: there is nothing to see."""
    if not any(part.intended or part.agreed for part in parts):
        return None
    rows = tuple(
        Row(
            y=TOP + number * (ROW + GAP),
            number=number + 1,
            title=_cut(part.title),
            intended=part.intended,
            agreed=part.agreed,
            has_changes=part.pk in changed,
        )
        for number, part in enumerate(parts)
    )
    return Picture(rows, TOP + len(rows) * (ROW + GAP), _in_words(parts))


def _cut(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1].rstrip()}…"


def _in_words(parts: Sequence[Part]) -> str:
    said = "; ".join(f"{number}. {_of(part)}" for number, part in enumerate(parts, start=1))
    return _("The session in order. %(parts)s.") % {"parts": said}


def _of(part: Part) -> str:
    zones = ((_("meant as"), part.intended), (_("agreed as"), part.agreed))
    return ", ".join([part.title, *(f"{said} {Zone(zone).label}" for said, zone in zones if zone)])
