"""Beginning a plan as a copy of an earlier one, and what became of each line since.

Only what a group agrees on is copied: no contribution, no zone, no agreement, nobody who was there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from riskassessment.enums import Mark
from riskassessment.models import Activity, Assessment, PassageText, Worry
from riskassessment.services import assessing, freezing
from riskassessment.services.activities import lead
from safeguarding import audit, clock
from safeguarding.comparing import Line
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, authorise

OWN = {"id", "assessment", "order", "version", "copied_from"}  # of the row itself: never copied


class AlreadyWritten(Exception):
    """The plan says something of its own already."""


@dataclass(frozen=True)
class Marked:
    """A line, and what became of it. `before` is what stood there, where that is no longer so."""

    line: Line
    mark: Mark
    before: str = ""


@transaction.atomic
def begin_as_copy(*, activity: Activity, source: Assessment, by: Person) -> Assessment:
    """Begin the plan with every line of an earlier one that one may see. Raises AlreadyWritten."""
    authorise(by, Verb.PLAN_ACTIVITIES, source)
    made = assessing.begin(activity=activity, by=by)
    lead(made.activity, by)
    locked = Assessment.objects.select_for_update().get(pk=made.pk)
    text = freezing.text_of(source)
    if source.pk == made.pk or not freezing.is_empty(freezing.text_of(locked)):
        raise AlreadyWritten
    _copy_passages(locked, text, by)
    keys = {
        entry["id"]: _copy_worry(locked, entry, order, by) for order, entry in enumerate(text["worries"], 1)
    }
    locked.copied_from, locked.copied_text = source, _with_new_keys(text, keys)
    locked.depth, locked.version = source.depth, locked.version + 1
    locked.save(update_fields=["copied_from", "copied_text", "depth", "version"])
    audit.record("assessment_copied", by=by, about=locked, source=str(source.pk))
    return locked


def _copy_passages(assessment: Assessment, text: dict[str, Any], by: Person) -> None:
    written = {name: words for name, words in text["passages"].items() if words.strip()}
    for name, words in written.items():
        columns = {"words": words, "changed_at": clock.now(), "changed_by": by}
        PassageText.objects.update_or_create(
            assessment=assessment,
            name=name,
            defaults=columns | {"version": models.F("version") + 1},
            create_defaults=columns,
        )


def _copy_worry(assessment: Assessment, entry: dict[str, Any], order: int, by: Person) -> str:
    """The key of the copy. What is agreed on of a worry is copied, whatever it holds by now."""
    columns = {name: entry[name] for name in _plain_columns() if name in entry}
    made = Worry.objects.create(
        assessment=assessment,
        order=order,
        copied_from_id=entry["id"],
        changed_at=clock.now(),
        changed_by=by,
        **columns,
    )
    return made.pk.hex


def _plain_columns() -> set[str]:
    fields = Worry._meta.concrete_fields
    return {field.name for field in fields if not isinstance(field, models.ForeignKey)} - OWN


def _with_new_keys(text: dict[str, Any], keys: dict[str, str]) -> dict[str, Any]:
    return text | {"worries": [entry | {"id": keys[entry["id"]]} for entry in text["worries"]]}


def marks(assessment: Assessment) -> list[Marked]:
    """Every line against what was copied; nothing for a plan that is no copy. Lines that are gone come last."""
    if assessment.copied_text is None:
        return []
    return list(_marked(assessment.copied_text, freezing.text_of(assessment)))


def _marked(copied: dict[str, Any], text: dict[str, Any]) -> Iterator[Marked]:
    before = {line.key: line for line in freezing.lines(copied)}
    now = list(freezing.lines(text))
    for line in now:
        was = before.pop(line.key, None)
        if was is None:
            yield Marked(line, Mark.NEW)
        elif was.words != line.words:
            yield Marked(line, Mark.CHANGED, was.words)
        else:
            yield Marked(line, Mark.SAME)
    yield from (Marked(line, Mark.GONE) for line in before.values())


def sources_for(person: Person, activity: Activity) -> models.QuerySet[Assessment]:
    """Earlier plans that this person may see and that say something, the newest first."""
    seen = Assessment.objects.visible_to(person).exclude(activity=activity.home_id)
    written = models.Q(passages__words__gt="") | models.Q(worries__removed_at=None, worries__isnull=False)
    return seen.filter(written).select_related("activity", "key").distinct().order_by("-begun_at")
