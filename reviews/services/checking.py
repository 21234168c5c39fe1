"""Before anything is published somebody who did not write it looks for names and traces; then its day comes by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from concerns.enums import YesNo
from reviews.enums.learning import PASSING, STEPS, LearningState, Outcome, PersonsView
from reviews.models import LearningCheck, LearningPoint
from reviews.services import learning
from safeguarding import audit, clock, transitions
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, authorise

STATES = {
    Outcome.PASSES: LearningState.PASSED,
    Outcome.INSTEAD: LearningState.PASSED,
    Outcome.NOT_YET: LearningState.BACK,
    Outcome.NOT_PUBLISHED: LearningState.NOT_PUBLISHED,
}


class OwnWords(PermissionDenied):
    """Nobody checks what they wrote."""


class SaidNo(Exception):
    """The person it is about said no."""


class Recognisable(Exception):
    """Somebody could be recognised, or a place: other words are needed first."""


@dataclass(frozen=True)
class Looked:
    """What somebody found. `why` for what does not pass, `instead` for other words."""

    could_self: str
    could_others: str
    points_at: str
    outcome: str
    why: str = ""
    instead: str = ""
    not_before: date | None = None
    delay_why: str = ""


def is_recognisable(asked: str, looked: Looked) -> bool:
    """Others may never recognise anybody. Who it is about may recognise themselves where they agreed."""
    by_others = looked.could_others != YesNo.NO or looked.points_at != YesNo.NO
    by_self = looked.could_self == YesNo.YES and asked not in (PersonsView.YES, PersonsView.NOBODY)
    return looked.outcome == Outcome.PASSES and (by_others or by_self)


@transaction.atomic
def check(*, point: LearningPoint, by: Person, looked: Looked) -> None:
    """Say what was found. Raises OwnWords, SaidNo, Recognisable, TooSoon; Conflict when another was first."""
    authorise(by, Verb.CHECK_LEARNING, point)
    if point.was_written_or_worded_by(by):
        raise OwnWords
    if looked.outcome in PASSING and point.asked == PersonsView.NO:
        raise SaidNo
    if is_recognisable(point.asked, looked):
        raise Recognisable
    transitions.move(point, to=STATES[Outcome(looked.outcome)], table=STEPS)
    _keep(point, by, looked)
    if looked.outcome in PASSING:
        _take_over(point, looked)
    learning.settle(point)
    audit.record("learning_checked", by=by, about=point, outcome=str(looked.outcome))


def _keep(point: LearningPoint, by: Person, looked: Looked) -> None:
    answers = {name: getattr(looked, name) for name in ("could_self", "could_others", "points_at", "outcome")}
    made = LearningCheck(point=point, by=by, at=clock.now(), **answers)
    made.checked, made.why = point.draft, looked.why or None
    made.save(force_insert=True)


def _take_over(point: LearningPoint, looked: Looked) -> None:
    """Other words where some were given, and the day."""
    if looked.outcome == Outcome.INSTEAD:
        point.draft = looked.instead
    learning.set_delay(point, looked.not_before or point.delay_until, looked.delay_why)
    point.save(update_fields=["draft_sealed", "delay_until", "delay_why_sealed"])


def publish_due(*, now: datetime) -> int:
    """Publish what passed and whose day has come. Late after a silence, never early. Safe beside others."""
    day = timezone.localdate(now)
    return sum(_publish(point.pk, day) for point in LearningPoint.objects.due(day).only("pk"))


@transaction.atomic
def _publish(pk: UUID, day: date) -> int:
    waiting = LearningPoint.objects.due(day).select_for_update(of=("self",), skip_locked=True)
    point = waiting.select_related("key").filter(pk=pk).first()
    if point is None:
        return 0
    if point.corrects is not None and not _make_way(point.corrects):
        return 0
    transitions.move(
        point, to=LearningState.PUBLISHED, table=STEPS, words=point.draft or "", published_on=day
    )
    audit.record("learning_published", by=audit.Other.SYSTEM, about=point)
    return 1


def _make_way(old: LearningPoint) -> bool:
    """What is corrected goes; where it was taken back meanwhile, its correction stays unpublished."""
    if not old.is_published:
        return False
    transitions.move(old, to=LearningState.REPLACED, table=STEPS, words="")
    return True
