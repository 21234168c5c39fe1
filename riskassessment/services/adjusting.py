"""Needs travel, people do not: what would help somebody becomes something to change in the session.

A need's id is a keyed hash of its words: the same words said twice are one need, its place in the list is
chance, and nothing in the database leads back to whoever said it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from django.db import transaction

from riskassessment.models import Activity, Adjustment, Assessment, Part, ZoneRound, ZoneSheet
from riskassessment.services import checking
from riskassessment.services.activities import lead
from riskassessment.zone_words import Origin
from safeguarding import audit, clock, crypto
from safeguarding.people.models import Person


def need_id(activity: Activity, plan: Assessment, words: str) -> uuid.UUID:
    """Of one session: the same words in two sessions are two needs. The first keeps the ids that it had."""
    of = activity.pk if activity.is_later_session else plan.pk
    spelt = f"need {of} {crypto.fold(words)}"
    return uuid.UUID(bytes=crypto.keyed_hash("receipt", spelt)[:16])


def collect(round_: ZoneRound) -> None:
    """Pass on what would help, all at once: when the round closes, whatever was answered, and not before."""
    for pk, words in sorted(_passed_on(round_)):
        if not Adjustment.objects.filter(pk=pk).exists():
            whose = {"activity": round_.activity, "assessment": round_.assessment}
            made = Adjustment(pk=pk, **whose, origin=Origin.NEED)
            made.what = words
            made.save(force_insert=True)


def forget_unpassed(round_: ZoneRound) -> None:
    """What nobody passes on any more goes at once, unless it was answered already."""
    waiting = Adjustment.objects.filter(activity=round_.activity_id, origin=Origin.NEED, decision="")
    if waiting.exists():
        waiting.exclude(pk__in=[pk for pk, _words in _passed_on(round_)]).delete()


def _passed_on(round_: ZoneRound) -> Iterator[tuple[uuid.UUID, str]]:
    for sheet in ZoneSheet.objects.filter(round=round_):
        sheet.round = round_  # one key for all of them
        said = sheet.said
        if said.passes_on and said.helps.strip():
            yield need_id(round_.activity, round_.assessment, said.helps), said.helps.strip()


@transaction.atomic
def add(*, activity: Activity, by: Person, what: str, origin: str, part: Part | None = None) -> None:
    """Raises NoPlan."""
    lead(activity, by)
    plan = checking.needed_plan_of(activity)
    made = Adjustment(activity=activity, assessment=plan, origin=origin, part=part)
    made.what = what
    made.save(force_insert=True)
    audit.record("adjustment_added", by=by, about=activity)


@transaction.atomic
def decide(*, adjustment: Adjustment, by: Person, decision: str, words: str) -> None:
    """Say what becomes of it; the group reads the decision and its words, never the need's own."""
    lead(adjustment.activity, by)
    Adjustment.objects.filter(pk=adjustment.pk).update(
        decision=decision, words=words, decided_at=clock.now(), decided_by=by
    )
    audit.record("adjustment_decided", by=by, about=adjustment.activity, decision=decision)


@transaction.atomic
def tick_off(*, adjustment: Adjustment, by: Person) -> None:
    """It is done. Twice is once."""
    lead(adjustment.activity, by)
    waiting = Adjustment.objects.filter(pk=adjustment.pk, done_at=None).exclude(decision="")
    if waiting.update(done_at=clock.now(), done_by=by):
        audit.record("adjustment_done", by=by, about=adjustment.activity)
