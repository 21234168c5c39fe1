"""What changed after a version was frozen, line by line: noted with each save, small or not, and by whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from riskassessment.enums import Size
from riskassessment.models import Assessment, Change, Guest
from riskassessment.services import freezing
from safeguarding import audit, clock, comparing
from safeguarding.comparing import Line, Pair
from safeguarding.people.models import Person

LONGEST_HEADING = 200  # characters; a column
NO_LINE = ""  # the key of a version in which no line reads differently


@contextmanager
def noted(assessment: Assessment, *, by: Person, small: bool = False, why: str = "") -> Iterator[None]:
    """Around each writing to a plan, with its row locked: afterwards its changed lines are kept.

    Nothing is noted before a first version is frozen. What no writer notes counts as material.
    """
    if not is_frozen(assessment):
        yield
        return
    before, version = lines_now(assessment), assessment.version
    yield
    assessment.refresh_from_db(fields=["version"])
    if assessment.version != version:
        _note(assessment, before, by=by, small=small, why=why)


def is_frozen(assessment: Assessment) -> bool:
    return assessment.frozen_versions.exists() or assessment.agreed_versions.exists()


def lines_now(assessment: Assessment) -> list[Line]:
    return list(freezing.lines(freezing.text_of(assessment)))


def _note(assessment: Assessment, before: Iterable[Line], *, by: Person, small: bool, why: str) -> None:
    old, now = comparing.words_of(before), clock.now()
    new = comparing.words_of(lines := lines_now(assessment))
    headings = {line.key: line.heading for line in (*before, *lines)}
    differ = [key for key in headings if old.get(key) != new.get(key)]
    Change.objects.bulk_create(
        Change(
            assessment=assessment,
            version=assessment.version,
            key=key,
            heading=headings.get(key, "")[:LONGEST_HEADING],
            before=old.get(key, ""),
            after=new.get(key, ""),
            size=_size(key, old, new, small),
            why=why,
            at=now,
            by=by,
        )
        for key in differ or [NO_LINE]
    )


def _size(key: str, old: Mapping[str, str], new: Mapping[str, str], small: bool) -> Size:
    """A line that came or went is never a small mistake."""
    if key == NO_LINE:
        return Size.SMALL
    return Size.SMALL if small and key in old and key in new else Size.MATERIAL


@transaction.atomic
def challenge(*, change: Change, by: Person | Guest) -> None:
    """ "This was not small": from now on it counts as material. Twice is once."""
    if not _takes_part(change.assessment, by):
        raise PermissionDenied
    standing = Change.objects.filter(pk=change.pk, size=Size.SMALL, challenged_at=None).exclude(key=NO_LINE)
    who = {"challenged_guest": by} if isinstance(by, Guest) else {"challenged_by": by}
    if standing.update(challenged_at=clock.now(), **who):
        actor: audit.Actor = audit.Other.VISITOR if isinstance(by, Guest) else by
        audit.record("change_challenged", by=actor, about=change.assessment, version=change.version)


def _takes_part(assessment: Assessment, by: Person | Guest) -> bool:
    """A place of one's own in it, or one's own link to it."""
    if isinstance(by, Guest):
        return by.assessment_id == assessment.pk
    return assessment.activity.has_place_for(by)


def small_pairs(changes: Iterable[Change]) -> list[Pair]:
    return [(c.key, c.before, c.after) for c in changes if c.is_small and c.key != NO_LINE]


def last_author(assessment: Assessment) -> UUID:
    """Who made the last change that was more than small; before any was noted, who wrote last."""
    material = [c for c in assessment.changes.all() if not c.is_small]
    if material:
        return max(material, key=lambda change: change.version).by_id
    rows = [*assessment.passages.values_list("changed_at", "changed_by")]
    rows += assessment.worries.values_list("changed_at", "changed_by")
    return max(rows)[1] if rows else assessment.begun_by_id


def words_after(frozen: Mapping[str, str], changes: Iterable[Change]) -> dict[str, str]:
    """The lines of a frozen text as the noted changes left them."""
    words = dict(frozen)
    for change in sorted(changes, key=lambda change: change.version):
        words[change.key] = change.after
    return {key: text for key, text in words.items() if text.strip()}
