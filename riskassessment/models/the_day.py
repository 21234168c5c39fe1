"""What happens on the day: what changed, a plan that was used, a near miss, who was missed, who needed a pause.

Each row belongs to one activity; of a series, to one session. Its words are sealed with the key of the plan.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q, TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from riskassessment.enums import Place
from riskassessment.models.activities import Activity, ActivityPerson
from riskassessment.models.assessments import Assessment, Worry
from riskassessment.models.joining import Guest
from safeguarding.crypto import RecordKey, Sealed, sealed_column
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can


class NoteKind(TextChoices):
    CHANGED = "changed", _("something changed")
    PLAN_USED = "plan_used", _("a plan was used")
    NEAR_MISS = "near_miss", _("a near miss: it could have gone wrong")


class DayNote(models.Model):
    """Its id comes from the form that it was written on, so that the same note is kept once."""

    id = models.UUIDField(primary_key=True, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="day_notes")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=NoteKind.choices)
    worry = models.ForeignKey(Worry, on_delete=models.PROTECT, null=True, related_name="+")
    what_sealed = sealed_column()
    decided_sealed = sealed_column()
    told_sealed = sealed_column()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    guest = models.ForeignKey(Guest, on_delete=models.PROTECT, null=True, related_name="day_notes")

    what = Sealed()
    decided = Sealed()
    told = Sealed()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(by__isnull=False, guest=None) | Q(by=None, guest__isnull=False),
                name="daynote_of_one_voice",
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    def record_key(self) -> RecordKey:
        return self.assessment.key

    @property
    def whose(self) -> str:
        return str(self.by) if self.by else gettext("a guest")


class Hearer(TextChoices):
    """Who hears that somebody was missed; they choose."""

    WATCHER = "watcher", _("whoever watches for people who are missed")
    LEAD = "lead", _("the safeguarding lead")


class MissedQuerySet(models.QuerySet["Missed"]):
    def visible_to(self, person: Person) -> MissedQuerySet:
        """For the watchers, or for lead and deputies after their second step: as its writer chose. Nobody else.

        Whoever was mailed in their place, while none of them could be reached, hears of that one.
        """
        watched = Q(to=Hearer.WATCHER) & _watched_by(person)
        if not (can(person, Verb.TRIAGE_CONCERNS) and person.used_second_factor):
            return self.filter(watched)
        if can(person, Verb.OVERSEE_ACTIVITIES):
            return self.filter(watched | Q(to=Hearer.LEAD))
        return self.filter(watched | Q(to=Hearer.LEAD, pk__in=Missed.told_to(person).values("pk")))

    def unseen(self) -> MissedQuerySet:
        return self.filter(seen_at=None)


def _watched_by(person: Person) -> Q:
    """Where they hear who was missed: as watcher; where nobody watches, as facilitator."""
    instead = _with_place(Place.FACILITATES, person=person) & ~_with_place(Place.WATCHES)
    return _with_place(Place.WATCHES, person=person) | instead


def _with_place(place: Place, **who: Person) -> Q:
    """Somebody has that place there, or in the first of its series: that holds in every session."""
    standing = ActivityPerson.objects.filter(place=place, ended_at=None, person__is_active=True, **who)
    places = standing.values("activity_id")
    return Q(activity__in=places) | Q(activity__series__first__in=places)


class Missed(models.Model):
    """Somebody was not heard. Who they are is kept only if they say so; one tap is enough."""

    id = models.UUIDField(primary_key=True, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="missed")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="+")
    to = models.CharField(max_length=10, choices=Hearer.choices)
    words_sealed = sealed_column()
    name_sealed = sealed_column()
    told = models.ManyToManyField(Person, related_name="+")  # of those who stand in as safeguarding lead
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    words = Sealed()
    name = Sealed()
    objects = MissedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "missed"
        constraints = [
            models.CheckConstraint(
                condition=Q(seen_at=None, seen_by=None) | Q(seen_at__isnull=False, seen_by__isnull=False),
                name="missed_seen_both_or_neither",
            )
        ]

    def __str__(self) -> str:
        return self.get_to_display()

    def record_key(self) -> RecordKey:
        return self.assessment.key

    @classmethod
    def told_to(cls, person: Person) -> models.QuerySet[Missed]:
        """Whose mail went to them, while they stood in as safeguarding lead."""
        told = cls.told.through.objects.filter(person_id=person.pk)
        return cls.objects.filter(pk__in=told.values("missed_id"))

    def is_visible_to(self, person: Person) -> bool:
        """The instance twin of `visible_to`."""
        return Missed.objects.visible_to(person).filter(pk=self.pk).exists()


class Chose(TextChoices):
    """What the person chose. Nobody chooses it for them."""

    WENT_ON = "went_on", _("to go on")
    BREAK = "break", _("a break, and then to come back")
    ANOTHER_WAY = "another_way", _("to take part in another way")
    LEFT = "left", _("to leave")
    NOT_SAID = "not_said", _("they did not say, and that is fine")


class AftercareWanted(TextChoices):
    NONE = "none", _("nothing")
    MESSAGE = "message", _("a message")
    CALL = "call", _("a call")
    IN_PERSON = "in_person", _("to talk in person")


class Pause(models.Model):
    """Somebody needed a pause: what was offered and what they chose. No name, and nothing about why."""

    id = models.UUIDField(primary_key=True, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="pauses")
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="+")
    paused = models.BooleanField()  # the whole session paused
    offered_sealed = sealed_column()
    chose = models.CharField(max_length=12, choices=Chose.choices)
    wanted = models.CharField(max_length=10, choices=AftercareWanted.choices)
    who_sealed = sealed_column()  # who will see to it, and for whom, in words they chose
    on = models.DateField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    offered = Sealed()
    who = Sealed()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
                name="pause_done_both_or_neither",
            )
        ]

    def __str__(self) -> str:
        return self.get_chose_display()

    def record_key(self) -> RecordKey:
        return self.assessment.key

    @property
    def waits(self) -> bool:
        return self.wanted != AftercareWanted.NONE and self.done_at is None
