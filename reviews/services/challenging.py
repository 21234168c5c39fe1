"""Challenges: anybody says how we did not follow our values; by a day that we name, somebody answers.

Rows are only added. For one of us whom it is about it does not exist: not here, not in a mail, not in a count.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from concerns.services import our_people
from reviews.models import (
    Challenge,
    ChallengeAbout,
    ChallengeAction,
    ChallengeActionDone,
    ChallengeAnswer,
    ChallengeMark,
    ChallengeRound,
    Clause,
)
from reviews.services import chasing
from safeguarding import audit, clock, codes, crypto, outbox
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, authorise
from safeguarding.statement.models import Value, WayOfWorking

CODE_LENGTH = 12
ROUNDS = 2  # it may come again once
_WORD = re.compile(r"\w{2,}")


class NotTheirs(Exception):
    """Only whoever raised a challenge says whether it was answered, and brings it again."""


class NotNow(Exception):
    """There is no answer yet that could be marked or sent back, or it came again already."""


@dataclass(frozen=True)
class Said:
    """What somebody says of how we act. Only the words must be there."""

    words: str
    right: str = ""
    name: str = ""
    about_words: str = ""
    about: Collection[Person] = ()
    value: Value | None = None
    way: WayOfWorking | None = None
    clause: Clause | None = None


@dataclass(frozen=True)
class Booked:
    """Time to look at it together."""

    what: str
    owner: Person
    by_when: date


def code_for(once: UUID) -> str:
    """What leads back to it: the same for the same page, so a double click shows the same one."""
    return codes.of(crypto.keyed_hash("receipt", f"challenge {once}"), length=CODE_LENGTH)


def _hash(code: str) -> bytes:
    return crypto.keyed_hash("receipt", f"challenge code {code}")


def plain(typed: str) -> str:
    """The code that was typed, as it was given out; empty where it can be none."""
    return codes.typed(typed, length=CODE_LENGTH)


def find(typed: str) -> Challenge | None:
    """The challenge of this code, however it was typed."""
    code = plain(typed)
    return Challenge.objects.to_read().filter(code_hash=_hash(code)).first() if code else None


def answer_by(now: datetime) -> date:
    """A day of the site's zone: whole days, whatever the clocks do meanwhile."""
    return timezone.localdate(now) + timedelta(days=settings.CHALLENGE_ANSWER_DAYS)


def kept_out(about: Collection[Person], typed: str) -> set[Person]:
    """Whom it is about: those chosen, and each of us with a word of their name in what was typed."""
    said = {crypto.fold(word) for word in _WORD.findall(typed)}
    ours = Person.objects.holding(*our_people.OURS)
    meant = [p for p in ours if said & {crypto.fold(word) for word in _WORD.findall(p.preferred_name)}]
    return {*about, *meant, *our_people.named(typed)}


@transaction.atomic
def challenge(*, said: Said, once: UUID, by: Person | None = None) -> Challenge:
    """Keep it, name the day, tell who answers. Sent twice it is kept once. `by` only where they want it linked."""
    code = code_for(once)
    there = find(code)
    if there is not None:
        return there
    now, made = clock.now(), _new(said, code_hash=_hash(code), person=by)
    for person in kept_out(said.about, said.about_words):
        ChallengeAbout.objects.create(challenge=made, person=person)
    opened = ChallengeRound.objects.create(challenge=made, at=now, answer_by=answer_by(now))
    audit.record("challenged", by=by or audit.Other.VISITOR, about=made)
    chasing.tell_first(opened, now)
    return made


def _new(said: Said, **columns: object) -> Challenge:
    key = crypto.new_key()
    key.save(force_insert=True)
    cited = {"value": said.value, "way": said.way, "clause": said.clause}
    made = Challenge(key=key, at=clock.now(), **cited, **columns)
    made.words, made.right, made.name = said.words, said.right or None, said.name or None
    made.about_words = said.about_words or None
    made.save(force_insert=True)
    return made


@transaction.atomic
def answer(
    *, challenge: Challenge, by: Person, reply: str, words: str, where: str = "", once: UUID | None = None
) -> None:
    """Say what we will do, and why. Another answer is added to it; the reminders end. Sent twice is once."""
    authorise(by, Verb.ANSWER_CHALLENGES, challenge)
    locked, pk = _locked(challenge), once or uuid4()
    if ChallengeAnswer.objects.filter(pk=pk).exists():
        return
    made = ChallengeAnswer(pk=pk, round=locked.round, reply=reply, at=clock.now(), by=by)
    made.words, made.where = words, where or None
    made.save(force_insert=True)
    audit.record("challenge_answered", by=by, about=locked, reply=reply)
    outbox.withdraw(about_id=locked.pk, kinds=chasing.KINDS)


@transaction.atomic
def book(*, challenge: Challenge, by: Person, booked: Booked, once: UUID | None = None) -> None:
    """Time to look at it together, whether or not it is answered. Only who may know of it can have it.

    The same page sent twice is kept once.
    """
    authorise(by, Verb.ANSWER_CHALLENGES, challenge)
    authorise(booked.owner, Verb.ANSWER_CHALLENGES, challenge)
    locked, pk = _locked(challenge), once or uuid4()
    if ChallengeAction.objects.filter(pk=pk).exists():
        return
    times = {"made_at": clock.now(), "made_by": by, "by_when": booked.by_when}
    made = ChallengeAction(pk=pk, challenge=locked, owner=booked.owner, **times)
    made.what = booked.what
    made.save(force_insert=True)
    audit.record("challenge_time_booked", by=by, about=challenge, by_when=str(booked.by_when))


@transaction.atomic
def note_done(*, action: ChallengeAction, by: Person) -> None:
    """Twice is once."""
    authorise(by, Verb.ANSWER_CHALLENGES, action.challenge)
    _row, made = ChallengeActionDone.objects.get_or_create(
        action=action, defaults={"at": clock.now(), "by": by}
    )
    if made:
        audit.record("challenge_time_used", by=by, about=action.challenge)


@transaction.atomic
def mark(*, challenge: Challenge, heard: str, words: str = "", by: Person | None = None) -> None:
    """Whoever raised it says once whether the newest answer really answers it: by code, or by account.

    Raises NotTheirs for somebody else's account, NotNow where nothing is answered. Said twice, the first stands.
    """
    locked = _own(challenge, by)
    if locked.answer is None:
        raise NotNow
    if locked.answer.marked is not None:
        return
    made = ChallengeMark(answer=locked.answer, heard=heard, at=clock.now())
    made.words = words or None
    made.save(force_insert=True)
    audit.record("challenge_marked", by=by or audit.Other.VISITOR, about=locked, heard=heard)


@transaction.atomic
def come_again(*, challenge: Challenge, words: str, by: Person | None = None) -> None:
    """The answer was none: once, whoever raised it may ask anew, with words; a new day is named.

    Raises NotTheirs for somebody else's account, NotNow before there is an answer or the second time.
    """
    locked, now = _own(challenge, by), clock.now()
    if not may_come_again(locked):
        raise NotNow
    opened = ChallengeRound(challenge=locked, number=locked.round.number + 1, at=now)
    opened.words, opened.answer_by = words, answer_by(now)
    opened.save(force_insert=True)
    audit.record("challenged_again", by=by or audit.Other.VISITOR, about=locked)
    chasing.tell_first(opened, now)


def may_come_again(challenge: Challenge) -> bool:
    return challenge.answer is not None and challenge.round.number < ROUNDS


def _own(challenge: Challenge, by: Person | None) -> Challenge:
    if by is not None and challenge.person_id != by.pk:
        raise NotTheirs
    return _locked(challenge)


def _locked(challenge: Challenge) -> Challenge:
    """Its row is the lock: no two people add to the same round unseen."""
    Challenge.objects.select_for_update().get(pk=challenge.pk)
    return Challenge.objects.to_read().get(pk=challenge.pk)


def about_person(person: Person) -> models.QuerySet[ChallengeAbout, UUID]:
    """What this person may not know of."""
    return ChallengeAbout.objects.filter(person=person).values_list("challenge_id", flat=True)


def people_about(challenge_id: UUID) -> models.QuerySet[ChallengeAbout, UUID]:
    return ChallengeAbout.objects.filter(challenge_id=challenge_id).values_list("person_id", flat=True)


def late_in_public(now: datetime) -> int:
    """How many wait longer than promised, of those about nobody by name.

    One about somebody is left out: whether this number changes may not tell them that it exists.
    """
    return Challenge.objects.about_nobody().late(timezone.localdate(now)).count()
