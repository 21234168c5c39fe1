"""Decisions that are alike, so that a new one can be laid beside them. The database finds them; only checked ones."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Case, Count, F, FloatField, IntegerField, OuterRef, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import GreaterThan

from reviews.models import DecisionRecord
from reviews.models.decisions import DecisionQuerySet

MOST = 5  # that are shown beside one
MOST_WORDS = 60  # of a text, the first of them, that are looked for
VALUE, CLAUSE, CHOICE, RANK = 3.0, 3.0, 2.0, 10.0  # how much each thing in common weighs; a rank is under 1
_WORD = re.compile(r"[^\W_]{3,}")


@dataclass(frozen=True)
class Like:
    """What to compare with. A value counts by its name: it may have been worded anew since."""

    words: str = ""
    choice: str = ""
    values: Collection[str] = ()
    clauses: Collection[UUID] = ()
    but: UUID | None = None


def like(record: DecisionRecord) -> Like:
    return Like(
        words=" ".join(record.told.values()),
        choice=record.choice,
        values=[value.name for value in record.values.all()],
        clauses=[clause.pk for clause in record.clauses.all()],
        but=record.pk,
    )


def alike(wanted: Like) -> list[DecisionRecord]:
    """Those most alike, the most alike first; none that have nothing in common."""
    found = (
        DecisionRecord.objects.checked()
        .exclude(pk__in=[wanted.but] if wanted.but else [])
        .annotate(
            of_values=_shared("values__name__in", wanted.values),
            of_clauses=_shared("clauses__in", wanted.clauses),
            of_choice=Case(When(choice=wanted.choice, then=1), default=0, output_field=IntegerField()),
            rank=_rank(wanted.words),
        )
    )
    weighed = VALUE * F("of_values") + CLAUSE * F("of_clauses") + CHOICE * F("of_choice") + RANK * F("rank")
    score = Cast(weighed, FloatField())
    near = found.filter(GreaterThan(score, 0.0))
    return list(near.to_read().order_by(score.desc(), "-checked_on", "pk")[:MOST])


def find(words: str, choice: str = "") -> DecisionQuerySet:
    """For a search page: those with any of these words, the best first; without words, the newest."""
    found = DecisionRecord.objects.checked().to_read()
    found = found.filter(choice=choice) if choice else found
    query = _query(words)
    if query is None:
        return found.newest_first()
    return found.filter(search=query).annotate(rank=SearchRank("search", query)).order_by("-rank", "pk")


def _shared(lookup: str, things: Collection[object]) -> Coalesce:
    same = DecisionRecord.objects.filter(pk=OuterRef("pk"), **{lookup: list(things)})
    counted = same.order_by().values("pk").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _rank(words: str) -> SearchRank | Value:
    query = _query(words)
    return Value(0.0, output_field=FloatField()) if query is None else SearchRank("search", query)


def _query(words: str) -> SearchQuery | None:
    """Any of the words. Only letters and numbers reach the database's own language of queries."""
    said = list(dict.fromkeys(word.casefold() for word in _WORD.findall(words)))[:MOST_WORDS]
    return SearchQuery(" | ".join(said), search_type="raw", config="english") if said else None
