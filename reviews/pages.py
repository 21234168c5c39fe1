"""What pages say of a version: its clauses made ready in one pass, however many there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reviews import features
from reviews.enums import Strength
from reviews.features import Feature
from reviews.models import ClauseText, StatementVersion

HIGHEST, LOWEST = 2, 6  # headings under the page's own


@dataclass(frozen=True)
class Shown:
    """One clause as a page draws it. `heading` is nought for words."""

    serial: int
    heading: int
    number: str
    words: str
    strength: str
    values: str
    features: list[Feature]
    is_fixed: bool


def rows_of(statement: StatementVersion) -> list[Shown]:
    return shown(statement.texts.in_order())


def shown(texts: Iterable[ClauseText]) -> list[Shown]:
    """No heading is more than one step below the one before it, whatever the text says."""
    labels = {str(value): str(label) for value, label in Strength.choices}
    made, above = [], HIGHEST - 1
    for text in texts:
        heading = 0
        if text.is_heading:
            heading = above = min(text.level + HIGHEST - 1, above + 1, LOWEST)
        made.append(
            Shown(
                serial=text.clause.serial,
                heading=heading,
                number=text.number,
                words=text.words,
                strength=labels.get(text.strength, ""),
                values=", ".join(value.name for value in text.values.all()),
                features=features.of(text.features),
                is_fixed=text.strength == Strength.FIXED,
            )
        )
    return made
