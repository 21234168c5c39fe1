"""Values not followed: what somebody says of how we act, and what we say to that. No row is ever changed."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q

from reviews.enums import Heard
from reviews.models.statement import Clause
from reviews.weighing import Notice, Reply
from safeguarding.crypto import RecordKey, Sealed, sealed_column
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can
from safeguarding.statement.models import Value, WayOfWorking


class ChallengeQuerySet(models.QuerySet["Challenge"]):
    def visible_to(self, person: Person) -> ChallengeQuerySet:
        """For those it is about it does not exist. Others: all for who answers, one's own for its writer."""
        about = ChallengeAbout.objects.filter(person=person)
        known = self.exclude(pk__in=about.values("challenge"))
        return known if can(person, Verb.ANSWER_CHALLENGES) else known.filter(person=person)

    def waiting(self) -> ChallengeQuerySet:
        return self.filter(Exists(ChallengeRound.objects.waiting().filter(challenge=OuterRef("pk"))))

    def late(self, today: date) -> ChallengeQuerySet:
        """Still waiting after the day that we promised."""
        late = ChallengeRound.objects.waiting().filter(answer_by__lt=today)
        return self.filter(Exists(late.filter(challenge=OuterRef("pk"))))

    def about_nobody(self) -> ChallengeQuerySet:
        return self.exclude(pk__in=ChallengeAbout.objects.values("challenge"))

    def to_read(self) -> ChallengeQuerySet:
        beside = ("rounds__answers__by", "rounds__answers__mark", "actions__owner", "actions__done")
        return self.select_related("key", "value", "way", "clause").prefetch_related(*beside)


class Challenge(models.Model):
    """Anybody's, with or without an account. Which value it names is the row of its time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.OneToOneField(RecordKey, on_delete=models.PROTECT, related_name="+")
    words_sealed = sealed_column()
    right_sealed = sealed_column()  # what would put it right
    name_sealed = sealed_column()
    about_words_sealed = sealed_column()  # whom it is about, as it was typed
    value = models.ForeignKey(Value, on_delete=models.PROTECT, null=True, related_name="+")
    way = models.ForeignKey(WayOfWorking, on_delete=models.PROTECT, null=True, related_name="+")
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    code_hash = models.BinaryField(max_length=32, unique=True)
    at = models.DateTimeField()

    words = Sealed()
    right = Sealed()
    name = Sealed()
    about_words = Sealed()
    objects = ChallengeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["at"], name="challenge_in_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(value=None) | Q(way=None), name="challenge_names_a_value_or_a_way"
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def record_key(self) -> RecordKey:
        return self.key

    def is_visible_to(self, person: Person) -> bool:
        """The instance twin of `visible_to`."""
        if self.about.filter(person=person).exists():
            return False
        return can(person, Verb.ANSWER_CHALLENGES) or (
            self.person_id is not None and self.person_id == person.pk
        )

    @property
    def round(self) -> ChallengeRound:
        """The newest; those that were fetched with it are in order."""
        return list(self.rounds.all())[-1]

    @property
    def answer(self) -> ChallengeAnswer | None:
        """The newest to the newest round."""
        return next(reversed(list(self.round.answers.all())), None)

    @property
    def is_waiting(self) -> bool:
        return self.answer is None


class ChallengeAbout(models.Model):
    """One of us whom it is about: they never learn that it exists."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="about")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["challenge", "person"], name="challenge_about_once")]

    def __str__(self) -> str:
        return str(self.pk)


class ChallengeRoundQuerySet(models.QuerySet["ChallengeRound"]):
    def waiting(self) -> ChallengeRoundQuerySet:
        return self.filter(~Exists(ChallengeAnswer.objects.filter(round=OuterRef("pk"))))


class ChallengeRound(models.Model):
    """From when it came, or came again, to the day by which we answer: a day of the site's own zone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField(default=1)
    words_sealed = sealed_column()  # why the answer was none
    at = models.DateTimeField()
    answer_by = models.DateField()

    words = Sealed()
    objects = ChallengeRoundQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["challenge", "number"], name="challenge_round_once"),
            models.CheckConstraint(
                condition=Q(number=1, words_sealed=None) | Q(number=2, words_sealed__isnull=False),
                name="challenge_comes_again_once_with_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} until {self.answer_by}"

    def record_key(self) -> RecordKey:
        return self.challenge.key


class ChallengeAnswer(models.Model):
    """What we say. Somebody may add another; none is lost."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(ChallengeRound, on_delete=models.PROTECT, related_name="answers")
    reply = models.CharField(max_length=10, choices=Reply.choices)
    words_sealed = sealed_column()
    where_sealed = sealed_column()  # where it belongs
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    words = Sealed()
    where = Sealed()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(words_sealed__isnull=False), name="challenge_answer_has_words"
            ),
            models.CheckConstraint(
                condition=Q(reply="elsewhere", where_sealed__isnull=False)
                | (~Q(reply="elsewhere") & Q(where_sealed=None)),
                name="challenge_elsewhere_says_where",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def record_key(self) -> RecordKey:
        return self.round.challenge.key

    @property
    def marked(self) -> ChallengeMark | None:
        return getattr(self, "mark", None)


class ChallengeMark(models.Model):
    """Whether an answer really answers it: said once by whoever raised it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    answer = models.OneToOneField(ChallengeAnswer, on_delete=models.PROTECT, related_name="mark")
    heard = models.CharField(max_length=10, choices=Heard.choices)
    words_sealed = sealed_column()
    at = models.DateTimeField()

    words = Sealed()

    def __str__(self) -> str:
        return self.heard

    def record_key(self) -> RecordKey:
        return self.answer.round.challenge.key


class ChallengeAction(models.Model):
    """Time that was booked to look at it together: what, whose, and by when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="actions")
    what_sealed = sealed_column()
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by_when = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    what = Sealed()

    class Meta:
        ordering = ["by_when", "made_at"]

    def __str__(self) -> str:
        return str(self.pk)

    def record_key(self) -> RecordKey:
        return self.challenge.key

    @property
    def was_done(self) -> ChallengeActionDone | None:
        return getattr(self, "done", None)


class ChallengeActionDone(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    action = models.OneToOneField(ChallengeAction, on_delete=models.PROTECT, related_name="done")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return str(self.pk)


class ChallengeReminded(models.Model):
    """Written with each mail: the same is never sent to the same person again."""

    round = models.ForeignKey(ChallengeRound, on_delete=models.PROTECT, related_name="reminded")
    notice = models.CharField(max_length=10, choices=Notice.choices)
    who = models.UUIDField()
    on = models.DateField()  # the site's day

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "notice", "who"], name="challenge_reminded_once")
        ]

    def __str__(self) -> str:
        return f"{self.notice} {self.on}"
