"""What somebody does before, on or after the day: whose it is, by when, and what stood in the way."""

from __future__ import annotations

import uuid
from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from riskassessment.models.activities import Activity
from riskassessment.models.assessments import Assessment, Worry
from safeguarding.people.models import Person


class Resource(TextChoices):
    """What an action needs from others."""

    MONEY = "money", _("money")
    TIME = "time", _("time")
    SPACE = "space", _("space")


class Standing(TextChoices):
    """Derived, never stored. An unmet need is not an end: it stays listed until it is done."""

    DONE = "done", _("done")
    UNMET = "unmet", _("could not be met so far")
    NOBODYS = "nobodys", _("nobody has it yet")
    ASKED = "asked", _("waiting for a yes")
    DECLINED = "declined", _("they said no: it needs somebody else")
    TAKEN = "taken", _("somebody has it")


class ActionQuerySet(models.QuerySet["Action"]):
    def visible_to(self, person: Person) -> ActionQuerySet:
        """Those of the activities one sees, and one's own."""
        seen = Activity.objects.visible_to(person).values("pk")
        return self.filter(Q(assessment__activity__in=seen) | Q(who=person))

    def led_by(self, person: Person) -> ActionQuerySet:
        return self.filter(assessment__in=Assessment.objects.led_by(person).values("pk"))

    def of(self, person: Person) -> ActionQuerySet:
        """Theirs to do, or to say no to; the next one first."""
        mine = self.filter(who=person, done_at=None, declined_at=None)
        return mine.order_by(models.F("by_when").asc(nulls_last=True), "made_at", "pk")

    def to_remind(self, until: date) -> ActionQuerySet:
        """Not done, due by this day, and not stopped by something that its owner cannot give."""
        return self.filter(
            by_when__lte=until,
            done_at=None,
            declined_at=None,
            unmet_at=None,
            who__is_active=True,
        )

    def listed(self) -> ActionQuerySet:
        return self.select_related("who", "worry").order_by("made_at", "pk")


class Action(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(default=1)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="actions")
    worry = models.ForeignKey(Worry, on_delete=models.PROTECT, null=True, related_name="actions")
    what = models.TextField()
    who = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="actions")
    who_name = models.CharField(max_length=120, blank=True)  # somebody without an account
    by_when = models.DateField(null=True)
    needs = ArrayField(models.CharField(max_length=10, choices=Resource.choices), default=list, blank=True)
    link_hash = models.BinaryField(max_length=32, null=True, unique=True)  # of the mail that asked its owner
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    declined_words = models.TextField(blank=True)
    unmet_at = models.DateTimeField(null=True)
    unmet_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    unmet_why = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    evidence = models.TextField(blank=True)  # how anybody can see that it is done

    objects = ActionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(who=None) | Q(who_name=""), name="action_is_one_persons"),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(declined_at=None), name="action_accepted_or_declined"
            ),
            models.CheckConstraint(
                condition=Q(unmet_at=None, unmet_by=None, unmet_why="")
                | (Q(unmet_at__isnull=False, unmet_by__isnull=False) & ~Q(unmet_why="")),
                name="action_unmet_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
                name="action_done_both_or_neither",
            ),
        ]

    def __str__(self) -> str:
        return self.what[:60]

    def is_visible_to(self, person: Person) -> bool:
        """The instance twin of `visible_to`."""
        return self.who_id == person.pk or self.assessment.activity.is_visible_to(person)

    def is_moved_by(self, person: Person) -> bool:
        """Whether they may say that it is done, or that it cannot be done."""
        return self.who_id == person.pk or self.assessment.activity.is_led_by(person)

    @property
    def standing(self) -> Standing:
        if self.done_at is not None:
            return Standing.DONE
        if self.unmet_at is not None:
            return Standing.UNMET
        if self.declined_at is not None:
            return Standing.DECLINED
        if self.who_id is None:
            return Standing.TAKEN if self.who_name else Standing.NOBODYS
        return Standing.TAKEN if self.accepted_at is not None else Standing.ASKED

    @property
    def is_open(self) -> bool:
        return self.done_at is None

    def is_overdue(self, today: date) -> bool:
        return self.is_open and self.by_when is not None and self.by_when < today

    @property
    def whose(self) -> str:
        return str(self.who) if self.who else self.who_name

    @property
    def need_labels(self) -> list[str]:
        return [str(Resource(need).label) for need in self.needs]


class Reminded(models.Model):
    """A mail that went: one row for each thing, person and occasion, so that none goes twice."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    about_id = models.UUIDField()  # an action, or an activity
    occasion = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "reminded"
        constraints = [
            models.UniqueConstraint(fields=["person", "about_id", "occasion"], name="one_mail_an_occasion")
        ]

    def __str__(self) -> str:
        return self.occasion


class NoReminders(models.Model):
    """Somebody who wants no reminders of actions and looking back. What is new still reaches them."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, primary_key=True, related_name="+")
    since = models.DateTimeField()

    class Meta:
        verbose_name_plural = "no reminders"

    def __str__(self) -> str:
        return str(self.person)
