"""Looking back, aftercare, and telling those who contributed what became of it.

Each session of a series is looked back on by itself; who contributed to its plan is told once.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from riskassessment.models import (
    Activity,
    Aftercare,
    AfterReview,
    Assessment,
    FedBack,
    Guest,
    PlanOutcome,
    Voice,
    Worry,
)
from riskassessment.services import checking, joining
from riskassessment.services.activities import lead
from safeguarding import audit, clock, crypto, transitions
from safeguarding.people.models import Person


class TooEarly(Exception):
    """It has not ended yet."""


@transaction.atomic
def write(
    *, activity: Activity, by: Person, version: int, uses: Mapping[Worry, str], **columns: Any
) -> AfterReview:
    """The summary of those who facilitate. Raises Conflict when somebody else wrote since `version`."""
    lead(activity, by)
    plan = _over(activity)
    found = AfterReview.objects.filter(activity=activity).first()
    columns |= {"changed_at": clock.now(), "changed_by": by}
    if found is None:
        found = AfterReview.objects.create(activity=activity, assessment=plan, **columns)
    else:
        transitions.change(found, version=version, **columns)
    for worry, use in uses.items():
        _say_use(activity, worry, use, by)
    audit.record("after_written", by=by, about=activity)
    return found


def _over(activity: Activity) -> Assessment:
    """The plan of what has ended, locked so that what is said of it comes in turn. Raises TooEarly, NoPlan."""
    if not activity.is_past(clock.now()):
        raise TooEarly
    plan = checking.needed_plan_of(activity)
    return Assessment.objects.select_for_update(of=("self",)).select_related("key").get(pk=plan.pk)


def _say_use(activity: Activity, worry: Worry, use: str, by: Person) -> None:
    """An empty answer takes back what was said."""
    if not use:
        PlanOutcome.objects.filter(activity=activity, worry=worry).delete()
        return
    said = {"use": use, "changed_at": clock.now(), "changed_by": by, "assessment_id": worry.assessment_id}
    PlanOutcome.objects.update_or_create(activity=activity, worry=worry, defaults=said)


def author_hash(plan: Assessment, activity: Activity, author: Person | Guest) -> bytes:
    """Each session has its own, so that nobody's answers are joined; the first has that of the plan."""
    of = activity.pk if activity.is_later_session else plan.pk
    return crypto.keyed_hash("receipt", f"after {of} {author.pk}")


def voice_of(activity: Activity, author: Person | Guest) -> Voice | None:
    plan = checking.plan_of(activity)
    return _voice(plan, activity, author) if plan else None


def _voice(plan: Assessment, activity: Activity, author: Person | Guest) -> Voice | None:
    mine = Voice.objects.filter(author_hash=author_hash(plan, activity, author))
    return mine.select_related("assessment__key").first()


def spoken_of(plan: Assessment, author: Person | Guest) -> list[Activity]:
    """The sessions of a plan of which they said how it was."""
    sessions = Activity.objects.with_plan(plan).select_related("series").order_by("starts_at", "pk")
    hashes = {author_hash(plan, each, author): each for each in sessions}
    said = set(Voice.objects.filter(author_hash__in=hashes).values_list("activity_id", flat=True))
    return [each for each in hashes.values() if each.pk in said]


@transaction.atomic
def say(
    *, activity: Activity, author: Person | Guest, may_show: bool, name: str = "", **answers: str
) -> Voice:
    """What one person says of how it was; what they say later takes the place of it."""
    if isinstance(author, Person) and not (author.is_active and activity.is_visible_to(author)):
        raise PermissionDenied("they have no place in it")
    plan = _over(activity)
    if isinstance(author, Guest) and author.assessment_id != plan.pk:
        raise PermissionDenied("a guest of another plan")
    voice = _voice(plan, activity, author) or Voice(
        activity=activity, assessment=plan, author_hash=author_hash(plan, activity, author)
    )
    voice.answers, voice.name = json.dumps(answers), name or None
    voice.may_show, voice.changed_at = may_show, clock.now()
    voice.save()
    audit.record("voice_given", by=audit.Other.VISITOR, about=activity)
    return voice


@transaction.atomic
def take_back(*, activity: Activity, author: Person | Guest) -> None:
    """Whoever said it takes it back: nothing of it stays. Twice is once."""
    voice = voice_of(activity, author)
    if voice is not None and voice.delete()[0]:
        audit.record("voice_taken_back", by=audit.Other.VISITOR, about=activity)


@transaction.atomic
def plan_aftercare(
    *, activity: Activity, by: Person, whose: str, words: str, who: str, due: date | None, done: bool
) -> None:
    """One line for each part that somebody had. What is done keeps its moment."""
    lead(activity, by)
    plan = checking.needed_plan_of(activity)
    said = {"words": words, "who": who, "due": due, "assessment": plan}
    line, _made = Aftercare.objects.update_or_create(activity=activity, whose=whose, defaults=said)
    if done and line.done_at is None:
        Aftercare.objects.filter(pk=line.pk).update(done_at=clock.now(), done_by=by)
    elif not done:
        Aftercare.objects.filter(pk=line.pk).update(done_at=None, done_by=None)
    audit.record("aftercare_planned", by=by, about=activity, whose=whose, done=done)


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
