"""What we learnt: written, checked by somebody else, and published by itself when its delay is over.

Where it came from is sealed in it, and seen only by who may read that source. What is published has an id of its own
and a day; neither leads back.
"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from concerns.enums import YesNo
from concerns.models import Concern
from reviews.enums.learning import (
    PASSING,
    Audience,
    Difference,
    LearningKind,
    LearningState,
    Outcome,
    PersonsView,
)
from reviews.models.statement import Clause
from reviews.querysets.learning import LearningDifferenceQuerySet, LearningQuerySet, kept_from
from riskassessment.models import Activity
from safeguarding.crypto import RecordKey, Sealed, sealed_column
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can
from safeguarding.statement.models import Value, WayOfWorking

if TYPE_CHECKING:
    Source = Concern | Activity

_OUT = Q(state=LearningState.PUBLISHED)
_SOURCES: dict[str, type[Concern] | type[Activity]] = {"concern": Concern, "activity": Activity}


class LearningPoint(models.Model):
    """One thing that we learnt. Its words are sealed until its day; taken back, they are sealed again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    public_id = models.UUIDField(
        default=uuid.uuid4, unique=True, editable=False
    )  # in its address, never in the audit
    key = models.OneToOneField(RecordKey, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=14, choices=LearningState.choices, default=LearningState.WAITING)
    kind = models.CharField(max_length=10, choices=LearningKind.choices)
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.EVERYONE)
    draft_sealed = sealed_column()  # what is to be published
    source_sealed = sealed_column()  # "concern" or "activity", and its id
    words = models.TextField(blank=True)  # what is published, and empty before and after
    clauses = models.ManyToManyField(Clause, related_name="learning")
    values = models.ManyToManyField(Value, related_name="learning")
    ways = models.ManyToManyField(WayOfWorking, related_name="learning")
    detail_changed = models.BooleanField(default=False)
    asked = models.CharField(max_length=14, choices=PersonsView.choices, default=PersonsView.NOT_YET)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_on = models.DateField()
    delay_until = models.DateField()
    delay_why_sealed = sealed_column()  # why sooner than is usual
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    published_on = models.DateField(null=True)
    taken_back_on = models.DateField(null=True)
    taken_back_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    taken_back_why_sealed = sealed_column()

    draft = Sealed()
    source = Sealed()
    delay_why = Sealed()
    taken_back_why = Sealed()
    objects = LearningQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["delay_until"], condition=Q(state="passed"), name="learning_to_publish"),
            models.Index(fields=["published_on"], condition=_OUT, name="learning_published"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(_OUT & ~Q(words="") & Q(published_on__isnull=False)) | (~_OUT & Q(words="")),
                name="learning_words_only_while_published",
            ),
            models.CheckConstraint(
                condition=~Q(asked="no") | ~Q(state__in=["passed", "published"]),
                name="learning_no_means_no",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_on=None, taken_back_by=None, taken_back_why_sealed=None)
                & ~Q(state="taken_back")
                | Q(state="taken_back", taken_back_on__isnull=False, taken_back_by__isnull=False)
                & Q(taken_back_why_sealed__isnull=False),
                name="learning_taken_back_all_or_nothing",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def record_key(self) -> RecordKey:
        return self.key

    @property
    def is_published(self) -> bool:
        return self.state == LearningState.PUBLISHED

    @property
    def kind_in_words(self) -> str:
        """A list asks this of each: Django's `get_kind_display` reads every kind anew each time."""
        return str(LearningKind(self.kind).label)

    @property
    def difference(self) -> LearningDifference | None:
        """What was said last, of those that were fetched with it."""
        return next(reversed(self.differences.all()), None)

    @property
    def is_correction(self) -> bool:
        return self.corrects_id is not None

    def is_readable_by(self, person: Person | None) -> bool:
        """The twin of `readable_by`: published, and for this reader."""
        return self.is_published and (self.is_for_everybody or person is not None)

    @property
    def is_for_everybody(self) -> bool:
        return self.audience == Audience.EVERYONE

    def is_visible_to(self, person: Person) -> bool:
        """The twin of `visible_to`: to work on it before it is published."""
        is_theirs = self.written_by_id == person.pk or can(person, Verb.CHECK_LEARNING)
        return is_theirs and not self.is_kept_from(person)

    def is_kept_from(self, person: Person) -> bool:
        """It comes from a concern that this person may not read. Who corrects what is public sees their own words."""
        return bool(kept_from([self], person))

    def source_for(self, person: Person) -> Source | None:
        """Where it comes from, for who may read that."""
        kind, pk = self.source_parts
        if not kind:
            return None
        found: Source | None = _SOURCES[kind].objects.visible_to(person).filter(pk=pk).first()
        return found

    @property
    def source_parts(self) -> tuple[str, str]:
        """Whether a concern or an activity, and its id; empty where there is none."""
        kind, _space, pk = (self.source or "").partition(" ")
        return kind, pk

    def was_written_or_worded_by(self, person: Person) -> bool:
        """Their words stand in it, or in what it corrects."""
        return self.written_by_id == person.pk or (
            self.corrects is not None and self.corrects.was_written_or_worded_by(person)
        )


class LearningCheck(models.Model):
    """One look for names and traces, by somebody who did not write it. Each stays."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    point = models.ForeignKey(LearningPoint, on_delete=models.PROTECT, related_name="checks")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    could_self = models.CharField(max_length=10, choices=YesNo.choices)  # recognise themselves
    could_others = models.CharField(max_length=10, choices=YesNo.choices)
    points_at = models.CharField(max_length=10, choices=YesNo.choices)  # a group, place, host or date
    outcome = models.CharField(max_length=14, choices=Outcome.choices)
    checked_sealed = sealed_column()  # the words that were looked at
    why_sealed = sealed_column()

    checked = Sealed()
    why = Sealed()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=PASSING) | Q(why_sealed__isnull=False), name="learning_check_says_why"
            )
        ]

    def __str__(self) -> str:
        return self.get_outcome_display()

    def record_key(self) -> RecordKey:
        return self.point.key


class LearningDifference(models.Model):
    """Whether it made a difference. The answer stands beside it at once, the words when somebody else looked."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    point = models.ForeignKey(LearningPoint, on_delete=models.PROTECT, related_name="differences")
    answer = models.CharField(max_length=10, choices=Difference.choices)
    words_sealed = sealed_column()
    on = models.DateField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    shown_on = models.DateField(null=True)
    shown_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    words = Sealed()
    objects = LearningDifferenceQuerySet.as_manager()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(shown_on=None, shown_by=None) | Q(shown_on__isnull=False, shown_by__isnull=False),
                name="difference_shown_both_or_neither",
            )
        ]

    def __str__(self) -> str:
        return self.get_answer_display()

    def record_key(self) -> RecordKey:
        return self.point.key
