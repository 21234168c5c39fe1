"""Mails about challenges: when one comes, a week before its day, and after it up a ladder, a rung a week.

Each goes once. A scheduler that slept sends what is due now only. Nobody whom it is about is on the ladder.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from reviews.models import ChallengeReminded, ChallengeRound
from reviews.weighing import Notice
from reviews.windows import WEEK
from safeguarding import audit, outbox
from safeguarding.contacts import standing as contacts
from safeguarding.contacts.models import ContactKind
from safeguarding.people.models import Person
from safeguarding.permissions import ROLES, Role, Verb

MORNING = time(9)  # no reminder in the night
WAITING, LATE = "challenge_waiting", "challenge_late"
KINDS = (WAITING, LATE)
LADDER = (ContactKind.LEAD, ContactKind.DEPUTY, ContactKind.ALTERNATE)
ANSWERING = tuple(role for role in Role if Verb.ANSWER_CHALLENGES in ROLES[role])
Rung = Sequence[Person]


def able(about: Collection[UUID]) -> list[Person]:
    """Everybody who may answer, but for whom it is about."""
    return list(Person.objects.holding(*ANSWERING).exclude(pk__in=about).order_by("preferred_name", "pk"))


def rungs(about: Collection[UUID], now: datetime) -> list[Rung]:
    """Lead, deputies, alternates, as far as there are any who are not away; else whoever may answer."""
    may = {person.pk: person for person in able(about)}
    rows = [row for row in contacts.current(now) if row.person_id in may and row.confirmed_at is not None]
    there = [row for row in rows if row.is_reachable(now)] or rows
    of_kind = [[may[row.person_id] for row in there if row.kind == kind and row.person_id] for kind in LADDER]
    return [rung for rung in of_kind if rung] or ([list(may.values())] if may else [])


def tell_first(opened: ChallengeRound, now: datetime) -> int:
    """It came, or came again."""
    first = rungs(_about(opened), now)[:1]
    return sum(_tell(opened, Notice.RAISED, rung, timezone.localdate(now)) for rung in first)


def send_due(*, now: datetime) -> int:
    """Queue what is due now. Returns how many mails. Safe beside others."""
    local = timezone.localtime(now)
    if local.time() < MORNING:
        return 0
    soon = ChallengeRound.objects.waiting().filter(answer_by__lte=local.date() + WEEK).order_by("at")
    return sum(_remind(pk, local.date(), now) for pk in soon.values_list("pk", flat=True))


@transaction.atomic
def _remind(pk: UUID, today: date, now: datetime) -> int:
    """The row is the lock: two schedulers take turns, and nobody answers meanwhile unseen."""
    opened = ChallengeRound.objects.waiting().select_for_update().filter(pk=pk).first()
    if opened is None:
        return 0
    ladder = rungs(_about(opened), now)
    if today > opened.answer_by:
        return _climb(opened, ladder, today)
    if opened.reminded.filter(notice=Notice.WEEK).exists():
        return 0
    return sum(_tell(opened, Notice.WEEK, rung, today) for rung in ladder[:1])


def _about(opened: ChallengeRound) -> list[UUID]:
    return list(opened.challenge.about.values_list("person_id", flat=True))


def _climb(opened: ChallengeRound, ladder: Sequence[Rung], today: date) -> int:
    """The one above who was told first, a week later the next; where there is one rung only, that one."""
    told = dict(opened.reminded.filter(notice=Notice.LATE).values_list("who", "on"))
    if told and today < max(told.values()) + WEEK:
        return 0
    for rung in ladder[1:] or ladder:
        new = [person for person in rung if person.pk not in told]
        if new:
            return _tell(opened, Notice.LATE, new, today)
    return 0


def _tell(opened: ChallengeRound, notice: Notice, rung: Rung, today: date) -> int:
    return sum(_mail(opened, notice, person, today) for person in rung)


def _mail(opened: ChallengeRound, notice: Notice, person: Person, today: date) -> int:
    _row, made = ChallengeReminded.objects.get_or_create(
        round=opened, notice=notice, who=person.pk, defaults={"on": today}
    )
    if not made:
        return 0
    outbox.queue(
        LATE if notice == Notice.LATE else WAITING,
        to=person.email,
        person_id=person.pk,
        about_id=opened.challenge_id,
        path=f"values-not-followed/all/{opened.challenge_id}/",
        notice=str(notice),
        answer_by=opened.answer_by,
    )
    audit.record("challenge_reminded", by=audit.Other.SYSTEM, about=opened.challenge, notice=str(notice))
    return 1
