"""Reads of the statement and of suggestions, as words; the instance twins live on the models."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from reviews.enums import Heard, VersionState
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can

if TYPE_CHECKING:
    from reviews.models import ClauseText, StatementVersion, Suggestion  # noqa: F401


class StatementQuerySet(models.QuerySet["StatementVersion"]):
    def drafts(self) -> StatementQuerySet:
        """One at most."""
        return self.filter(state=VersionState.DRAFT)

    def published(self) -> StatementQuerySet:
        """The newest first."""
        return self.filter(state=VersionState.PUBLISHED).order_by("-number")

    def in_force(self, now: datetime) -> StatementQuerySet:
        return self.published().filter(Q(valid_to=None) | Q(valid_to__gt=now), valid_from__lte=now)


class ClauseTextQuerySet(models.QuerySet["ClauseText"]):
    def in_order(self) -> ClauseTextQuerySet:
        """With all that a page says of each, in a number of queries that does not grow."""
        return self.order_by("order").select_related("clause").prefetch_related("values")


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def visible_to(self, person: Person) -> SuggestionQuerySet:
        """All that stand for those who answer, and one's own, also what one took back."""
        if can(person, Verb.EDIT_STATEMENT):
            return self.filter(Q(taken_back_at=None) | Q(person=person))
        return self.filter(person=person)

    def standing(self) -> SuggestionQuerySet:
        """Nobody took them back."""
        return self.filter(taken_back_at=None)

    def waiting(self) -> SuggestionQuerySet:
        """Not answered, or answered so that whoever made it says: not really."""
        answered = Q(answers__followed_at=None, answers__isnull=False) & ~Q(answers__heard=Heard.NO)
        return self.standing().exclude(pk__in=self.model._default_manager.filter(answered).values("pk"))

    def newest_first(self) -> SuggestionQuerySet:
        return self.order_by("-at", "pk")
