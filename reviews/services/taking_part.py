"""Taking part in a review, with an account or without: silently first, and nothing that was written is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4, uuid5

from django.core.exceptions import PermissionDenied
from django.db import transaction

from reviews.holding_words import Assented
from reviews.models import AskedFor, Assent, Clause, Gathering, GatheringCode, ReviewCycle, TakingPart, Voice
from reviews.services import gathering
from safeguarding import audit, clock, crypto
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, authorise


@dataclass(frozen=True)
class Said:
    clause: Clause
    stance: str
    words: str = ""
    proposed: str = ""


class Closed(Exception):
    """The code ended while somebody was writing."""


def token_for(once: UUID) -> str:
    """A guest's own link, the same for the same page: a double click shows the same one."""
    return crypto.keyed_hash("receipt", f"review guest {once}").hex()


def guest_of(token: str) -> TakingPart | None:
    guests = TakingPart.objects.select_related("gathering__cycle", "gathering__key")
    return guests.filter(link_hash=crypto.token_hash(token)).first()


def _guest(meeting: Gathering, token: str, typed_in_by: Person | None = None) -> TakingPart:
    defaults = {"gathering": meeting, "joined_at": clock.now(), "typed_in_by": typed_in_by}
    return TakingPart.objects.get_or_create(link_hash=crypto.token_hash(token), defaults=defaults)[0]


def _member(meeting: Gathering, person: Person) -> TakingPart:
    defaults = {"joined_at": clock.now()}
    return TakingPart.objects.get_or_create(gathering=meeting, person=person, defaults=defaults)[0]


@transaction.atomic
def say_with_code(*, code: GatheringCode, said: Sequence[Said], once: UUID) -> None:
    """Keep what a guest wrote. The same page sent twice is kept once. Raises Closed."""
    if not gathering.open_codes().filter(pk=code.pk).exists():
        raise Closed
    meeting = gathering.begun(code.gathering.cycle)
    _keep(_guest(meeting, token_for(once)), said, once, audit.Other.VISITOR)


@transaction.atomic
def say_by_link(*, guest: TakingPart, said: Sequence[Said], once: UUID) -> None:
    """The same, by a link that somebody has already. Raises gathering.Over."""
    gathering.begun(guest.gathering.cycle)
    _keep(guest, said, once, audit.Other.VISITOR)


@transaction.atomic
def say(*, cycle: ReviewCycle, by: Person, said: Sequence[Said], once: UUID) -> None:
    """A member's words. Raises gathering.Over."""
    authorise(by, Verb.RAISE_CONCERNS)  # whoever has an account
    _keep(_member(gathering.begun(cycle), by), said, once, by)


@transaction.atomic
def type_in(*, cycle: ReviewCycle, by: Person, said: Sequence[Said], once: UUID) -> None:
    """From paper, or one device for the whole room. Nobody has a link to it."""
    meeting = gathering.held_by(cycle, by)
    token = crypto.keyed_hash("receipt", f"review typed in {once}").hex()  # given to nobody
    _keep(_guest(meeting, token, by), said, once, by)


def _keep(who: TakingPart, said: Sequence[Said], once: UUID, actor: audit.Actor) -> None:
    for each in said:
        pk = uuid5(once, str(each.clause.serial))
        if not Voice.objects.filter(pk=pk).exists():
            row = Voice(pk=pk, gathering=who.gathering, by=who, clause=each.clause, stance=each.stance)
            row.at, row.words, row.proposed = clock.now(), each.words or None, each.proposed or None
            row.save(force_insert=True)
    audit.record("review_voice", by=actor, about=who.gathering.cycle, number=len(said))


@transaction.atomic
def take_back(*, voice: Voice, by: Person | None = None) -> None:
    """Its author wipes it, by their link or their account. Twice is once."""
    if by is not None and voice.by.person_id != by.pk:
        raise PermissionDenied
    standing = Voice.objects.filter(pk=voice.pk, withdrawn_at=None)
    if standing.update(withdrawn_at=clock.now(), words_sealed=None, proposed_sealed=None):
        audit.record("review_voice_taken_back", by=by or audit.Other.VISITOR, about=voice.gathering.cycle)


@transaction.atomic
def ask_for(*, cycle: ReviewCycle, clause: Clause, by: Person | None = None) -> None:
    """Put a clause on the agenda: a member, or a guest by their own link. Twice is once."""
    meeting = gathering.begun(cycle)
    made = AskedFor.objects.get_or_create(gathering=meeting, clause=clause, defaults={"at": clock.now()})[1]
    if made:
        audit.record("review_clause_asked_for", by=by or audit.Other.VISITOR, about=meeting.cycle)


@transaction.atomic
def assent(*, who: TakingPart, said: str, words: str, may_be_shown: bool) -> None:
    """What somebody says when it is read aloud. What they said before stays, and is followed."""
    meeting = gathering.begun(who.gathering.cycle)
    now = clock.now()
    Assent.objects.filter(by=who, followed_at=None).update(followed_at=now)
    made = Assent(gathering=meeting, by=who, said=said, may_be_shown=may_be_shown, at=now)
    made.words = words or None
    made.save(force_insert=True)
    audit.record("review_assent", by=who.person or audit.Other.VISITOR, about=meeting.cycle)


@transaction.atomic
def assent_as_member(*, cycle: ReviewCycle, by: Person, **said: object) -> None:
    authorise(by, Verb.RAISE_CONCERNS)  # whoever has an account
    assent(who=_member(gathering.begun(cycle), by), **said)  # type: ignore[arg-type]


@transaction.atomic
def keep_objection(
    *, cycle: ReviewCycle, by: Person, words: str, may_be_shown: bool, once: UUID | None = None
) -> None:
    """One that was said aloud, written down by whoever holds the review. The same page sent twice is kept once."""
    meeting, pk = gathering.held_by(cycle, by), once or uuid4()
    if Assent.objects.filter(pk=pk).exists():
        return
    made = Assent(pk=pk, gathering=meeting, typed_in_by=by, said=Assented.OBJECT, at=clock.now())
    made.may_be_shown, made.words = may_be_shown, words
    made.save(force_insert=True)
    audit.record("review_objection_kept", by=by, about=meeting.cycle)
