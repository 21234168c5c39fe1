"""Asking people to plan with us: by their account, or by mail with a link of their own, which needs none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce

from riskassessment.models import Assessment, CouldNot, Guest, PlanInvitation
from riskassessment.services import telling
from riskassessment.services.activities import lead
from riskassessment.services.rounds import Voice
from riskassessment.services.telling import INVITED
from riskassessment.services.telling import token_of as token_of
from safeguarding import audit, clock, crypto, outbox
from safeguarding.outbox import MessageState, OutboxMessage, Settled
from safeguarding.people.models import Person


@dataclass(frozen=True)
class Typed:
    """One person as whoever invites them wrote them."""

    address: str
    name: str = ""


@transaction.atomic
def invite(*, assessment: Assessment, by: Person, people: Sequence[Typed]) -> int:
    """Mail each a link of their own. Whoever is invited already, or wants no mail, is left alone.

    Returns how many were invited.
    """
    lead(assessment.activity, by)
    Assessment.objects.select_for_update().get(pk=assessment.pk)
    with outbox.ready():
        done = sum(_invite(assessment, typed, by) for typed in people)
    audit.record("people_invited", by=by, about=assessment, number=done)
    return done


def _invite(assessment: Assessment, typed: Typed, by: Person) -> int:
    hashed = crypto.keyed_hash("address", typed.address.casefold())
    same = Q(assessment=assessment, address_hash=hashed)
    left_alone = Q(withdrawn_at=None) | Q(guest__mail_stop__isnull=False)
    if PlanInvitation.objects.filter(same, left_alone).exists():
        return 0
    row = PlanInvitation(assessment=assessment, address_hash=hashed, invited_at=clock.now(), invited_by=by)
    row.guest = Guest.objects.create(
        assessment=assessment, link_hash=crypto.token_hash(token_of(row)), joined_at=clock.now()
    )
    row.name, row.address = typed.name or None, typed.address
    row.message = _mail(row)
    row.save(force_insert=True)
    return 1


@transaction.atomic
def invite_places(*, assessment: Assessment, by: Person) -> int:
    """Everybody with a place, by their account; not whoever invites. Returns how many were new."""
    lead(assessment.activity, by)
    Assessment.objects.select_for_update().get(pk=assessment.pk)
    known = assessment.invitations.standing().filter(person__isnull=False).values("person_id")
    stopped = assessment.mail_stops.filter(person__isnull=False).values("person_id")
    here = Person.objects.filter(places__activity=assessment.activity, places__ended_at=None, is_active=True)
    new = here.exclude(pk__in=known).exclude(pk__in=stopped).exclude(pk=by.pk).distinct()
    for person in new:
        row = PlanInvitation(assessment=assessment, person=person, invited_at=clock.now(), invited_by=by)
        row.message = _mail(row)
        row.save(force_insert=True)
    audit.record("places_invited", by=by, about=assessment, number=len(new))
    return len(new)


def _mail(invitation: PlanInvitation) -> UUID:
    assessment = invitation.assessment
    to: str = invitation.person.email if invitation.person else outbox.Hidden(invitation.address or "")
    return outbox.queue(
        INVITED,
        to=to,
        person_id=invitation.person_id,
        about_id=invitation.pk,
        path=_path(invitation, assessment),
        is_guest=invitation.guest_id is not None,
        name=(str(invitation.person) if invitation.person else invitation.name) or "",
        asks_to_agree=assessment.frozen_versions.exists(),
    ).pk


def _path(invitation: PlanInvitation, assessment: Assessment) -> str:
    return f"joined/{token_of(invitation)}/" if invitation.guest_id else f"assessments/{assessment.pk}/"


def may_be_asked_again(assessment: Assessment) -> list[PlanInvitation]:
    """Asked once, and not heard of since: no answer, no words, no "could not", no wish for no mail."""
    silent = assessment.invitations.standing().filter(
        again_at=None,
        guest__mail_stop=None,
        guest__contributions=None,
        guest__agreements=None,
        guest__could_not=None,
    )
    heard = {
        *assessment.agreements.values_list("person_id", flat=True),
        *assessment.could_not.values_list("person_id", flat=True),
        *assessment.mail_stops.values_list("person_id", flat=True),
    } - {None}
    return list(silent.exclude(person_id__in=heard).select_related("person").distinct())


@transaction.atomic
def invite_again(*, assessment: Assessment, by: Person) -> int:
    """Once more, and never a third time. Returns how many."""
    lead(assessment.activity, by)
    Assessment.objects.select_for_update().get(pk=assessment.pk)
    rows = may_be_asked_again(assessment)
    for row in rows:
        row.assessment = assessment
        _settle(row, by, Settled.TOLD)
        row.again_at, row.again_by, row.message = clock.now(), by, _mail(row)
        row.save(update_fields=["again_at", "again_by", "message"])
    audit.record("people_invited_again", by=by, about=assessment, number=len(rows))
    return len(rows)


@transaction.atomic
def withdraw(*, invitation: PlanInvitation, by: Person) -> None:
    """Take the invitation back: its mail if that waits, its name and address. Twice is once."""
    lead(invitation.assessment.activity, by)
    gone = {"withdrawn_at": clock.now(), "withdrawn_by": by, "name_sealed": None, "address_sealed": None}
    reader = telling.Reader.of(invitation)
    if PlanInvitation.objects.filter(pk=invitation.pk, withdrawn_at=None).update(**gone):
        _settle(invitation, by, Settled.NOT_NEEDED)
        telling.forget(invitation.assessment, reader)
        _end_link(invitation)
        audit.record("invitation_withdrawn", by=by, about=invitation.assessment)


def _end_link(invitation: PlanInvitation) -> None:
    """Who took part already keeps their link: with it they read the answers to their words."""
    if invitation.guest is None:
        return
    unused = Guest.objects.filter(pk=invitation.guest.pk, contributions=None, agreements=None)
    unused.update(link_hash=crypto.token_hash(crypto.token()))


def _settle(invitation: PlanInvitation, by: Person, how: Settled) -> None:
    """Its last mail needs nobody any more, whether it waits or came back."""
    message = OutboxMessage.objects.filter(pk=invitation.message).first() if invitation.message else None
    if message is not None:
        outbox.settle(message=message, by_id=by.pk, how=how)


@transaction.atomic
def could_not(
    *, assessment: Assessment, words: str, voice: Voice | None = None, typed_in_by: Person | None = None
) -> None:
    """Somebody could not take part, and why. Said again, the new words take the place of the old."""
    if typed_in_by is not None:
        lead(assessment.activity, typed_in_by)
    columns = voice.columns if voice else {"person": None, "guest": None}
    row = CouldNot.objects.filter(assessment=assessment, **columns).first() if voice else None
    row = row or CouldNot(assessment=assessment, typed_in_by=typed_in_by, **columns)
    row.assessment, row.words, row.at = assessment, words, clock.now()
    row.save()
    actor: audit.Actor = typed_in_by or (voice.person if voice else None) or audit.Other.VISITOR
    audit.record("could_not_take_part", by=actor, about=assessment)


@dataclass(frozen=True)
class Involved:
    """Who was part of it, in numbers and given reasons: for everybody who may read the plan."""

    invited: int
    took_part: int
    reasons: Sequence[str]  # "" where somebody gave none

    @property
    def has_reasons(self) -> bool:
        return any(self.reasons)


def involved(assessment: Assessment) -> Involved:
    wrote = assessment.contributions.exclude(guest=None).order_by().values_list("guest")
    answered = assessment.agreements.order_by().values_list(Coalesce("guest", "person"))
    rows = assessment.could_not.order_by("at", "pk")
    invited = assessment.invitations.standing().count()
    return Involved(invited, wrote.union(answered).count(), [row.words or "" for row in rows])


@dataclass(frozen=True)
class Asked:
    """One invitation as those who facilitate see it: who was asked, and whether the mail arrived."""

    invitation: PlanInvitation
    state: str

    @property
    def name(self) -> str:
        return str(self.invitation.person or self.invitation.name or self.invitation.address)

    @property
    def came_back(self) -> bool:
        return self.state == MessageState.NOT_DELIVERED


def asked(assessment: Assessment) -> list[Asked]:
    rows = list(assessment.invitations.standing().select_related("person"))
    ids = [row.message for row in rows if row.message]
    states = dict(OutboxMessage.objects.filter(pk__in=ids).values_list("pk", "state"))
    for row in rows:
        row.assessment = assessment
    return [Asked(row, states.get(row.message, MessageState.SENT) if row.message else "") for row in rows]
