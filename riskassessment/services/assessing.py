"""Writing an assessment together: each text and each worry is saved by itself, and nobody writes over anybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max

from riskassessment.enums import Depth
from riskassessment.models import Activity, AgreedVersion, Assessment, PassageText, Prompt, Worry
from riskassessment.services import changing, freezing, hard_parts
from riskassessment.services.activities import lead
from safeguarding import audit, clock, crypto, transitions
from safeguarding.people.models import Person


class NothingToAgree(Exception):
    """The assessment says nothing yet."""


class RouteFirst(Exception):
    """Under-18s may come, and nobody has read the university's route."""


class AskEachPerson(Exception):
    """At standard and full, each person answers for themselves."""


@dataclass(frozen=True)
class Written:
    """A worry and its plan as one person wrote them; `seen` is the version they saw (0: a new one).

    A new one may come from the library: from this prompt, and so from its area.
    """

    words: str
    plan: str = ""
    seen: int = 0
    prompt: Prompt | None = None


@dataclass(frozen=True)
class Page:
    """What one person sends of the page: texts by name with the version they saw, worries, new worries."""

    passages: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    worries: Mapping[UUID, Written] = field(default_factory=dict)
    new: Mapping[UUID, Written] = field(default_factory=dict)  # by ids of the page's own: sent twice is once
    small: bool = False  # after a version was frozen: only a small mistake is put right
    why: str = ""


@dataclass
class Clashes:
    """What somebody else changed meanwhile: theirs, which stands. What the sender wrote goes back to them."""

    passages: dict[str, PassageText] = field(default_factory=dict)
    worries: dict[UUID, Worry] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.passages or self.worries)


@transaction.atomic
def begin(*, activity: Activity, by: Person) -> Assessment:
    """The activity's assessment; the same one when it was begun already."""
    activity = activity.home  # a series shares one
    lead(activity, by)
    Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    found = Assessment.objects.filter(activity=activity).first()
    if found is not None:
        return found
    key = crypto.new_key()
    key.save(force_insert=True)
    made = Assessment.objects.create(activity=activity, key=key, begun_at=clock.now(), begun_by=by)
    audit.record("assessment_begun", by=by, about=made)
    return made


@transaction.atomic
def save(*, assessment: Assessment, by: Person, page: Page) -> Clashes:
    """Save all that nobody else changed meanwhile, and say what clashed. Nothing new writes nothing."""
    lead(assessment.activity, by)
    locked = Assessment.objects.select_for_update().get(pk=assessment.pk)
    clashes = Clashes()
    with changing.noted(locked, by=by, small=page.small, why=page.why):
        changed = _save_all(locked, page, by, clashes)
        if changed:
            moved(assessment)
    if changed:
        audit.record("assessment_changed", by=by, about=assessment, changes=changed)
    return clashes


def _save_all(locked: Assessment, page: Page, by: Person, clashes: Clashes) -> int:
    changed = 0
    for name, (words, seen) in page.passages.items():
        changed += _save_passage(locked, name, words, seen, by, clashes)
    for pk, written in page.worries.items():
        changed += _save_worry(locked, pk, written, by, clashes)
    for pk, written in page.new.items():
        changed += _add_worry(locked, pk, written, by)
    return changed


def _save_passage(
    assessment: Assessment, name: str, words: str, seen: int, by: Person, clashes: Clashes
) -> int:
    there = assessment.passages.filter(name=name).first()
    if (there.words if there else "") == words:
        return 0
    if there is None:
        assessment.passages.create(name=name, words=words, changed_at=clock.now(), changed_by=by)
        return 1
    if there.version != seen:
        clashes.passages[name] = there
        return 0
    transitions.change(there, version=seen, words=words, changed_at=clock.now(), changed_by=by)
    return 1


def _save_worry(assessment: Assessment, pk: UUID, written: Written, by: Person, clashes: Clashes) -> int:
    """Empty words take the worry away. Whoever saw that it was taken away may bring it back."""
    there = assessment.worries.filter(pk=pk).first()
    if there is None or _is_same(there, written):
        return 0
    if there.version != written.seen:
        clashes.worries[pk] = there
        return 0
    now = clock.now()
    columns = {"changed_at": now, "changed_by": by, "removed_at": None, "removed_by": None}
    if written.words.strip():
        columns |= {"words": written.words, "plan": written.plan}
    else:
        columns |= {"removed_at": now, "removed_by": by}
    transitions.change(there, version=written.seen, **columns)
    return 1


def _is_same(there: Worry, written: Written) -> bool:
    if there.removed_at is not None:
        return not written.words.strip()
    return (there.words, there.plan) == (written.words, written.plan)


def _add_worry(assessment: Assessment, pk: UUID, written: Written, by: Person) -> int:
    if not written.words.strip() or Worry.objects.filter(pk=pk).exists():
        return 0
    last = assessment.worries.aggregate(last=Max("order"))["last"] or 0
    now = clock.now()
    Worry.objects.create(
        pk=pk,
        assessment=assessment,
        order=last + 1,
        words=written.words,
        plan=written.plan,
        prompt=written.prompt,
        area=written.prompt.area if written.prompt else "",
        changed_at=now,
        changed_by=by,
    )
    return 1


def moved(assessment: Assessment) -> None:
    """What is agreed on is another text now."""
    Assessment.objects.filter(pk=assessment.pk).update(version=F("version") + 1)
    assessment.refresh_from_db(fields=["version"])


@transaction.atomic
def agree_aloud(*, assessment: Assessment, by: Person, version: int, who_was_there: str) -> AgreedVersion:
    """Freeze what was read aloud and agreed in the room. The same version is agreed once.

    Raises Conflict when it changed since `version` was read; RouteFirst; HardPart; NothingToAgree; AskEachPerson.
    """
    lead(assessment.activity, by)
    locked, text = to_freeze(assessment, version)
    if is_for_each(locked):
        raise AskEachPerson
    agreed, made = AgreedVersion.objects.get_or_create(
        assessment=locked,
        version=version,
        defaults={
            "text": text,
            "digest": freezing.digest(text),
            "who_was_there": who_was_there,
            "agreed_at": clock.now(),
            "agreed_by": by,
        },
    )
    if made:
        audit.record("assessment_agreed", by=by, about=locked, version=version, digest=agreed.digest.hex())
    return agreed


def to_freeze(assessment: Assessment, version: int) -> tuple[Assessment, dict[str, Any]]:
    """The row, locked, and its text, if that is what was read and says something."""
    if assessment.activity.waits_for_route:
        raise RouteFirst
    locked = Assessment.objects.select_for_update().get(pk=assessment.pk)
    if locked.version != version:
        raise transitions.Conflict(locked)
    text = freezing.text_of(locked)
    if freezing.is_empty(text):
        raise NothingToAgree
    hard_parts.check(assessment.activity, locked)
    return locked, text


def is_for_each(assessment: Assessment) -> bool:
    """Once a version was put to the group, going back to light silences nobody."""
    return assessment.depth != Depth.LIGHT or assessment.frozen_versions.exists()
