"""Decisions that somebody wrote and somebody else checked; challenges, and the code that leads back to one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

from reviews.models import Challenge, DecisionRecord
from reviews.services import challenging, deciding
from reviews.services.challenging import Said
from reviews.services.deciding import Told
from reviews.weighing import Basis, Choice, Verdict
from safeguarding.outbox import OutboxMessage
from tests.cast import Cast


def told(cast: Cast, **said: Any) -> Told:
    plain = Told(
        situation="Somebody came late and wanted to join in.",
        options="Let them in, or ask them to wait for the pause.",
        chosen="They waited for the pause.",
        reason="The group had asked for a quiet start.",
        choice=Choice.TAKING_PART,
        basis=Basis.JUDGEMENT,
        doubter="nobody",
        checker=cast.deputy,
    )
    return replace(plain, **said)


def written(cast: Cast, **said: Any) -> DecisionRecord:
    by = said.pop("by", cast.facilitator)
    return deciding.write(told=told(cast, **said), by=by)


def checked(cast: Cast, **said: Any) -> DecisionRecord:
    """One that everybody with an account may read."""
    record = written(cast, **said)
    deciding.check(record=record, by=record.checker, version=1, verdict=Verdict.PASSES, words={})
    record.refresh_from_db()
    return record


def said(words: str = "You decided it without us.", **more: Any) -> tuple[Challenge, str]:
    """A visitor's challenge, and the code that leads back to it."""
    once, by = uuid4(), more.pop("by", None)
    made = challenging.challenge(said=Said(words, **more), once=once, by=by)
    return challenging.find(challenging.code_for(once)) or made, challenging.code_for(once)


def again(challenge: Challenge) -> Challenge:
    """As it stands now."""
    return Challenge.objects.to_read().get(pk=challenge.pk)


def mails(kind: str = "challenge_") -> list[str]:
    """To whom mails of this kind were queued, in order."""
    found = OutboxMessage.objects.filter(kind__startswith=kind).order_by("created_at", "to")
    return [message.to for message in found]
