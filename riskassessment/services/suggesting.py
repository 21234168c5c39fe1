"""The library grows from looking back: a question to ask again is taken, or set aside with a reason.

Whoever answers reads the words and where they come from, and never who wrote them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from riskassessment.models import AfterReview, Prompt, SuggestionAnswer
from riskassessment.services import library, naming
from safeguarding import audit, clock
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, authorise


class Answered(Exception):
    """Somebody answered it first, or its writers wrote something else since."""


class NamesSomebody(Exception):
    """One of us is named in it, and nobody said of that name that it can stay."""


@dataclass(frozen=True)
class Fate:
    """What those who looked back read of their question: no prompt and no reason while it waits."""

    at: datetime | None = None
    prompt: Prompt | None = None
    why: str = ""


@transaction.atomic
def take(
    *,
    review: AfterReview,
    by: Person,
    words: str,
    area: str,
    text: str,
    learning: str = "",
    stays: Collection[str] = (),
) -> Prompt:
    """Into the library, in the words of whoever takes it; `words` are those that they read.

    `stays`: the names in it of which they said that they can stay. Raises Answered, NamesSomebody.
    """
    authorise(by, Verb.EDIT_PROMPTS)
    locked = _waiting(review, words)
    if not set(naming.in_words(f"{text} {learning}")) <= set(stays):
        raise NamesSomebody
    made = library.add(by=by, area=area, text=text, learning=learning)
    _answer(locked, by, prompt=made)
    audit.record("suggestion_taken", by=by, about=locked.activity, prompt=str(made.pk))
    return made


@transaction.atomic
def set_aside(*, review: AfterReview, by: Person, words: str, why: str) -> None:
    """Not for the library; those who looked back read why. Raises Answered."""
    authorise(by, Verb.EDIT_PROMPTS)
    locked = _waiting(review, words)
    _answer(locked, by, why=why)
    audit.record("suggestion_set_aside", by=by, about=locked.activity)


def _waiting(review: AfterReview, words: str) -> AfterReview:
    """The row, locked, while its words are those that were read and have no answer."""
    locked = AfterReview.objects.select_for_update(of=("self",)).select_related("activity").get(pk=review.pk)
    if locked.keep_prompt != words or fate_of(locked).at is not None:
        raise Answered
    return locked


def _answer(review: AfterReview, by: Person, *, prompt: Prompt | None = None, why: str = "") -> None:
    SuggestionAnswer.objects.create(
        review=review,
        words=review.keep_prompt,
        prompt=prompt,
        why=why,
        answered_at=clock.now(),
        answered_by=by,
    )


def fate_of(review: AfterReview) -> Fate:
    """Of the question as it reads now; other words of before had their own answer."""
    given = review.suggestion_answers.filter(words=review.keep_prompt).select_related("prompt").first()
    return Fate(given.answered_at, given.prompt, given.why) if given else Fate()
