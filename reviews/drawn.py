"""What is published never changes, so its clauses and differences are drawn once in each process.

Only public words, the same for every reader: nothing of a request, and never a draft.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from reviews import differences, pages
from reviews.models import ClauseText, StatementVersion
from reviews.services import drafting

KEPT = 16  # drawings in a process; one of 300 clauses has about 200 kB


class Difference(NamedTuple):
    html: SafeString
    is_same: bool


def clauses(version: StatementVersion, *, in_force: bool) -> SafeString:
    return _clauses(version.pk, in_force, get_language())


@lru_cache(maxsize=KEPT)
def _clauses(version: UUID, in_force: bool, language: str | None) -> SafeString:
    texts = ClauseText.objects.filter(statement=version).in_order()
    told: dict[str, Any] = {"rows": pages.shown(texts), "in_force": in_force}
    return render_to_string("reviews/_clauses.html", told)


def difference(before: StatementVersion | None, after: StatementVersion, *, shows_all: bool) -> Difference:
    """Only what changed, or all of it. A draft is drawn anew each time."""
    if after.is_draft:
        return _draw(before, after, shows_all)
    return _difference(before.pk if before else None, after.pk, shows_all, get_language())


@lru_cache(maxsize=KEPT)
def _difference(before: UUID | None, after: UUID, shows_all: bool, language: str | None) -> Difference:
    versions = {each.pk: each for each in StatementVersion.objects.published().filter(pk__in=[before, after])}
    return _draw(versions[before] if before else None, versions[after], shows_all)


def _draw(before: StatementVersion | None, after: StatementVersion, shows_all: bool) -> Difference:
    changes = differences.between(drafting.said_in(before), drafting.said_in(after))
    changed = differences.only_changed(changes)
    told = {"changes": changes if shows_all else changed, "marks": before is not None}
    return Difference(render_to_string("reviews/_changes.html", told), not changed)
