"""Agreeing on one frozen version: put it to the group, answer it, answer objections, say that it is agreed."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import models, transaction

from riskassessment.enums import Depth, Reply, Stance
from riskassessment.models import (
    Agreement,
    Assessment,
    Conclusion,
    Contribution,
    FrozenVersion,
    Guest,
    ObjectionAnswer,
    TakenBack,
)
from riskassessment.services import assessing, freezing, joining, rounds, telling, typed
from riskassessment.services.activities import lead
from riskassessment.services.rounds import Voice
from safeguarding import audit, clock, transitions
from safeguarding.people.models import Person


class StillOpen(Exception):
    """Somebody objects or is not ready, nobody agrees yet, or the plan changed since it was put."""


class AnsweredThemselves(Exception):
    """Nobody's own answer is changed by somebody else."""


class Unanswered(Exception):
    """At standard and full, every contribution is answered before the plan is put to the group."""


@dataclass(frozen=True)
class Said:
    """One person's answer. `name` is a guest's, kept only where they want the group to know it."""

    stance: str
    words: str = ""
    is_named: bool = False
    name: str = ""


@transaction.atomic
def put(*, assessment: Assessment, by: Person, version: int, tell: bool = False) -> FrozenVersion:
    """Freeze what was read, and ask everybody. The same version is put once.

    Whoever agreed before and sees their agreement lapse is mailed once for each version; with `tell`,
    so is whoever was invited and has not answered.
    Raises Conflict when it changed since `version` was read; RouteFirst; HardPart;
    NothingToAgree; Unanswered.
    """
    lead(assessment.activity, by)
    locked, text = assessing.to_freeze(assessment, version)
    if to_answer_first(locked):
        raise Unanswered
    columns = {"text": text, "digest": freezing.digest(text), "put_at": clock.now(), "put_by": by}
    frozen, made = FrozenVersion.objects.get_or_create(assessment=locked, version=version, defaults=columns)
    here = rounds.round_of(locked)
    if made:
        telling.say_changed(frozen, [given.agreement for given in here.lapsed])
    if tell:
        telling.say_put(here, by=by)
    if made:  # after the readers are locked: the audit's own lock comes last everywhere
        audit.record("plan_put", by=by, about=locked, version=version, digest=bytes(frozen.digest).hex())
    return frozen


def to_answer_first(assessment: Assessment) -> list[Contribution]:
    """What people wrote and nobody has answered, where a plan asks more than one page."""
    if not Depth(assessment.depth).goes_deeper:
        return []
    rows = list(assessment.contributions.unanswered())
    for row in rows:
        row.assessment = assessment  # one key for all of them
    return rows


@transaction.atomic
def give(*, frozen: FrozenVersion, voice: Voice, said: Said, entered_by: Person | None = None) -> Agreement:
    """Keep an answer, bound to what was read. A later one takes its place; the same one twice is one.

    Raises Conflict when another version was put meanwhile.
    """
    locked = Assessment.objects.select_for_update().get(pk=frozen.assessment_id)
    _may_answer(locked, voice, entered_by)
    last = locked.frozen_versions.order_by("-version").first()
    if last is None or last.pk != frozen.pk:
        raise transitions.Conflict(frozen)
    before = _last_of(locked, voice)
    if before is not None and entered_by is not None and _is_their_own(before):
        raise AnsweredThemselves
    if before is not None and _is_same(before, frozen, said):
        return before
    given = _write(locked, frozen, voice, said, entered_by)
    actor: audit.Actor = entered_by or voice.person or audit.Other.VISITOR
    audit.record("agreement_given", by=actor, about=locked, version=frozen.version, stance=said.stance)
    return given


def _may_answer(assessment: Assessment, voice: Voice, entered_by: Person | None) -> None:
    """A place of one's own, or one's own link; whoever enters it for somebody must lead the activity."""
    if entered_by is not None:
        lead(assessment.activity, entered_by)
    if voice.person is not None and not assessment.activity.has_place_for(voice.person):
        raise PermissionDenied
    if voice.guest is not None and voice.guest.assessment_id != assessment.pk:
        raise PermissionDenied


def _is_their_own(before: Agreement) -> bool:
    """They answered it themselves, or were given a link that owns what was typed in for them."""
    return before.entered_by_id is None or typed.has_own_link(before)


def _last_of(assessment: Assessment, voice: Voice) -> Agreement | None:
    return assessment.agreements.filter(**voice.columns).order_by("-number").first()


def _is_same(before: Agreement, frozen: FrozenVersion, said: Said) -> bool:
    """A page sent twice; after an answer to it, the same objection is a new one."""
    told = (before.frozen_id, before.stance, before.words or "", before.is_named)
    is_told = told == (frozen.pk, said.stance, said.words, said.is_named)
    return is_told and not before.answers.exists() and not hasattr(before, "taken_back")


def _write(
    assessment: Assessment, frozen: FrozenVersion, voice: Voice, said: Said, entered_by: Person | None
) -> Agreement:
    last = assessment.agreements.aggregate(last=models.Max("number"))["last"] or 0
    row = Agreement(
        assessment=assessment,
        number=last + 1,
        frozen=frozen,
        digest=frozen.digest,
        stance=said.stance,
        is_named=said.is_named,
        entered_by=entered_by,
        at=clock.now(),
        **voice.columns,
    )
    row.words = said.words or None
    row.name = said.name or None if said.is_named and voice.guest else None
    row.save(force_insert=True)
    return row


@transaction.atomic
def give_for(*, frozen: FrozenVersion, by: Person, said: Said, voice: Voice | None = None) -> Agreement:
    """Enter what somebody said, after reading it back to them. Without a voice it is of somebody new.

    Raises AnsweredThemselves; Conflict when another version was put meanwhile.
    """
    lead(frozen.assessment.activity, by)
    if voice is None:
        voice = Voice(guest=joining.guest_without_link(frozen.assessment))
    return give(frozen=frozen, voice=voice, said=said, entered_by=by)


@transaction.atomic
def take_back(*, agreement: Agreement, by: Person | Guest) -> None:
    """It counts no more, and nobody is shown it: by its author, or whoever typed it in for them. Twice is once.

    Raises HasOwnLink.
    """
    own = by.pk in (agreement.person_id, agreement.guest_id)
    if not own:
        typed.owned_by(agreement, by)
    Assessment.objects.select_for_update().get(pk=agreement.assessment_id)
    person = by if isinstance(by, Person) else None
    defaults = {"at": clock.now(), "by": person}
    _row, made = TakenBack.objects.get_or_create(agreement=agreement, defaults=defaults)
    if made:
        actor: audit.Actor = person or audit.Other.VISITOR
        audit.record("agreement_taken_back", by=actor, about=agreement.assessment, number=agreement.number)


@transaction.atomic
def answer_objection(*, agreement: Agreement, by: Person, words: str) -> None:
    """Its author reads the answer, and stands by it or takes it back."""
    lead(agreement.assessment.activity, by)
    ObjectionAnswer.objects.create(agreement=agreement, words=words, at=clock.now(), by=by)
    audit.record("objection_answered", by=by, about=agreement.assessment, number=agreement.number)


@transaction.atomic
def reply(*, agreement: Agreement, voice: Voice, reply: Reply) -> None:
    """Say to the last answer whether the objection stands. Only its author may; twice is once."""
    if (agreement.person_id, agreement.guest_id) != voice.key:
        raise PermissionDenied
    Assessment.objects.select_for_update().get(pk=agreement.assessment_id)
    last = agreement.answers.order_by("at").last()
    if last is None:
        return
    waiting = ObjectionAnswer.objects.filter(pk=last.pk, reply="")
    if waiting.update(reply=reply, replied_at=clock.now()):
        actor: audit.Actor = voice.person or audit.Other.VISITOR
        audit.record("objection_replied", by=actor, about=agreement.assessment, reply=reply)


@transaction.atomic
def conclude(*, frozen: FrozenVersion, by: Person) -> None:
    """Say that the group agrees. Twice is once. Raises StillOpen."""
    lead(frozen.assessment.activity, by)
    locked = Assessment.objects.select_for_update().get(pk=frozen.assessment_id)
    here = rounds.round_of(locked)
    if here.frozen is None or here.frozen.pk != frozen.pk:
        raise transitions.Conflict(frozen)
    if here.is_agreed:
        return
    if not here.may_conclude:
        raise StillOpen
    Conclusion.objects.get_or_create(frozen=frozen, defaults={"at": clock.now(), "by": by})
    audit.record("agreement_concluded", by=by, about=locked, version=frozen.version)


NEEDS_WORDS = (Stance.BUT, Stance.OBJECT)
