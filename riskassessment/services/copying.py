"""Beginning a plan as a copy of an earlier one, and what became of each line since.

Only what a group agrees on is copied: no contribution, no zone, no agreement, nobody who was there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from riskassessment.enums import Mark
from riskassessment.models import Activity, Assessment, Mitigation, NotRelevant, PassageText, Worry
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
    """A line, and what became of it. `before` is what stood there, where that is no longer so.

    `since`: what the library says by now, of a line that was taken from it and is said otherwise there.
    """

    line: Line
    mark: Mark
    before: str = ""
    since: str = ""


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
    _copy_left_out(locked, text, by)
    copies = {
        entry["id"]: _copy_worry(locked, entry, order, by) for order, entry in enumerate(text["worries"], 1)
    }
    _copy_what_it_came_from(source, locked.activity, copies)
    keys = {key: copy.pk.hex for key, copy in copies.items()}
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


def _copy_left_out(assessment: Assessment, text: dict[str, Any], by: Person) -> None:
    """Why an area was not relevant, where nobody said anything of it here."""
    said_here = set(assessment.not_relevant.values_list("area", flat=True))
    NotRelevant.objects.bulk_create(
        NotRelevant(assessment=assessment, area=area, words=words, said_at=clock.now(), said_by=by)
        for area, words in text.get("not_relevant", {}).items()
        if area not in said_here
    )


def _copy_worry(assessment: Assessment, entry: dict[str, Any], order: int, by: Person) -> Worry:
    """What is agreed on of a worry is copied, whatever it holds by now."""
    columns = {name: entry[name] for name in _plain_columns() if name in entry}
    return Worry.objects.create(
        assessment=assessment,
        order=order,
        copied_from_id=entry["id"],
        changed_at=clock.now(),
        changed_by=by,
        **columns,
    )


def _copy_what_it_came_from(source: Assessment, activity: Activity, copies: dict[str, Worry]) -> None:
    """The prompt of the library, the ways of working and values, and the parts of the same title here."""
    parts = {part.title: part for part in activity.parts.filter(removed_at=None)}
    for worry in source.worries.filter(pk__in=copies).prefetch_related("mitigations", "linked"):
        copy = copies[worry.pk.hex]
        Worry.objects.filter(pk=copy.pk).update(prompt=worry.prompt_id)
        copy.linked.set([parts[part.title] for part in worry.linked.all() if part.title in parts])
        Mitigation.objects.bulk_create(
            Mitigation(
                worry=copy,
                way_id=said.way_id,
                value_id=said.value_id,
                put_in_at=clock.now(),
                put_in_by=copy.changed_by,
            )
            for said in worry.mitigations.all()
        )


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


def library_marks(assessment: Assessment) -> list[Marked]:
    """Every worry against the library that it was taken from; nothing where none was. What is gone comes last."""
    if all(worry.prompt_id is None for worry in assessment.worries.all()):
        return []
    worries = list(assessment.worries.select_related("prompt__followed_by"))
    standing = [worry for worry in worries if worry.removed_at is None]
    headings = {line.key: line for line in freezing.lines_of(standing)}
    gone = [worry for worry in worries if worry.removed_at is not None and worry.prompt]
    return [_against_library(worry, headings[f"{worry.pk.hex}.words"]) for worry in standing] + [
        Marked(Line(f"{worry.pk.hex}.words", worry.get_area_display(), worry.words), Mark.GONE)
        for worry in gone
    ]


def _against_library(worry: Worry, line: Line) -> Marked:
    if worry.prompt is None:
        return Marked(line, Mark.NEW)
    since = getattr(worry.prompt, "followed_by", None)
    now = since.text if since else ""
    if worry.words == worry.prompt.text:
        return Marked(line, Mark.SAME, since=now)
    return Marked(line, Mark.CHANGED, worry.prompt.text, since=now)


def sources_for(person: Person, activity: Activity) -> models.QuerySet[Assessment]:
    """Earlier plans that this person may see and that say something, the newest first."""
    seen = Assessment.objects.visible_to(person).exclude(activity=activity.home_id)
    written = models.Q(passages__words__gt="") | models.Q(worries__removed_at=None, worries__isnull=False)
    return seen.filter(written).select_related("activity", "key").distinct().order_by("-begun_at")
