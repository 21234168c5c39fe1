"""Reads of what we learnt, as words; the instance twins live on the models."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import TruncMonth

from reviews.enums_learning import Audience, Difference, LearningState
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can

if TYPE_CHECKING:
    from reviews.models.learning import LearningDifference, LearningPoint  # noqa: F401


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

    def waiting(self) -> LearningQuerySet:
        return self.filter(state=LearningState.WAITING).order_by("written_on", "pk")

    def due(self, today: date) -> LearningQuerySet:
        return self.filter(state=LearningState.PASSED, delay_until__lte=today)

    def written_by(self, person: Person) -> LearningQuerySet:
        return self.filter(written_by=person).order_by("-written_on", "pk")

    def visible_to(self, person: Person) -> LearningQuerySet:
        """One's own; for those who check, all but what comes from a concern that they may not read.

        Opens the sealed source of each row it is asked about: narrow it first.
        """
        if not can(person, Verb.CHECK_LEARNING):
            return self.filter(written_by=person)
        others = self.exclude(written_by=person).exclude(source_sealed=None).select_related("key")
        kept = [point.pk for point in others.order_by() if point.is_kept_from(person)]
        return self.exclude(pk__in=kept)

    def to_ask_about(self, today: date, days: int) -> LearningQuerySet:
        """Published so long ago that it can be said whether it made a difference, and nobody said it since."""
        since = today - timedelta(days=days)
        told = self.model._meta.get_field("differences").related_model._default_manager
        said = told.filter(~Q(answer=Difference.NOT_YET) | Q(on__gt=since), point=OuterRef("pk"))
        return self.published().filter(~Exists(said), published_on__lte=since)


class LearningDifferenceQuerySet(models.QuerySet["LearningDifference"]):
    def to_look_at(self) -> LearningDifferenceQuerySet:
        """With words that nobody else looked at yet."""
        return self.filter(shown_on=None, words_sealed__isnull=False, point__state=LearningState.PUBLISHED)
