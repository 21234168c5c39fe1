"""The short acts of triage: acknowledge, assign, sort, say how soon and what comes next, hand over."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from concerns.enums import URGENCY, HowSoon, Kind, NextStep, State, Under18
from concerns.models import Concern
from concerns.services import entries, escalation, replies, routing, versions
from safeguarding import audit, clock, outbox
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, authorise
from safeguarding.transitions import NotAllowed


class ReasonNeeded(ValueError):
    """Looking later than the reporter asked needs a reason."""


@transaction.atomic
def acknowledge(
    *,
    concern: Concern,
    by: Person,
    reply: str = "",
    send_mail: bool = False,
    version: int | None = None,
    once: UUID | None = None,
) -> None:
    """Take it on: stops the clock, gives it to whoever acknowledges when it is nobody's, answers kindly."""
    authorise(by, Verb.TRIAGE_CONCERNS, concern)
    versions.expect(concern, version)
    if concern.is_acknowledged:
        raise NotAllowed("it is acknowledged already")
    moment, holder = clock.now(), concern.assigned_to or by
    versions.move(
        concern, version, to=State.OPEN, acknowledged_at=moment, acknowledged_by=by, assigned_to=holder
    )
    entries.step(concern, "acknowledged", by=by, once=once)
    escalation.stop(concern)
    answered = bool(reply.strip())
    if answered:
        replies.write(concern, by=by, words=reply)
    audit.record("acknowledged", by=by, about=concern, replied=answered)
    if answered and send_mail:
        replies.queue_mail(concern)


@transaction.atomic
def assign(
    *, concern: Concern, by: Person, to: Person, version: int | None = None, once: UUID | None = None
) -> None:
    """Say whose it is: oneself, or somebody who may act on it. They are mailed that it waits for them."""
    authorise(by, Verb.TRIAGE_CONCERNS, concern)
    authorise(to, Verb.TRIAGE_CONCERNS, concern)
    versions.expect_not_closed(concern)
    versions.change(concern, version, assigned_to=to)
    entries.step(concern, "assigned", by=by, once=once, to=str(to.pk))
    audit.record("assigned", by=by, about=concern, to=str(to.pk))
    if to != by:
        outbox.queue(
            "concern_assigned",
            to=to.email,
            person_id=to.pk,
            about_id=concern.pk,
            reference=concern.reference,
            how_soon=concern.get_how_soon_display(),
        )


@transaction.atomic
def change_how_soon(
    *,
    concern: Concern,
    by: Person,
    how_soon: HowSoon,
    reason: str = "",
    version: int | None = None,
    once: UUID | None = None,
) -> None:
    """Look sooner, or later. Later than the reporter asked needs a reason: raises ReasonNeeded."""
    authorise(by, Verb.TRIAGE_CONCERNS, concern)
    versions.expect_not_closed(concern)
    if lowers(concern, how_soon) and not reason.strip():
        raise ReasonNeeded
    before, due = concern.how_soon, _due(concern, how_soon=how_soon, under_18=concern.under_18)
    versions.change(concern, version, how_soon=how_soon, acknowledge_by=due)
    facts = {"before": before, "after": str(how_soon)}
    entries.step(concern, "how_soon_changed", by=by, once=once, reason=reason, **facts)
    audit.record("how_soon_changed", by=by, about=concern, **facts)


def lowers(concern: Concern, how_soon: str) -> bool:
    """Whether this means looking later than the reporter asked."""
    return URGENCY[HowSoon(how_soon)] < URGENCY[HowSoon(concern.how_soon_asked)]


def _due(concern: Concern, *, how_soon: str, under_18: str) -> datetime:
    """When it must be acknowledged now. Sooner counts from this moment, later from when it was raised."""
    if concern.is_acknowledged:
        return concern.acknowledge_by
    if URGENCY[HowSoon(how_soon)] >= URGENCY[HowSoon(concern.how_soon)]:
        fresh = routing.acknowledge_by(now=clock.now(), how_soon=how_soon, under_18=under_18)
        return min(concern.acknowledge_by, fresh)
    return routing.acknowledge_by(now=concern.raised_at, how_soon=how_soon, under_18=under_18)


@transaction.atomic
def sort_kind(
    *, concern: Concern, by: Person, kind: Kind, version: int | None = None, once: UUID | None = None
) -> None:
    """Say what it is: a concern, a question, a talk, a barrier, what went well. Nobody used the wrong form."""
    authorise(by, Verb.TRIAGE_CONCERNS, concern)
    versions.expect_not_closed(concern)
    facts = {"before": concern.kind, "after": str(kind)}
    versions.change(concern, version, kind=kind)
    entries.step(concern, "sorted", by=by, once=once, **facts)
    audit.record("sorted", by=by, about=concern, **facts)


@transaction.atomic
def plan_next_step(
    *,
    concern: Concern,
    by: Person,
    step: NextStep,
    on: date | None = None,
    words: str = "",
    version: int | None = None,
    once: UUID | None = None,
) -> None:
    """Say what comes next, and by which day. The choice shows in lists; words about it stay in the record."""
    authorise(by, Verb.TRIAGE_CONCERNS, concern)
    versions.expect_not_closed(concern)
    versions.change(concern, version, next_step=step, next_step_on=on)
    day = on.isoformat() if on else ""
    entries.step(concern, "next_step", by=by, once=once, words=words, step=str(step), on=day)
    audit.record("next_step_planned", by=by, about=concern, step=str(step), on=day)


@transaction.atomic
def settle_under_18(
    *,
    concern: Concern,
    by: Person,
    answer: Under18,
    reason: str = "",
    version: int | None = None,
    once: UUID | None = None,
) -> None:
    """Answer what was not sure when it was raised. "Yes" makes the hand-over come first."""
    authorise(by, Verb.TRIAGE_CONCERNS, concern)
    versions.expect_not_closed(concern)
    facts = {"before": concern.under_18, "after": str(answer)}
    due = _due(concern, how_soon=concern.how_soon, under_18=answer)
    versions.change(concern, version, under_18=answer, acknowledge_by=due)
    entries.step(concern, "under_18_settled", by=by, once=once, reason=reason, **facts)
    audit.record("under_18_settled", by=by, about=concern, **facts)


@transaction.atomic
def hand_over(
    *,
    concern: Concern,
    by: Person,
    words: str,
    at: datetime | None = None,
    version: int | None = None,
    once: UUID | None = None,
) -> None:
    """Record that the university's procedure has it: to whom, how, and when. Decisions no longer wait."""
    authorise(by, Verb.TRIAGE_CONCERNS, concern)
    moment = min(at or clock.now(), clock.now())
    versions.change(concern, version, handed_over_at=moment, handed_over_by=by)
    when = entries.When(happened_at=moment)
    entries.step(concern, "handed_over", by=by, once=once, words=words, when=when)
    audit.record("handed_over", by=by, about=concern)
