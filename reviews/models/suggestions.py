"""What people suggest, with or without an account, and what they were answered."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from concerns.enums import Channel
from reviews.enums import Answer, Heard, SuggestionKind
from reviews.models.statement import Clause
from reviews.querysets import SuggestionQuerySet
from safeguarding.crypto import RecordKey, Sealed, sealed_column
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can


class Suggestion(models.Model):
    """Somebody's words about a clause or in general. Who wrote them is known only if they said so."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.OneToOneField(RecordKey, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=SuggestionKind.choices, default=SuggestionKind.SUGGESTION)
    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, null=True, related_name="suggestions")
    words_sealed = sealed_column()
    name_sealed = sealed_column()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.WEB)
    typed_in_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    code_hash = models.BinaryField(max_length=32, null=True, unique=True)
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)  # its words and the name are gone since

    words = Sealed()
    name = Sealed()
    objects = SuggestionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["at"], name="suggestion_in_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(channel="web", typed_in_by=None)
                | (~Q(channel="web") & Q(typed_in_by__isnull=False)),
                name="suggestion_typed_in_or_on_this_site",
            ),
            models.CheckConstraint(
                condition=Q(kind="suggestion") | Q(person=None, name_sealed=None),
                name="what_came_with_a_concern_names_nobody",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, words_sealed__isnull=False)
                | Q(taken_back_at__isnull=False, words_sealed=None, name_sealed=None),
                name="suggestion_taken_back_says_nothing",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def record_key(self) -> RecordKey:
        return self.key

    def is_visible_to(self, person: Person) -> bool:
        is_theirs = self.person_id is not None and self.person_id == person.pk
        return is_theirs or (can(person, Verb.EDIT_STATEMENT) and self.taken_back_at is None)

    @property
    def answer(self) -> SuggestionAnswer | None:
        """The one that stands, of those that were fetched with it."""
        return next((each for each in self.answers.all() if each.followed_at is None), None)

    @property
    def is_waiting(self) -> bool:
        if self.taken_back_at is not None:
            return False
        return self.answer is None or self.answer.heard == Heard.NO


class SuggestionAnswer(models.Model):
    """What became of a suggestion, and whether that answers it. A later answer follows; none is lost."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="answers")
    answer = models.CharField(max_length=10, choices=Answer.choices)
    words_sealed = sealed_column()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    followed_at = models.DateTimeField(null=True)
    heard = models.CharField(max_length=10, choices=Heard.choices, blank=True)
    heard_words_sealed = sealed_column()
    heard_at = models.DateTimeField(null=True)

    words = Sealed()
    heard_words = Sealed()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["suggestion"], condition=Q(followed_at=None), name="one_answer_stands"
            ),
            models.CheckConstraint(
                condition=Q(heard="", heard_at=None, heard_words_sealed=None)
                | (~Q(heard="") & Q(heard_at__isnull=False)),
                name="answer_heard_both_or_neither",
            ),
            models.CheckConstraint(
                condition=Q(answer="done") | Q(words_sealed__isnull=False), name="an_answer_says_why"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    def record_key(self) -> RecordKey:
        return self.suggestion.key
