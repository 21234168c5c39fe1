"""Who receives concerns, as dated data: lead, deputies, alternates, the outside contact; hours; help."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can


class ContactKind(models.TextChoices):
    LEAD = "lead", _("safeguarding lead")
    DEPUTY = "deputy", _("deputy lead")
    ALTERNATE = "alternate", _("alternate contact, outside the team")
    OUTSIDE = "outside", _("outside contact of last resort")


class ContactQuerySet(models.QuerySet["Contact"]):
    def visible_to(self, person: Person) -> ContactQuerySet:
        """All of them for those who manage them; for a contact, themselves."""
        return self if can(person, Verb.MANAGE_CONTACTS) else self.filter(person=person)

    def current(self, now: datetime) -> ContactQuerySet:
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=now), valid_from__lte=now).select_related(
            "person"
        )

    def reachable(self, now: datetime) -> ContactQuerySet:
        """Current, with a confirmed address, and not away."""
        return self.current(now).filter(
            Q(away_until=None) | Q(away_until__lte=now), confirmed_at__isnull=False
        )

    def of_kind(self, *kinds: ContactKind) -> ContactQuerySet:
        return self.filter(kind__in=kinds).order_by("order", "valid_from", "pk")


class Contact(models.Model):
    """One person or office that a concern can reach, from a moment to a moment."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=10, choices=ContactKind.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="contacts")
    name = models.CharField(_("name"), max_length=120)
    role_title = models.CharField(_("what they do, in a few words"), max_length=120, blank=True)
    email = models.EmailField(_("email address"), max_length=254)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    order = models.PositiveSmallIntegerField(default=1)
    shown_publicly = models.BooleanField(default=True)
    confirmed_at = models.DateTimeField(null=True)
    confirm_hash = models.BinaryField(max_length=32, null=True, unique=True)
    confirm_sent_at = models.DateTimeField(null=True)
    new_email = models.EmailField(
        max_length=254, blank=True
    )  # waits to be confirmed; `email` serves until then
    away_until = models.DateTimeField(null=True)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="outside") | Q(person__isnull=False),
                name="only_the_outside_contact_has_no_account",
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="contact_dates_in_order"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(valid_to=None), name="a_person_is_one_contact_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def awaits_confirmation(self) -> bool:
        return self.confirmed_at is None or bool(self.new_email)

    def is_reachable(self, now: datetime) -> bool:
        return self.confirmed_at is not None and not self.is_away(now) and self.is_current(now)

    def is_away(self, now: datetime) -> bool:
        return self.away_until is not None and self.away_until > now

    def is_current(self, now: datetime) -> bool:
        return self.valid_from <= now and (self.valid_to is None or self.valid_to > now)


class GapAlarm(models.Model):
    """One time in which those who usually get concerns could not be reached, and for which an alarm sounded."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gap = models.CharField(max_length=20)  # of standing.Gap
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gap"], condition=Q(ended_at=None), name="one_alarm_sounds_for_a_gap"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("begun_at")), name="alarm_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.gap


class WorkingDay(models.Model):
    """The contact's hours on one day of the week, in the site's time zone. No row: not a working day."""

    weekday = models.PositiveSmallIntegerField(primary_key=True)  # Monday is 0
    starts = models.TimeField()
    ends = models.TimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")), name="working_day_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="working_day_is_a_day_of_the_week"),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.starts}–{self.ends}"


class Holiday(models.Model):
    day = models.DateField(primary_key=True)
    name = models.CharField(max_length=80)

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class HelpKind(models.TextChoices):
    EMERGENCY = "emergency", _("if someone is in danger now")
    OUTSIDE = "outside", _("help from outside")
    UNIVERSITY = "university", _("the university's procedure")
    UNDER_18 = "under_18", _("when someone under 18 is involved")


class HelpPanelQuerySet(models.QuerySet["HelpPanel"]):
    def current(self, now: datetime) -> HelpPanelQuerySet:
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=now), valid_from__lte=now).order_by(
            "order", "title", "pk"
        )


class HelpPanel(models.Model):
    """One dated piece of help: who to call, and what for."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=12, choices=HelpKind.choices)
    title = models.CharField(max_length=120)
    words = models.TextField(max_length=2000)
    phone = models.CharField(max_length=40, blank=True)
    address = models.URLField(blank=True)
    order = models.PositiveSmallIntegerField(default=1)
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField(null=True)

    objects = HelpPanelQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="help_dates_in_order"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def is_current(self, now: datetime) -> bool:
        return self.valid_from <= now and (self.valid_to is None or self.valid_to > now)
