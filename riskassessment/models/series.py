"""A series: activities that come again in a rhythm and share the plan of the first; and calendar feeds."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q

from riskassessment.enums import FeedDetail, Rhythm
from riskassessment.models.activities import Activity
from safeguarding.people.models import Person


class SeriesQuerySet(models.QuerySet["Series"]):
    def going_on(self, today: date) -> SeriesQuerySet:
        return self.filter(Q(until=None) | Q(until__gte=today), ended_at=None)


class Series(models.Model):
    """Days and times are those of the wall clock, so a session begins at the same hour in summer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    first = models.OneToOneField(Activity, on_delete=models.PROTECT, related_name="begins")
    title = models.CharField(max_length=160)
    rhythm = models.CharField(max_length=10, choices=Rhythm.choices)
    weeks = models.PositiveSmallIntegerField(default=1)  # from one session to the next, where weeks count
    begins_on = models.DateField()
    begins_at = models.TimeField()
    minutes = models.PositiveSmallIntegerField(null=True)  # None: nobody said until when
    until = models.DateField(null=True)  # no session is made for a later day
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "series"
        constraints = [
            models.CheckConstraint(condition=Q(weeks__gte=1), name="series_weeks_move_on"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("begins_on")), name="series_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="series_ended_both_or_neither",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def goes_on(self) -> bool:
        return self.ended_at is None


class SessionCheck(models.Model):
    """The answer to “anything different?” before one session; the newest counts, and none is changed.

    Nothing different: the plan's own agreement holds. Something different: its words are read aloud
    and agreed for that session.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="checks")
    plan_version = models.PositiveIntegerField()  # the agreed version that it was asked about
    different = models.TextField(blank=True)  # empty: nothing is
    said_by = models.CharField(max_length=160, blank=True)  # who said so, in words the group chose
    checked_at = models.DateTimeField()
    checked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    who_was_there = models.TextField(blank=True)
    agreed_at = models.DateTimeField(null=True)
    agreed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-checked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_at=None, agreed_by=None, who_was_there="")
                | Q(agreed_at__isnull=False, agreed_by__isnull=False),
                name="sessioncheck_agreed_both_or_neither",
            )
        ]

    def __str__(self) -> str:
        return str(self.activity)

    @property
    def is_settled(self) -> bool:
        return not self.different or self.agreed_at is not None


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def standing(self) -> CalendarFeedQuerySet:
        return self.filter(ended_at=None, person__is_active=True)


class CalendarFeed(models.Model):
    """Somebody's own address for their calendar; shown once, then only its hash is here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="calendar_feeds")
    token_hash = models.BinaryField(max_length=32, unique=True)
    detail = models.CharField(max_length=10, choices=FeedDetail.choices)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at=None), name="one_calendar_feed_each"
            )
        ]

    def __str__(self) -> str:
        return str(self.person)
