"""Taking part without an account: a short-lived code, a guest's own link, and what people contribute."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from riskassessment.enums import About, Answer, Attribution
from riskassessment.models.assessments import Assessment, Worry
from riskassessment.models.room_codes import ENDED_BOTH_OR_NEITHER, RoomCode
from safeguarding.crypto import RecordKey, Sealed, sealed_column
from safeguarding.people.models import Person


class JoinCode(RoomCode):
    """The code of one assessment."""

    hashed_as = "join code"

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="codes")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment"], condition=Q(ended_at=None), name="one_code_of_an_assessment"
            ),
            models.CheckConstraint(condition=ENDED_BOTH_OR_NEITHER, name="joincode_ended_both_or_neither"),
        ]

    def record_key(self) -> RecordKey:
        return self.assessment.key


class Guest(models.Model):
    """Somebody who took part by a code: nothing of them is kept but the hash of their own link.

    Whose words were typed in for them is one too. Nobody has their link until it is given to them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="guests")
    link_hash = models.BinaryField(max_length=32, unique=True)
    joined_at = models.DateTimeField()
    link_given_at = models.DateTimeField(null=True)  # only of those whose words were typed in
    link_given_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(link_given_at=None, link_given_by=None)
                | Q(link_given_at__isnull=False, link_given_by__isnull=False),
                name="guest_link_given_both_or_neither",
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def led_by(self, person: Person) -> ContributionQuerySet:
        return self.filter(assessment__in=Assessment.objects.led_by(person).values("pk"))

    def standing(self) -> ContributionQuerySet:
        return self.filter(withdrawn_at=None).order_by("at", "pk")

    def unanswered(self) -> ContributionQuerySet:
        return self.standing().filter(answer="")


class Contribution(models.Model):
    """One person's words, kept as they wrote them. Merging links to them and never rewrites them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="contributions")
    guest = models.ForeignKey(Guest, on_delete=models.PROTECT, null=True, related_name="contributions")
    typed_in_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    about = models.CharField(max_length=10, choices=About.choices)
    attribution = models.CharField(max_length=10, choices=Attribution.choices)
    words_sealed = sealed_column()
    name_sealed = sealed_column()
    at = models.DateTimeField()
    worry = models.ForeignKey(Worry, on_delete=models.PROTECT, null=True, related_name="contributions")
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    answer_words = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    words = Sealed()
    name = Sealed()
    objects = ContributionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["assessment", "at"], name="contribution_in_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(guest__isnull=False) | Q(typed_in_by__isnull=False),
                name="contribution_of_a_guest_or_typed_in",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None, answered_by=None)
                | (~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="contribution_answered_all_or_nothing",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | Q(words_sealed=None, name_sealed=None),
                name="contribution_withdrawn_is_wiped",
            ),
        ]

    def __str__(self) -> str:
        return self.get_about_display()

    def record_key(self) -> RecordKey:
        return self.assessment.key
