"""A co-produced assessment: what the group agrees on, its worries and plans, and what was agreed when.

No number, no matrix, no colour: judgement stands in words, and what was agreed is frozen as it was read.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from riskassessment.enums import DEEPER, Area, Decision, Depth, Passage, Register, WorryText
from riskassessment.models.activities import Activity, Part
from riskassessment.querysets import AssessmentQuerySet, WorryQuerySet
from safeguarding.crypto import RecordKey
from safeguarding.people.models import Person


class Assessment(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    activity = models.OneToOneField(Activity, on_delete=models.PROTECT, related_name="assessment")
    key = models.ForeignKey(RecordKey, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)  # moves with every change to what is agreed on
    depth = models.CharField(max_length=10, choices=Depth.choices, default=Depth.LIGHT)
    depth_why = models.TextField(blank=True)
    shown_at = models.DateTimeField(null=True)  # until then people write without reading one another
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    copied_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="copies")
    copied_text = models.JSONField(null=True)  # what stood there then, under this plan's own keys
    register_needed = models.CharField(max_length=10, choices=Register.choices, blank=True)
    register_reference = models.CharField(max_length=80, blank=True)
    register_entered_on = models.DateField(null=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(copied_from=None, copied_text=None)
                | Q(copied_from__isnull=False, copied_text__isnull=False),
                name="assessment_copied_both_or_neither",
            )
        ]

    def __str__(self) -> str:
        return str(self.activity)

    def record_key(self) -> RecordKey:
        return self.key

    @property
    def standing_worries(self) -> list[Worry]:
        """Those that nobody took away, in their order."""
        return [worry for worry in self.worries.all() if worry.removed_at is None]

    def is_visible_to(self, person: Person) -> bool:
        """Of a series: whoever has a place in any of its sessions."""
        return self.activity.is_visible_to(person) or any(
            session.is_visible_to(person) for session in Activity.objects.sharing_the_plan_of(self.activity)
        )


class PassageText(models.Model):
    """One text of the page; each has a version of its own, so that two people never write over each other."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="passages")
    name = models.CharField(max_length=10, choices=Passage.choices)
    words = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "name"], name="one_passage_of_each")]

    def __str__(self) -> str:
        return self.get_name_display()


class Worry(models.Model):
    """Something that could go wrong or feel wrong, in people's own words, and the plan for it.

    Whatever stands below `plan` is written on the worry's own page, where the group wants to go deeper.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="worries")
    order = models.PositiveSmallIntegerField()
    words = models.TextField()
    plan = models.TextField(blank=True)
    area = models.CharField(max_length=10, choices=Area.choices, blank=True)
    affected = models.TextField(blank=True)  # as roles
    likely = models.TextField(blank=True)
    already = models.TextField(blank=True)
    parts = models.TextField(blank=True)  # the titles of `linked`, as they read when the worry was saved
    judgement = models.TextField(blank=True)
    dissent = models.TextField(blank=True)
    sure = models.TextField(blank=True)
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    decision_why = models.TextField(blank=True)
    gain = models.TextField(blank=True)
    signs = models.TextField(blank=True)
    first_step = models.TextField(blank=True)
    who = models.TextField(blank=True)
    where = models.TextField(blank=True)
    support = models.TextField(blank=True)
    linked = models.ManyToManyField(Part, related_name="worries")
    prompt = models.ForeignKey(
        "riskassessment.Prompt", on_delete=models.PROTECT, null=True, related_name="worries"
    )
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    copied_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="copies")

    objects = WorryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "worries"
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="worry_removed_both_or_neither",
            )
        ]

    def __str__(self) -> str:
        return self.words[:60]

    def is_visible_to(self, person: Person) -> bool:
        return self.assessment.is_visible_to(person)

    @property
    def says_more(self) -> bool:
        """Whether anything is written of it beyond the light page; its area may come from a prompt alone."""
        return any(getattr(self, name) for name in DEEPER if name != WorryText.AREA)


class AgreedVersion(models.Model):
    """What a group agreed, frozen word for word; the database refuses to change it (migration 0003)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="agreed_versions")
    version = models.PositiveIntegerField()  # the assessment's, at that moment
    text = models.JSONField()  # see services.freezing.text_of
    digest = models.BinaryField(max_length=32)  # SHA-256 of the text
    who_was_there = models.TextField(blank=True)  # in words the group chose
    agreed_at = models.DateTimeField()
    agreed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")  # who recorded it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "version"], name="a_version_is_agreed_once")
        ]

    def __str__(self) -> str:
        return f"{self.assessment} {self.version}"
