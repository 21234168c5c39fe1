"""Line by line in a copy: is it still true here? Whoever looks says so, and nobody has to.

What reads as it was copied, and nobody looked at, is told of; it never stops a plan.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from riskassessment.enums import Mark, WorryText
from riskassessment.models import Assessment, StillTrue, Worry
from riskassessment.services import areas, assessing, copying, worries
from riskassessment.services.activities import lead
from riskassessment.services.assessing import Page, Written
from safeguarding import audit, clock
from safeguarding.comparing import Line
from safeguarding.people.models import Person

LEFT_OUT = "not_relevant"  # how the keys of such lines begin


@dataclass(frozen=True)
class Asked:
    """A text, a worry with all that is written of it, or a reason to leave an area out. Only its copied lines."""

    key: str
    lines: list[Line]

    @property
    def is_worry(self) -> bool:
        return self.lines[0].key != self.key

    @property
    def heading(self) -> str:
        """Of a worry its number, without what the line says of it."""
        label = self.said[0][0]
        return self.lines[0].heading.removesuffix(f": {label}") if self.is_worry else self.lines[0].heading

    @property
    def said(self) -> list[tuple[str, str]]:
        """Of a worry, each line under what it says of it."""
        if not self.is_worry:
            return [("", line.words) for line in self.lines]
        return [(str(WorryText(_name(line)).label), line.words) for line in self.lines]

    @property
    def fields(self) -> set[str]:
        """Of a worry, what is asked about."""
        return {_name(line) for line in self.lines}


def _name(line: Line) -> str:
    return line.key.rpartition(".")[2]


def waiting(assessment: Assessment) -> list[Line]:
    """The lines that read as they were copied, and that nobody has looked at."""
    if assessment.copied_text is None:
        return []
    looked_at = set(assessment.still_true.values_list("line", flat=True))
    same = [each.line for each in copying.marks(assessment) if each.mark == Mark.SAME]
    return [line for line in same if line.key not in looked_at]


def asked(assessment: Assessment) -> list[Asked]:
    found: dict[str, Asked] = {}
    for line in waiting(assessment):
        key = _whole(line.key)
        found.setdefault(key, Asked(key, [])).lines.append(line)
    return list(found.values())


def _whole(key: str) -> str:
    """What is answered at once: a worry with all its lines."""
    about, _dot, _name = key.rpartition(".")
    return key if about in ("", LEFT_OUT) else about


@transaction.atomic
def look(*, assessment: Assessment, by: Person, yes: Collection[str], no_longer: Collection[str]) -> None:
    """Say of copied lines that they hold, or take them away. What is no longer as it was copied is left alone."""
    lead(assessment.activity, by)
    locked = Assessment.objects.select_for_update().get(pk=assessment.pk)
    there = asked(locked)
    held = [line for each in there if each.key in yes for line in each.lines]
    _say(locked, held, by)
    gone = [each for each in there if each.key in no_longer and each.key not in yes]
    for each in gone:
        _take_away(locked, each, by)
    if held or gone:
        audit.record("copy_looked_at", by=by, about=locked, still_true=len(held), gone=len(gone))


def _say(assessment: Assessment, lines: Iterable[Line], by: Person) -> None:
    now = clock.now()
    StillTrue.objects.bulk_create(
        StillTrue(assessment=assessment, line=line.key, said_at=now, said_by=by) for line in lines
    )


def _take_away(assessment: Assessment, asked_of: Asked, by: Person) -> None:
    about, _dot, name = asked_of.key.rpartition(".")
    if about == LEFT_OUT:
        there = assessment.not_relevant.get(area=name)
        areas.leave_out(assessment=assessment, area=name, by=by, words="", seen=there.version)
    elif asked_of.is_worry:
        _take_from(assessment.worries.get(pk=UUID(asked_of.key)), asked_of.fields, by)
    else:
        seen = assessment.passages.get(name=asked_of.key).version
        assessing.save(assessment=assessment, by=by, page=Page(passages={asked_of.key: ("", seen)}))


def _take_from(worry: Worry, fields: set[str], by: Person) -> None:
    """All of it; or, of a worry that says something else by now, only what still reads as it was copied."""
    if WorryText.WORDS in fields:
        page = Page(worries={worry.pk: Written("", "", worry.version)})
        assessing.save(assessment=worry.assessment, by=by, page=page)
        return
    kept = "" if WorryText.PLAN in fields else worry.plan
    linked: Any = [] if WorryText.PARTS in fields else None
    emptied: dict[str, Any] = dict.fromkeys(fields - {WorryText.PLAN, WorryText.PARTS}, "")
    worries.work_out(worry=worry, by=by, seen=worry.version, plan=kept, linked=linked, **emptied)
