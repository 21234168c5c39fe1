"""Suggestions: anybody's, at any time; each is answered, and whoever made it says whether that answers it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction

from concerns.enums import Channel
from reviews.models import Clause, Suggestion, SuggestionAnswer
from safeguarding import audit, clock, codes, crypto
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, authorise

CODE_LENGTH = 12


class NotTheirs(Exception):
    """Only whoever made a suggestion takes it back, and says whether it was answered."""


class NotAnswered(Exception):
    """There is no answer yet that could answer it or not."""


@dataclass(frozen=True)
class Said:
    """What somebody suggests. A name only where they gave one."""

    words: str
    name: str = ""
    clause: Clause | None = None


def code_for(once: UUID) -> str:
    """What leads back to a suggestion: the same for the same page, so a double click shows the same one."""
    return codes.of(crypto.keyed_hash("receipt", f"suggestion {once}"), length=CODE_LENGTH)


def _hash(code: str) -> bytes:
    return crypto.keyed_hash("receipt", f"suggestion code {code}")


def plain(typed: str) -> str:
    """The code that was typed, as it was given out; empty where it can be none."""
    return codes.typed(typed, length=CODE_LENGTH)


def find(typed: str) -> Suggestion | None:
    """The suggestion of this code, however it was typed."""
    code = plain(typed)
    return find_by(_hash(code)) if code else None


def find_by(code_hash: bytes) -> Suggestion | None:
    """The one that a code, or the receipt of a concern, leads to."""
    known = Suggestion.objects.select_related("key", "clause").prefetch_related("answers")
    return known.filter(code_hash=code_hash).first()


def is_known(code_hash: bytes) -> bool:
    return Suggestion.objects.filter(code_hash=code_hash).exists()


@transaction.atomic
def suggest(*, said: Said, once: UUID, by: Person | None = None) -> Suggestion:
    """Keep it. The same page sent twice is kept once. `by` only where they want it linked to their account."""
    return _keep(said, once, audit_by=by or audit.Other.VISITOR, person=by)


@transaction.atomic
def type_in(*, said: Said, once: UUID, by: Person, channel: str) -> Suggestion:
    """For somebody who wrote it on paper, or said it aloud; they get the code."""
    authorise(by, Verb.EDIT_STATEMENT)
    return _keep(said, once, audit_by=by, typed_in_by=by, channel=channel)


def _keep(said: Said, once: UUID, *, audit_by: audit.Actor, **columns: object) -> Suggestion:
    code = code_for(once)
    there = find(code)
    if there is not None:
        return there
    made = _new(said, code_hash=_hash(code), at=clock.now(), **columns)
    audit.record("suggested", by=audit_by, about=made, channel=made.channel)
    return made


def _new(said: Said, **columns: object) -> Suggestion:
    key = crypto.new_key()
    key.save(force_insert=True)
    made = Suggestion(key=key, clause=said.clause, **columns)
    made.words, made.name = said.words, said.name or None
    made.save(force_insert=True)
    return made


@transaction.atomic
def pass_on(kind: str, words: str, way_there: bytes) -> None:
    """Words that came with a concern, for which its writer said yes: no name, no hour, no way back to it.

    Whoever holds the receipt comes by `way_there` (32 bytes).
    """
    day = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    made = _new(Said(words), kind=kind, channel=Channel.WEB, at=day, code_hash=way_there)
    audit.record("suggested", by=audit.Other.VISITOR, about=made, channel=made.channel)


@transaction.atomic
def answer(
    *, suggestion: Suggestion, by: Person, answer: str, words: str = "", once: UUID | None = None
) -> None:
    """Say what became of it. A later answer follows the one that stands, and asks again whether it answers.

    The same page sent twice is kept once.
    """
    authorise(by, Verb.EDIT_STATEMENT, suggestion)
    give_answer(suggestion=suggestion, by=by, answer=answer, words=words, once=once)


def give_answer(
    *, suggestion: Suggestion, by: Person, answer: str, words: str, once: UUID | None = None
) -> None:
    """The same for a caller that has authorised, in its transaction."""
    Suggestion.objects.select_for_update().get(pk=suggestion.pk)
    now, pk = clock.now(), once or uuid4()
    if SuggestionAnswer.objects.filter(pk=pk).exists():
        return
    SuggestionAnswer.objects.filter(suggestion=suggestion, followed_at=None).update(followed_at=now)
    made = SuggestionAnswer(pk=pk, suggestion=suggestion, answer=answer, at=now, by=by)
    made.words = words or None
    made.save(force_insert=True)
    audit.record("suggestion_answered", by=by, about=suggestion, answer=answer)


@transaction.atomic
def take_back(*, suggestion: Suggestion, by: Person | None = None) -> None:
    """Forget its words and the name, by its code or by its writer's account. Answers stay; twice is once.

    Raises NotTheirs. Words that a review has quoted already, after somebody read them for it, stay there.
    """
    _must_be_theirs(suggestion, by)
    locked = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
    if locked.taken_back_at is not None:
        return
    locked.words, locked.name, locked.taken_back_at = None, None, clock.now()
    locked.save(update_fields=["words_sealed", "name_sealed", "taken_back_at"])
    audit.record("suggestion_taken_back", by=by or audit.Other.VISITOR, about=locked)


def _must_be_theirs(suggestion: Suggestion, by: Person | None) -> None:
    if by is not None and suggestion.person_id != by.pk:
        raise NotTheirs


@transaction.atomic
def mark(*, suggestion: Suggestion, heard: str, words: str = "", by: Person | None = None) -> None:
    """Whoever made it says whether the answer that stands answers it: by their code, or by their account.

    Raises NotTheirs for somebody else's account, NotAnswered where nothing is answered yet.
    """
    _must_be_theirs(suggestion, by)
    stands = SuggestionAnswer.objects.select_for_update().filter(suggestion=suggestion, followed_at=None)
    row = stands.first()
    if row is None:
        raise NotAnswered
    row.suggestion, row.heard, row.heard_at = suggestion, heard, clock.now()
    row.heard_words = words or None
    row.save(update_fields=["heard", "heard_at", "heard_words_sealed"])
    audit.record("answer_marked", by=by or audit.Other.VISITOR, about=suggestion, heard=heard)
