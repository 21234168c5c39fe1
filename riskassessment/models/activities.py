"""Activities: what the Collective does together. Assessments and zones stand on these."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q

from riskassessment.enums import ActivityKind, Mode, Paid, Place, Scope, Under18, Zone
from riskassessment.querysets import ActivityQuerySet
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can


class Activity(models.Model):
    """Only the title is required to begin; everything else can be said later, or never."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=20, choices=ActivityKind.choices, blank=True)
    purpose = models.TextField(blank=True)
    mode = models.CharField(max_length=10, choices=Mode.choices, blank=True)
    place = models.CharField(max_length=200, blank=True)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    scope = models.CharField(max_length=12, choices=Scope.choices, blank=True)
    scope_why = models.TextField(blank=True)
    under_18 = models.CharField(max_length=10, choices=Under18.choices, blank=True)
    route_seen_at = models.DateTimeField(null=True)  # the university's route for under-18s was read
    route_seen_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    recording = models.TextField(blank=True)  # what may be recorded, photographed, quoted, posted
    paid = models.CharField(max_length=10, choices=Paid.choices, blank=True)
    organiser = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="activities")
    created_at = models.DateTimeField()

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "activities"
        indexes = [models.Index(fields=["starts_at"], name="activity_starts")]
        constraints = [
            models.CheckConstraint(
                condition=Q(route_seen_at=None, route_seen_by=None)
                | Q(route_seen_at__isnull=False, route_seen_by__isnull=False),
                name="activity_route_seen_both_or_neither",
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(starts_at__isnull=False, ends_at__gte=F("starts_at")),
                name="activity_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def is_visible_to(self, person: Person) -> bool:
        """The instance twin of `visible_to`."""
        if can(person, Verb.OVERSEE_ACTIVITIES) or self.organiser_id == person.pk:
            return True
        return self.people.filter(person=person, ended_at=None).exists()

    def has_place_for(self, person: Person) -> bool:
        """The instance twin of `with_place_for`."""
        return self.organiser_id == person.pk or self.people.filter(person=person, ended_at=None).exists()

    def is_led_by(self, person: Person) -> bool:
        """The instance twin of `led_by`."""
        if not can(person, Verb.PLAN_ACTIVITIES):
            return False
        if self.organiser_id == person.pk:
            return True
        return self.people.filter(person=person, place=Place.FACILITATES, ended_at=None).exists()

    def is_past(self, now: datetime) -> bool:
        return self.starts_at is not None and (self.ends_at or self.starts_at) < now

    @property
    def waits_for_route(self) -> bool:
        """Under-18s may come: nothing is agreed here until somebody has read the university's route."""
        return self.under_18 in (Under18.POSSIBLE, Under18.YES) and self.route_seen_at is None


class ActivityPerson(models.Model):
    """Somebody's place in an activity, from a moment to a moment; ended, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="people")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="places")
    place = models.CharField(max_length=12, choices=Place.choices)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name_plural = "activity people"
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "person", "place"],
                condition=Q(ended_at=None),
                name="one_open_place_of_each_kind",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="activityperson_ended_both_or_neither",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_place_display()}"


class Part(models.Model):
    """One part of an activity, in order. Whatever anybody feels, each has a way out and another way in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="parts")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    what_happens = models.TextField(blank=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    content_note = models.TextField(blank=True)  # specific and calm: what is talked of, and for how long
    another_way = models.TextField(blank=True)  # other ways to take part
    intended = models.CharField(max_length=10, choices=Zone.choices, blank=True)
    agreed = models.CharField(max_length=10, choices=Zone.choices, blank=True)  # by the group, talking
    agreed_at = models.DateTimeField(null=True)
    agreed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "order"], condition=Q(removed_at=None), name="one_part_at_a_place"
            ),
            models.CheckConstraint(
                condition=Q(agreed="", agreed_at=None, agreed_by=None)
                | (~Q(agreed="") & Q(agreed_at__isnull=False, agreed_by__isnull=False)),
                name="part_agreed_all_or_nothing",
            ),
        ]

    def __str__(self) -> str:
        return self.title
