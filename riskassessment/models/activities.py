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
    expected = models.PositiveSmallIntegerField(null=True)  # about how many people come
    host = models.CharField(max_length=160, blank=True)  # the organisation whose place it is
    support = models.TextField(blank=True)  # who to turn to, as the group puts it
    series = models.ForeignKey(
        "riskassessment.Series", on_delete=models.PROTECT, null=True, related_name="sessions"
    )
    series_day = models.DateField(null=True)  # the rhythm's own day; it stays when the session is moved
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    cancelled_why = models.TextField(blank=True)  # shown to everybody who has a place in it
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
            models.CheckConstraint(
                condition=Q(series=None, series_day=None) | Q(series__isnull=False, series_day__isnull=False),
                name="activity_series_both_or_neither",
            ),
            models.UniqueConstraint(fields=["series", "series_day"], name="one_session_on_each_day"),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_by=None, cancelled_why="")
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False),
                name="activity_cancelled_both_or_neither",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def is_visible_to(self, person: Person) -> bool:
        """The instance twin of `visible_to`."""
        return can(person, Verb.OVERSEE_ACTIVITIES) or self.has_place_for(person)

    def has_place_for(self, person: Person) -> bool:
        """The instance twin of `with_place_for`."""
        return self.organiser_id == person.pk or self._places().filter(person=person).exists()

    def is_led_by(self, person: Person) -> bool:
        """The instance twin of `led_by`."""
        if not can(person, Verb.PLAN_ACTIVITIES):
            return False
        if self.organiser_id == person.pk:
            return True
        return self._places().filter(person=person, place=Place.FACILITATES).exists()

    def _places(self) -> models.QuerySet[ActivityPerson]:
        """The places in it, and in the first of its series: those hold in every session."""
        return ActivityPerson.objects.filter(activity__in={self.pk, self.home_id}, ended_at=None)

    def standing_places(self) -> models.QuerySet[ActivityPerson]:
        return self._places().select_related("person").order_by("added_at", "pk")

    @property
    def home(self) -> Activity:
        """The activity that holds the plan: the first of its series, or itself."""
        return self.series.first if self.series else self

    @property
    def home_id(self) -> uuid.UUID:
        return self.series.first_id if self.series else self.pk

    @property
    def is_later_session(self) -> bool:
        """Whether its plan stands with the first of its series."""
        return self.home_id != self.pk

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None

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
    for_everybody = models.BooleanField(default=False)  # meant for all; each may step out all the same
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
