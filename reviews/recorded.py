"""A published record as pages and files say it: what was kept, with the words for it. Nothing else is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from reviews.holding_words import Accepted, Assented, Decided, Method, Result, Way
from reviews.models import ReviewRecord
from safeguarding.statement.pressures import Pressure


@dataclass(frozen=True)
class Before:
    """What it said until `at`, and why it was corrected."""

    summary: str
    said_did: str
    at: datetime
    reason: str


@dataclass(frozen=True)
class Said:
    """What it says now, after `number` corrections, and what it said before each, the last one first."""

    summary: str
    said_did: str
    number: int
    before: Sequence[Before]

    @property
    def corrected_at(self) -> datetime | None:
        return self.before[0].at if self.before else None


def said(record: ReviewRecord) -> Said:
    words, before = (record.summary, record.said_did), list[Before]()
    for made in record.corrections.all():
        before.insert(0, Before(*words, made.at, made.reason))
        words = (made.summary, made.said_did)
    return Said(*words, len(before), before)


def told(record: ReviewRecord) -> dict[str, Any]:
    return of(record.content)


def of(kept: Mapping[str, Any]) -> dict[str, Any]:
    """The same of what would be published."""
    return {
        **kept,
        "ways": ", ".join(str(Way(way).label) for way in kept["ways"]),
        "clauses": [_clause(each) for each in kept["clauses"]],
        "looks": [_look(each) for each in kept["looks"]],
        "method": Method(kept["method"]).label if kept["method"] else "",
        "result": Result(kept["result"]).label if kept["result"] else "",
        "objections": [{**each, "said": Assented(each["said"])} for each in kept["objections"]],
        "promises": [_promise(each) for each in kept["promises"]],
    }


def _clause(kept: Mapping[str, Any]) -> dict[str, Any]:
    again = date.fromisoformat(kept["again_on"]) if kept["again_on"] else None
    return {**kept, "decided": Decided(kept["decided"]), "again_on": again}


def _look(kept: Mapping[str, Any]) -> dict[str, Any]:
    labels = {
        state: ", ".join(str(Pressure(each).label) for each in kept[state]) for state in ("seen", "unsure")
    }
    return {**kept, **labels}


def _promise(kept: Mapping[str, Any]) -> dict[str, Any]:
    accepted = kept["accepted"] == Accepted.YES
    return {**kept, "due_on": date.fromisoformat(kept["due_on"]), "accepted": accepted}
