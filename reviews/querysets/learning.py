"""Reads of what we learnt, as words; the instance twins live on the models."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import TruncMonth

from reviews.enums.learning import Audience, Difference, LearningState
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can
from safeguarding.statement.models import Value

if TYPE_CHECKING:
    from reviews.models.learning import LearningDifference, LearningPoint  # noqa: F401


def kept_from(points: Iterable[LearningPoint], person: Person) -> set[UUID]:
    """Those that come from a concern which this person may not read; not a correction of their own. One query."""
    theirs = [point for point in points if not (point.is_correction and point.written_by_id == person.pk)]
    sources = {point.pk: pk for point in theirs for kind, pk in [point.source_parts] if kind == "concern"}
    if not sources:
        return set()
    concerns = apps.get_model("concerns", "Concern").objects.all()
    seen = concerns.visible_to(person).filter(pk__in=sources.values())
    readable = {str(pk) for pk in seen.values_list("pk", flat=True)}
    return {pk for pk, concern in sources.items() if concern not in readable}


class LearningQuerySet(models.QuerySet["LearningPoint"]):
    def published(self) -> LearningQuerySet:
        return self.filter(state=LearningState.PUBLISHED)

    def readable_by(self, person: Person | None) -> LearningQuerySet:
        """Published, for whoever reads the site; what is for members only, for those who signed in."""
        out = self.published()
        return out if person is not None else out.filter(audience=Audience.EVERYONE)

    def by_month(self) -> LearningQuerySet:
        """The newest month first; within one by chance, so that no order tells which was written first."""
        return self.order_by(TruncMonth("published_on").desc(), "public_id")

    def as_shown(self) -> LearningQuerySet:
        """With all that a page says of each, in a number of queries that does not grow."""
        return self.by_month().prefetch_related("clauses", "values", "ways", "differences__point__key")

    def values_used(self) -> models.QuerySet[Value]:
        """Each value once, however much belongs to it."""
        return Value.objects.filter(pk__in=self.values("values"))

    def waiting(self) -> LearningQuerySet:
        return self.filter(state=LearningState.WAITING).order_by("written_on", "pk")

    def passed(self) -> LearningQuerySet:
        """Checked; the next to be published first."""
        return self.filter(state=LearningState.PASSED).select_related("key").order_by("delay_until", "pk")

    def due(self, today: date) -> LearningQuerySet:
        return self.filter(state=LearningState.PASSED, delay_until__lte=today)

    def written_by(self, person: Person) -> LearningQuerySet:
        return self.filter(written_by=person).order_by("-written_on", "pk")

    def visible_to(self, person: Person) -> LearningQuerySet:
        """One's own, and everything for those who check; nothing that comes from a concern they may not read.

        Opens the sealed source of each row it is asked about: narrow it first.
        """
        theirs = self if can(person, Verb.CHECK_LEARNING) else self.filter(written_by=person)
        sealed = theirs.exclude(source_sealed=None).select_related("key").order_by()
        return theirs.exclude(pk__in=kept_from(sealed, person))

    def to_ask_about(self, since: date) -> LearningQuerySet:
        """Published then or before, and since then nobody said whether it made a difference."""
        return self.published().filter(~Exists(_said_since(since)), published_on__lte=since)

    def needing(self, person: Person, *, checks: bool, asked: date) -> LearningQuerySet:
        """What needs this person: what came back, and is asked about; for those who check, what waits."""
        back = Q(state=LearningState.BACK, written_by=person)
        ask = Q(~Exists(_said_since(asked)), state=LearningState.PUBLISHED, published_on__lte=asked)
        if not checks:
            return self._to_need(back | ask & Q(written_by=person))
        waits = Q(state=LearningState.WAITING) & ~Q(written_by=person)
        words = Q(Exists(_differences().to_look_at().exclude(by=person)), state=LearningState.PUBLISHED)
        return self._to_need(back | waits | ask | words)

    def _to_need(self, which: Q) -> LearningQuerySet:
        return self.filter(which).select_related("key", "corrects").order_by("written_on", "pk")


def _differences() -> LearningDifferenceQuerySet:
    """Of the row that is asked about."""
    told = apps.get_model("reviews", "LearningDifference").objects.filter(point=OuterRef("pk"))
    assert isinstance(told, LearningDifferenceQuerySet)
    return told


def _said_since(since: date) -> LearningDifferenceQuerySet:
    """That it did or did not; "not yet" counts until half a year has gone by."""
    return _differences().filter(~Q(answer=Difference.NOT_YET) | Q(on__gt=since))


class LearningDifferenceQuerySet(models.QuerySet["LearningDifference"]):
    def worded(self) -> LearningDifferenceQuerySet:
        return self.filter(words_sealed__isnull=False, point__state=LearningState.PUBLISHED)

    def to_look_at(self) -> LearningDifferenceQuerySet:
        """With words that nobody else looked at yet."""
        return self.worded().filter(shown_on=None)
