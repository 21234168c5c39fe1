"""Something learnt, checked by somebody, and published when its day has come."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.utils import timezone

from concerns.models import Concern
from reviews.enums.learning import Audience, LearningKind, Outcome, PersonsView
from reviews.models import LearningPoint
from reviews.services import checking, learning
from reviews.services.checking import Looked
from reviews.services.learning import Learnt
from riskassessment.models import Activity
from safeguarding import clock, context
from safeguarding.people.models import Person

WORDS = "Ask each person which way they want to be reached, and write it down."
CLEAR = {"could_self": "no", "could_others": "no", "points_at": "no"}


def learnt(words: str = WORDS, **more: Any) -> Learnt:
    said = {"kind": LearningKind.NEAR_MISS, "audience": Audience.EVERYONE, "asked": PersonsView.YES}
    return Learnt(words, **said | more)


def looked(outcome: str = Outcome.PASSES, **more: Any) -> Looked:
    return Looked(**{"outcome": outcome, **CLEAR, **more})


def written(by: Person, source: Concern | Activity | None = None, **more: Any) -> LearningPoint:
    with context.person(by):
        return learning.write(learnt=learnt(**more), once=uuid4(), by=by, source=source)


def checked(point: LearningPoint, by: Person, **more: Any) -> LearningPoint:
    with context.person(by):
        checking.check(point=point, by=by, looked=looked(**more))
    return point


def published(
    writer: Person, checker: Person, source: Concern | Activity | None = None, **more: Any
) -> LearningPoint:
    """Written long ago, checked, and out today."""
    with clock.at(clock.now() - timedelta(days=settings.LEARNING_DELAY_DAYS)):
        point = checked(written(writer, source, **more), checker)
    publish()
    point.refresh_from_db()
    assert point.is_published
    return point


def publish(now: datetime | None = None) -> int:
    with context.system():
        return checking.publish_due(now=now or clock.now())


def later(days: int) -> datetime:
    return clock.now() + timedelta(days=days)


def day(days: int) -> date:
    """So many days from now, as the site counts days."""
    return timezone.localdate(later(days))
