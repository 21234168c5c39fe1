"""Who was invited to plan, who could not and why, who wants no mail of it, and who was warned before it starts."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from riskassessment.models.activities import Activity
from riskassessment.models.agreeing import ONE_VOICE
from riskassessment.models.assessments import Assessment
from riskassessment.models.joining import Guest
from safeguarding.crypto import RecordKey, Sealed, sealed_column
from safeguarding.people.models import Person


class PlanInvitationQuerySet(models.QuerySet["PlanInvitation"]):
    def led_by(self, person: Person) -> PlanInvitationQuerySet:
        return self.filter(assessment__in=Assessment.objects.led_by(person).values("pk"))

    def standing(self) -> PlanInvitationQuerySet:
        return self.filter(withdrawn_at=None).order_by("invited_at", "pk")


class PlanInvitation(models.Model):
    """Somebody was asked to plan with us: by their account, or by mail with a link of their own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="invitations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    guest = models.OneToOneField(Guest, on_delete=models.PROTECT, null=True, related_name="invitation")
    name_sealed = sealed_column()  # as whoever invited them typed it
    address_sealed = sealed_column()
    address_hash = models.BinaryField(max_length=32, null=True)  # keyed: the same address is asked once
    message = models.UUIDField(null=True)  # the last mail, in the outbox
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    again_at = models.DateTimeField(null=True)
    again_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    name = Sealed()
    address = Sealed()
    objects = PlanInvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=ONE_VOICE, name="invitation_of_one_voice"),
            models.CheckConstraint(
                condition=Q(guest=None, address_sealed=None, address_hash=None)
                | Q(guest__isnull=False, address_hash__isnull=False),
                name="invitation_address_of_a_guest",
            ),
            models.UniqueConstraint(
                fields=["assessment", "person"], condition=Q(withdrawn_at=None), name="a_person_invited_once"
            ),
            models.UniqueConstraint(
                fields=["assessment", "address_hash"],
                condition=Q(withdrawn_at=None),
                name="an_address_invited_once",
            ),
            models.CheckConstraint(
                condition=Q(again_at=None, again_by=None) | Q(again_at__isnull=False, again_by__isnull=False),
                name="invitation_again_both_or_neither",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="invitation_withdrawn_both_or_neither",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def record_key(self) -> RecordKey:
        return self.assessment.key


class CouldNot(models.Model):
    """Somebody could not take part, and why, in their own words; typed in for them where they have no link."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="could_not")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    guest = models.ForeignKey(Guest, on_delete=models.PROTECT, null=True, related_name="could_not")
    typed_in_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    words_sealed = sealed_column()
    at = models.DateTimeField()

    words = Sealed()

    class Meta:
        verbose_name_plural = "could not"
        constraints = [
            models.CheckConstraint(
                condition=(ONE_VOICE & Q(typed_in_by=None))
                | Q(person=None, guest=None, typed_in_by__isnull=False),
                name="couldnot_own_words_or_typed_in",
            ),
            models.UniqueConstraint(
                fields=["assessment", "person"],
                condition=Q(person__isnull=False),
                name="a_person_could_not_once",
            ),
            models.UniqueConstraint(
                fields=["guest"], condition=Q(guest__isnull=False), name="a_guest_could_not_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def record_key(self) -> RecordKey:
        return self.assessment.key


class MailStop(models.Model):
    """Somebody wants no more mail about one plan."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="mail_stops")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    guest = models.OneToOneField(Guest, on_delete=models.PROTECT, null=True, related_name="mail_stop")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=ONE_VOICE, name="mailstop_of_one_voice"),
            models.UniqueConstraint(
                fields=["assessment", "person"],
                condition=Q(person__isnull=False),
                name="a_person_stops_mail_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class StartWarning(models.Model):
    """Somebody was mailed that an activity starts without agreement; once for each day it may start."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="start_warnings")
    starts_on = models.DateField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "starts_on", "person"], name="one_warning_of_a_start")
        ]

    def __str__(self) -> str:
        return f"{self.activity} {self.starts_on}"
