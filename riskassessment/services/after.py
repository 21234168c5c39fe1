"""Looking back, aftercare, and telling those who contributed what became of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from riskassessment.models import (
    Aftercare,
    AfterReview,
    Assessment,
    FedBack,
    Guest,
    PlanOutcome,
    Voice,
    Worry,
)
from riskassessment.services import joining
from riskassessment.services.activities import lead
from safeguarding import audit, clock, crypto, transitions
from safeguarding.people.models import Person


class TooEarly(Exception):
    """It has not ended yet."""


@transaction.atomic
def write(
    *, assessment: Assessment, by: Person, version: int, uses: Mapping[Worry, str], **columns: Any
) -> AfterReview:
    """The summary of those who facilitate. Raises Conflict when somebody else wrote since `version`."""
    lead(assessment.activity, by)
    _ended(assessment)
    Assessment.objects.select_for_update().get(pk=assessment.pk)
    found = AfterReview.objects.filter(assessment=assessment).first()
    columns |= {"changed_at": clock.now(), "changed_by": by}
    if found is None:
        found = AfterReview.objects.create(assessment=assessment, **columns)
    else:
        transitions.change(found, version=version, **columns)
    for worry, use in uses.items():
        _say_use(assessment, worry, use, by)
    audit.record("after_written", by=by, about=assessment)
    return found


def _ended(assessment: Assessment) -> None:
    if not assessment.activity.is_past(clock.now()):
        raise TooEarly


def _say_use(assessment: Assessment, worry: Worry, use: str, by: Person) -> None:
    """An empty answer takes back what was said."""
    if not use:
        PlanOutcome.objects.filter(worry=worry).delete()
        return
    said = {"use": use, "changed_at": clock.now(), "changed_by": by}
    PlanOutcome.objects.update_or_create(worry=worry, defaults=said | {"assessment": assessment})


def author_hash(assessment: Assessment, author: Person | Guest) -> bytes:
    return crypto.keyed_hash("receipt", f"after {assessment.pk} {author.pk}")


def voice_of(assessment: Assessment, author: Person | Guest) -> Voice | None:
    mine = Voice.objects.filter(author_hash=author_hash(assessment, author))
    return mine.select_related("assessment__key").first()


@transaction.atomic
def say(
    *, assessment: Assessment, author: Person | Guest, may_show: bool, name: str = "", **answers: str
) -> Voice:
    """What one person says of how it was; what they say later takes the place of it."""
    if isinstance(author, Person) and not (author.is_active and assessment.is_visible_to(author)):
        raise PermissionDenied("they have no place in it")
    if isinstance(author, Guest) and author.assessment_id != assessment.pk:
        raise PermissionDenied("a guest of another plan")
    _ended(assessment)
    Assessment.objects.select_for_update().get(pk=assessment.pk)
    voice = voice_of(assessment, author) or Voice(
        assessment=assessment, author_hash=author_hash(assessment, author)
    )
    voice.answers, voice.name = json.dumps(answers), name or None
    voice.may_show, voice.changed_at = may_show, clock.now()
    voice.save()
    audit.record("voice_given", by=audit.Other.VISITOR, about=assessment)
    return voice


@transaction.atomic
def take_back(*, assessment: Assessment, author: Person | Guest) -> None:
    """Whoever said it takes it back: nothing of it stays. Twice is once."""
    if Voice.objects.filter(author_hash=author_hash(assessment, author)).delete()[0]:
        audit.record("voice_taken_back", by=audit.Other.VISITOR, about=assessment)


@transaction.atomic
def plan_aftercare(
    *, assessment: Assessment, by: Person, whose: str, words: str, who: str, due: date | None, done: bool
) -> None:
    """One line for each part that somebody had. What is done keeps its moment."""
    lead(assessment.activity, by)
    said = {"words": words, "who": who, "due": due}
    line, _made = Aftercare.objects.update_or_create(assessment=assessment, whose=whose, defaults=said)
    if done and line.done_at is None:
        Aftercare.objects.filter(pk=line.pk).update(done_at=clock.now(), done_by=by)
    elif not done:
        Aftercare.objects.filter(pk=line.pk).update(done_at=None, done_by=None)
    audit.record("aftercare_planned", by=by, about=assessment, whose=whose, done=done)


@transaction.atomic
def feed_back(*, assessment: Assessment, by: Person, words: str) -> None:
    """Show everybody who took part what became of their words. Published once; what follows is shown as it comes."""
    lead(assessment.activity, by)
    _row, is_first = FedBack.objects.get_or_create(
        assessment=assessment, defaults={"words": words, "at": clock.now(), "by": by}
    )
    if is_first:
        joining.show(assessment=assessment, by=by)
        audit.record("fed_back", by=by, about=assessment)
