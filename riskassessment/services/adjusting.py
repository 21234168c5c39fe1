"""Needs travel, people do not: what would help somebody becomes something to change in the session.

A need's id is a keyed hash of its words: the same words said twice are one need, its place in the list is
chance, and nothing in the database leads back to whoever said it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from django.db import transaction

from riskassessment.models import Adjustment, Assessment, Part, ZoneRound, ZoneSheet
from riskassessment.services.activities import lead
from riskassessment.zone_words import Origin
from safeguarding import audit, clock, crypto
from safeguarding.people.models import Person


def need_id(assessment: Assessment, words: str) -> uuid.UUID:
    spelt = f"need {assessment.pk} {crypto.fold(words)}"
    return uuid.UUID(bytes=crypto.keyed_hash("receipt", spelt)[:16])


def collect(round_: ZoneRound) -> None:
    """Pass on what would help, all at once: when the round closes, whatever was answered, and not before."""
    for pk, words in sorted(_passed_on(round_)):
        if not Adjustment.objects.filter(pk=pk).exists():
            made = Adjustment(pk=pk, assessment=round_.assessment, origin=Origin.NEED)
            made.what = words
            made.save(force_insert=True)


def forget_unpassed(round_: ZoneRound) -> None:
    """What nobody passes on any more goes at once, unless it was answered already."""
    waiting = Adjustment.objects.filter(assessment=round_.assessment, origin=Origin.NEED, decision="")
    if waiting.exists():
        waiting.exclude(pk__in=[pk for pk, _words in _passed_on(round_)]).delete()


def _passed_on(round_: ZoneRound) -> Iterator[tuple[uuid.UUID, str]]:
    for sheet in ZoneSheet.objects.filter(round=round_):
        sheet.round = round_  # one key for all of them
        said = sheet.said
        if said.passes_on and said.helps.strip():
            yield need_id(round_.assessment, said.helps), said.helps.strip()


@transaction.atomic
def add(*, assessment: Assessment, by: Person, what: str, origin: str, part: Part | None = None) -> None:
    lead(assessment.activity, by)
    made = Adjustment(assessment=assessment, origin=origin, part=part)
    made.what = what
    made.save(force_insert=True)
    audit.record("adjustment_added", by=by, about=assessment)


@transaction.atomic
def decide(*, adjustment: Adjustment, by: Person, decision: str, words: str) -> None:
    """Say what becomes of it; the group reads the decision and its words, never the need's own."""
    lead(adjustment.assessment.activity, by)
    Adjustment.objects.filter(pk=adjustment.pk).update(
        decision=decision, words=words, decided_at=clock.now(), decided_by=by
    )
    audit.record("adjustment_decided", by=by, about=adjustment.assessment, decision=decision)


@transaction.atomic
def tick_off(*, adjustment: Adjustment, by: Person) -> None:
    """It is done. Twice is once."""
    lead(adjustment.assessment.activity, by)
    waiting = Adjustment.objects.filter(pk=adjustment.pk, done_at=None).exclude(decision="")
    if waiting.update(done_at=clock.now(), done_by=by):
        audit.record("adjustment_done", by=by, about=adjustment.assessment)
