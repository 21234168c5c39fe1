"""A review of the statement, twice a year: its window, who holds it, and whether it was held."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q

from reviews import windows
from reviews.enums import Occasion, State
from reviews.windows import Window
from safeguarding.people.models import Person


class ReviewCycleQuerySet(models.QuerySet["ReviewCycle"]):
    def opened(self) -> ReviewCycleQuerySet:
        return self.filter(opened_at__isnull=False)

    def unsettled(self) -> ReviewCycleQuerySet:
        """Nobody has said that it was held, or why not."""
        return self.opened().filter(held_on=None, missed_at=None)

    def without_holders(self) -> ReviewCycleQuerySet:
        return self.exclude(pk__in=ReviewHolder.objects.standing().values("cycle"))

    def held_by(self, person: Person) -> ReviewCycleQuerySet:
        standing = ReviewHolder.objects.standing().filter(person=person)
        return self.filter(pk__in=standing.values("cycle"))


class ReviewCycle(models.Model):
    """Made before its window opens, so that it can be held by somebody in time. Nothing deletes one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    opens_on = models.DateField(unique=True)
    closes_on = models.DateField()
    opened_at = models.DateTimeField(null=True)
    held_on = models.DateField(null=True)
    summary = models.TextField(max_length=4000, blank=True)  # public: what was decided, in plain words
    held_noted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    missed_why = models.TextField(max_length=1000, blank=True)  # public
    missed_at = models.DateTimeField(null=True)  # when somebody said why
    missed_noted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ReviewCycleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="review_days_in_order"),
            models.CheckConstraint(
                condition=Q(held_on=None) | Q(opened_at__isnull=False), name="review_opened_before_held"
            ),
        ]

    def __str__(self) -> str:
        return windows.name(self.opens_on)

    @property
    def window(self) -> Window:
        return Window(self.opens_on, self.closes_on)

    def state(self, today: date) -> State:
        """Over and not held is "not held", whether or not anybody says so."""
        if self.held_on is not None:
            return State.HELD
        if self.opened_at is None:
            return State.AHEAD
        return State.MISSED if today > self.closes_on or self.missed_at else State.OPEN

    @property
    def was_late(self) -> bool:
        return self.held_on is not None and self.held_on > self.closes_on

    def is_held_by(self, person: Person) -> bool:
        return ReviewHolder.objects.standing().filter(cycle=self, person=person).exists()


class ReviewHolderQuerySet(models.QuerySet["ReviewHolder"]):
    def standing(self) -> ReviewHolderQuerySet:
        return self.filter(until=None, person__is_active=True)


class ReviewHolder(models.Model):
    """One of the two members who hold a review: they ask people, and see that it is done."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cycle = models.ForeignKey(ReviewCycle, on_delete=models.PROTECT, related_name="holders")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    named_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    until = models.DateTimeField(null=True)

    objects = ReviewHolderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "person"], condition=Q(until=None), name="review_held_once_by_one"
            )
        ]

    def __str__(self) -> str:
        return str(self.person)


class ReviewReminded(models.Model):
    """Written with each mail: the same is never sent to the same person or contact again."""

    cycle = models.ForeignKey(ReviewCycle, on_delete=models.PROTECT, related_name="reminded")
    occasion = models.CharField(max_length=20, choices=Occasion.choices)
    who = models.UUIDField()  # a person; or a contact without an account
    on = models.DateField()  # the site's day

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cycle", "occasion", "who"], name="review_reminded_once")
        ]

    def __str__(self) -> str:
        return f"{self.occasion} {self.on}"
