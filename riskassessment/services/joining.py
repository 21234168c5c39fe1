"""Taking part without an account: the code for the room, a guest's own link, words and their answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID, uuid5

from django.db import models, transaction

from riskassessment.enums import Answer, Attribution
from riskassessment.models import Assessment, Contribution, Guest, JoinCode, Worry
from riskassessment.services import room_codes, typed
from riskassessment.services.activities import lead
from riskassessment.services.assessing import Page, Written, save
from safeguarding import audit, clock, crypto
from safeguarding.people.models import Person

ANSWERED = ("answer", "answer_words", "answered_at", "answered_by")


@dataclass(frozen=True)
class Said:
    """Something a guest contributes. `name` counts only where the attribution lets somebody know it."""

    about: str
    words: str


class Closed(Exception):
    """The code ended while somebody was writing."""


def find(typed: str) -> JoinCode | None:
    """The open code that was typed, however it was typed."""
    return room_codes.find(_open_codes(), typed)


def _open_codes() -> models.QuerySet[JoinCode]:
    return JoinCode.objects.open(clock.now()).select_related("assessment__activity", "assessment__key")


def open_code_of(assessment: Assessment) -> JoinCode | None:
    return assessment.codes.open(clock.now()).first()


@transaction.atomic
def open_code(*, assessment: Assessment, by: Person) -> JoinCode:
    """A fresh code for a day; the one before it ends."""
    lead(assessment.activity, by)
    room_codes.end(assessment.codes.all(), by=by)
    made = room_codes.make(JoinCode(assessment=assessment), by=by)
    audit.record("join_code_opened", by=by, about=assessment)
    return made


@transaction.atomic
def end_code(*, assessment: Assessment, by: Person) -> None:
    """Twice is once."""
    lead(assessment.activity, by)
    if room_codes.end(assessment.codes.all(), by=by):
        audit.record("join_code_ended", by=by, about=assessment)


@transaction.atomic
def contribute(
    *, code: JoinCode, said: Sequence[Said], attribution: str, name: str, once: UUID, token: str
) -> Guest:
    """Keep what a guest wrote, all of it. The same page sent twice is kept once. Raises Closed."""
    if not _open_codes().filter(pk=code.pk).exists():
        raise Closed
    guest = guest_for(code.assessment, token)
    contribute_by_link(guest=guest, said=said, attribution=attribution, name=name, once=once)
    return guest


@transaction.atomic
def contribute_by_link(
    *, guest: Guest, said: Sequence[Said], attribution: str, name: str, once: UUID
) -> None:
    """The same, by a link that somebody has already. It needs no code."""
    row = partial(Contribution, assessment=guest.assessment, guest=guest)
    _keep(row, said, once=once, attribution=attribution, name=name)
    audit.record("contributed", by=audit.Other.VISITOR, about=guest.assessment, number=len(said))


@transaction.atomic
def type_in(
    *, assessment: Assessment, by: Person, said: Sequence[Said], attribution: str, name: str, once: UUID
) -> None:
    """Keep what somebody wrote on paper or said aloud. The same page sent twice is kept once."""
    lead(assessment.activity, by)
    token = crypto.keyed_hash("receipt", f"typed in {once}").hex()  # given to nobody
    row = partial(Contribution, assessment=assessment, guest=guest_for(assessment, token), typed_in_by=by)
    _keep(row, said, once=once, attribution=attribution, name=name)
    audit.record("contribution_typed_in", by=by, about=assessment, number=len(said))


def token_for(once: UUID) -> str:
    """A guest's own link, the same for the same page: a double click shows the same one."""
    return crypto.keyed_hash("receipt", f"guest {once}").hex()


def guest_for(assessment: Assessment, token: str) -> Guest:
    """The guest of this link; the same one when a page is sent twice."""
    guest, _made = Guest.objects.get_or_create(
        link_hash=crypto.token_hash(token), defaults={"assessment": assessment, "joined_at": clock.now()}
    )
    return guest


def guest_without_link(assessment: Assessment) -> Guest:
    """For words that were typed in: nobody has their link until it is given to them."""
    return guest_for(assessment, crypto.token())


def guest_of(token: str) -> Guest | None:
    guests = Guest.objects.select_related("assessment__activity", "assessment__key")
    return guests.filter(link_hash=crypto.token_hash(token)).first()


def _keep(
    new: Callable[..., Contribution], said: Sequence[Said], *, once: UUID, attribution: str, name: str
) -> None:
    for number, each in enumerate(said):
        pk = uuid5(once, str(number))
        if each.words.strip() and not Contribution.objects.filter(pk=pk).exists():
            row = new(pk=pk, about=each.about, attribution=attribution, at=clock.now())
            row.words = each.words
            row.name = name or None if attribution != Attribution.UNNAMED else None
            row.save(force_insert=True)


@transaction.atomic
def withdraw(*, contribution: Contribution, by: Person | None = None) -> None:
    """Its author takes it back, or whoever typed it in: words and name are wiped, its answer stays. Twice is once.

    Raises HasOwnLink.
    """
    if by is not None:
        typed.owned_by(contribution, by)
    standing = Contribution.objects.filter(pk=contribution.pk, withdrawn_at=None)
    if standing.update(withdrawn_at=clock.now(), words_sealed=None, name_sealed=None):
        actor: audit.Actor = by or audit.Other.VISITOR
        audit.record("contribution_withdrawn", by=actor, about=contribution.assessment)


@transaction.atomic
def put_right(*, contribution: Contribution, by: Person, words: str, attribution: str, name: str) -> None:
    """Whoever typed it in read it back, and it was not what they meant. An answer to other words is none.

    Raises HasOwnLink.
    """
    typed.owned_by(contribution, by)
    row = Contribution.objects.select_for_update().get(pk=contribution.pk, withdrawn_at=None)
    row.assessment, before = contribution.assessment, contribution.words
    row.words, row.attribution = words, attribution
    row.name = name or None if attribution != Attribution.UNNAMED else None
    if before != words:
        row.answer, row.answer_words, row.answered_at, row.answered_by = "", "", None, None
    fields = ["words_sealed", "name_sealed", "attribution", *ANSWERED]
    row.save(update_fields=fields)
    audit.record("contribution_put_right", by=by, about=contribution.assessment)


@transaction.atomic
def answer(
    *, contribution: Contribution, by: Person, answer: str, words: str = "", worry: Worry | None = None
) -> None:
    """Say what became of it, and which worry it belongs with; its author reads that by their own link.

    A later answer takes its place. What was written is linked and never rewritten.
    """
    lead(contribution.assessment.activity, by)
    Contribution.objects.filter(pk=contribution.pk).update(
        answer=answer, answer_words=words, worry=worry, answered_at=clock.now(), answered_by=by
    )
    audit.record("contribution_answered", by=by, about=contribution.assessment, answer=answer)


@transaction.atomic
def take_up(*, contribution: Contribution, by: Person) -> None:
    """Put it into the plan as a worry in its own words; both stay linked. Twice is once."""
    pk = uuid5(contribution.pk, "worry")
    written = Written(words=contribution.words or "")
    save(assessment=contribution.assessment, by=by, page=Page(new={pk: written}))
    if Contribution.objects.filter(pk=contribution.pk, worry=None).exists():
        answer(contribution=contribution, by=by, answer=Answer.USED, worry=Worry.objects.get(pk=pk))


@transaction.atomic
def show(*, assessment: Assessment, by: Person) -> None:
    """End the silent writing: everybody who takes part may read what was written. Twice is once."""
    lead(assessment.activity, by)
    if Assessment.objects.filter(pk=assessment.pk, shown_at=None).update(shown_at=clock.now()):
        audit.record("contributions_shown", by=by, about=assessment)
