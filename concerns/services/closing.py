"""Closing on three answers, the second look that somebody else takes, and reopening."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from concerns.enums import AtRisk, State
from concerns.models import Closing, Concern, Telling
from concerns.services import entries, routing, versions
from safeguarding import audit, clock, outbox
from safeguarding.contacts import hours, standing
from safeguarding.contacts.models import Contact, ContactKind
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, authorise
from safeguarding.statement.pressures import Pressure
from safeguarding.transitions import NotAllowed


@dataclass(frozen=True)
class Answers:
    """What we did (or why we did not act); what the person says, or why we could not ask; who is at risk."""

    acted: bool
    what_we_did: str
    what_they_say: str
    still_at_risk: AtRisk
    risk_words: str = ""
    pressures: Sequence[Pressure] = ()  # looked for only when we did not act


@transaction.atomic
def close(
    *,
    concern: Concern,
    by: Person,
    answers: Answers,
    version: int | None = None,
    once: UUID | None = None,
) -> Closing:
    """Close it. Not acting, or risk that stays, gets a second look by somebody else within ten working days.

    Raises HandOverFirst under 18 until the hand-over is recorded.
    """
    authorise(by, Verb.TRIAGE_CONCERNS, concern)
    versions.expect(concern, version)
    entries.expect_hand_over(concern)
    now = clock.now()
    look_by = hours.current().add_days(now, settings.SECOND_LOOK_WORKING_DAYS)
    again = look_by if needs_second_look(answers) else None
    columns = {"closed_at": now, "closed_by": by, "second_look_by": again}
    versions.move(concern, version, to=State.CLOSED, **columns, next_step="", next_step_on=None)
    closing = _write(concern, by, answers)
    facts = {"closing": str(closing.pk), "acted": answers.acted, "at_risk": str(answers.still_at_risk)}
    entries.step(concern, "closed", by=by, once=once, **facts)
    audit.record("closed", by=by, about=concern, second_look=again is not None, **facts)
    if again is not None:
        _ask_for_second_look(concern, by)
    return closing


def needs_second_look(answers: Answers) -> bool:
    return not answers.acted or answers.still_at_risk != AtRisk.NO


def _write(concern: Concern, by: Person, answers: Answers) -> Closing:
    closing = Closing(
        concern=concern,
        by=by,
        at=clock.now(),
        acted=answers.acted,
        still_at_risk=answers.still_at_risk,
        pressures=[] if answers.acted else [str(pressure) for pressure in answers.pressures],
    )
    closing.what_we_did, closing.what_they_say = answers.what_we_did, answers.what_they_say
    closing.risk_words = answers.risk_words or None
    closing.save(force_insert=True)
    return closing


def _ask_for_second_look(concern: Concern, by: Person) -> None:
    """Mail those who may look, and pass it on to an alternate who was not told of it before."""
    now = clock.now()
    for contact in _second_lookers(concern, by, now):
        message = outbox.queue(
            "second_look",
            to=contact.email,
            person_id=contact.person_id,
            about_id=concern.pk,
            reference=concern.reference,
            look_by=concern.second_look_by,
            has_account=contact.person_id is not None,
        )
        telling = {"person": contact.person, "at": now, "message_id": message.pk}
        step = routing.STEP_OF[contact.kind]
        Telling.objects.get_or_create(concern=concern, contact=contact, step=step, defaults=telling)


def _second_lookers(concern: Concern, by: Person, now: datetime) -> list[Contact]:
    """Lead and deputies other than who closed it; else the alternates; else the outside contact."""
    not_asked = {*concern.exclusions.values_list("person_id", flat=True), by.pk}
    reachable = [c for c in Contact.objects.reachable(now) if c.person_id not in not_asked]
    for kinds in (standing.INSIDE, (ContactKind.ALTERNATE,), (ContactKind.OUTSIDE,)):
        if found := [contact for contact in reachable if contact.kind in kinds]:
            return found
    return []


@transaction.atomic
def confirm_second_look(
    *,
    concern: Concern,
    by: Person,
    words: str = "",
    version: int | None = None,
    once: UUID | None = None,
) -> None:
    """Somebody other than who closed it has looked and agrees. The other answer is to reopen."""
    authorise(by, Verb.TRIAGE_CONCERNS, concern)
    versions.expect(concern, version)
    if concern.second_look_by is None or concern.closed_by_id == by.pk:
        raise NotAllowed("a second look is taken by somebody else")
    versions.change(concern, version, second_look_by=None)
    entries.step(concern, "second_look_taken", by=by, once=once, words=words)
    audit.record("second_look_taken", by=by, about=concern)


@transaction.atomic
def reopen(
    *, concern: Concern, by: Person, reason: str, version: int | None = None, once: UUID | None = None
) -> None:
    """Open it again, and say why. What was closed before stays in the timeline."""
    authorise(by, Verb.TRIAGE_CONCERNS, concern)
    versions.expect(concern, version)
    if not concern.is_closed:
        raise NotAllowed("it is not closed")
    columns = {"closed_at": None, "closed_by": None, "second_look_by": None}
    versions.move(concern, version, to=State.OPEN, **columns, assigned_to=concern.assigned_to or by)
    entries.step(concern, "reopened", by=by, once=once, reason=reason)
    audit.record("reopened", by=by, about=concern)
