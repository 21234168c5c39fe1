"""What we learnt: written by anybody of ours, sent to be checked, and read by the evidence pack.

Whoever checks is told by mail that something waits, never what; who may not read its source hears of nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from concerns.models import Concern
from reviews.enums.learning import STEPS, UNSETTLED, LearningState, PersonsView
from reviews.models import Clause, LearningPoint
from reviews.querysets.learning import LearningQuerySet
from riskassessment.models import Activity
from safeguarding import audit, clock, context, crypto, outbox, transitions
from safeguarding.people.models import Person
from safeguarding.permissions import ROLES, Verb, authorise
from safeguarding.statement.models import Value, WayOfWorking

WAITS = "learning_waits"  # the kind of the mail


class TooSoon(Exception):
    """Sooner than the usual delay, and nobody says why."""


class NotTheirSource(PermissionDenied):
    """Who may not read a concern or an activity writes nothing from it."""


@dataclass(frozen=True)
class Learnt:
    """What somebody writes. `not_before` None: the usual delay."""

    words: str
    kind: str
    audience: str
    asked: str = PersonsView.NOT_YET
    detail_changed: bool = False
    not_before: date | None = None
    delay_why: str = ""
    clauses: Sequence[Clause] = field(default=())
    values: Sequence[Value] = field(default=())
    ways: Sequence[WayOfWorking] = field(default=())


def published_between(since: date, until: date) -> LearningQuerySet:
    """What was published from `since` to `until`, both days included, and still stands. For members too."""
    return LearningPoint.objects.published().filter(published_on__range=(since, until)).as_shown()


def today() -> date:
    return timezone.localdate(clock.now())


def asked_since(day: date) -> date:
    """What was published then or before is asked about on this day."""
    return day - timedelta(days=settings.LEARNING_LOOK_AFTER_DAYS)


def earliest(written_on: date) -> date:
    """The day on which it is published when nobody says otherwise."""
    return written_on + timedelta(days=settings.LEARNING_DELAY_DAYS)


@transaction.atomic
def write(
    *, learnt: Learnt, once: UUID, by: Person, source: Concern | Activity | None = None
) -> LearningPoint:
    """Keep it, and ask for its check. The same page sent twice is kept once. Raises TooSoon."""
    authorise(by, Verb.RAISE_CONCERNS)  # whoever has an account
    there = LearningPoint.objects.filter(pk=once, written_by=by).first()
    if there is not None:
        return there
    if source is not None and not source.is_visible_to(by):
        raise NotTheirSource
    point = new_point(learnt, id=once, written_by=by, source=source)
    audit.record("learning_written", by=by, about=point)
    ask_for_check(point)
    return point


def new_point(learnt: Learnt, *, source: Concern | Activity | None = None, **columns: Any) -> LearningPoint:
    """Sealed with a key of its own. Raises TooSoon."""
    key, day = crypto.new_key(), today()
    key.save(force_insert=True)
    point = LearningPoint(key=key, written_on=day, **columns)
    _say(point, learnt)
    if source is not None:
        point.source = f"{source._meta.model_name} {source.pk}"
    point.save(force_insert=True)
    _link(point, learnt)
    return point


def _say(point: LearningPoint, learnt: Learnt) -> None:
    """Put what was written into its columns."""
    point.kind, point.audience = learnt.kind, learnt.audience
    point.asked, point.detail_changed = learnt.asked, learnt.detail_changed
    point.draft = learnt.words
    set_delay(point, learnt.not_before, learnt.delay_why)


def set_delay(point: LearningPoint, not_before: date | None, why: str) -> None:
    """A later day is anybody's to choose; a sooner one needs a reason. Raises TooSoon."""
    usual = point.written_on if point.is_correction else earliest(point.written_on)
    day = not_before or usual
    if day < usual and not (why or point.delay_why):
        raise TooSoon
    point.delay_until = day
    point.delay_why = (why or point.delay_why) if day < usual else None


def _link(point: LearningPoint, learnt: Learnt) -> None:
    point.clauses.set(learnt.clauses)
    point.values.set(learnt.values)
    point.ways.set(learnt.ways)


SAID = ("kind", "audience", "asked", "detail_changed", "draft_sealed", "delay_until", "delay_why_sealed")


@transaction.atomic
def rewrite(*, point: LearningPoint, learnt: Learnt, by: Person) -> None:
    """Its writer's new words, after it came back: it waits for a check again.

    Raises TooSoon, and Conflict or NotAllowed when it does not wait for its writer.
    """
    _must_be_writer(point, by)
    transitions.move(point, to=LearningState.WAITING, table=STEPS)
    _say(point, learnt)
    point.save(update_fields=SAID)
    _link(point, learnt)
    audit.record("learning_rewritten", by=by, about=point)
    ask_for_check(point)


@transaction.atomic
def note_view(*, point: LearningPoint, by: Person, asked: str) -> None:
    """What the person says to it, heard by who wrote it or by who checks.

    Their "no" ends it, at any time: it is not published, or is taken back.
    """
    if point.written_by_id != by.pk:
        authorise(by, Verb.CHECK_LEARNING, point)
    locked = LearningPoint.objects.select_for_update().get(pk=point.pk)
    if asked == PersonsView.NO:
        _end(locked, by)
    LearningPoint.objects.filter(pk=locked.pk).update(asked=asked)
    point.refresh_from_db()
    audit.record("learning_view_noted", by=by, about=point, asked=str(asked))


def _end(point: LearningPoint, by: Person) -> None:
    if point.state in UNSETTLED:
        transitions.move(point, to=LearningState.NOT_PUBLISHED, table=STEPS)
        settle(point)
    elif point.is_published:
        point.taken_back_why = str(PersonsView.NO.label)
        take_out(point, by=by)


def take_out(point: LearningPoint, *, by: Person) -> None:
    """Off the pages. The reason is set on it already."""
    told = {"taken_back_why_sealed": point.taken_back_why_sealed, "taken_back_by": by}
    transitions.move(point, to=LearningState.TAKEN_BACK, table=STEPS, words="", taken_back_on=today(), **told)


def _must_be_writer(point: LearningPoint, by: Person) -> None:
    if point.written_by_id != by.pk:
        raise PermissionDenied


def checkers_of(point: LearningPoint) -> list[Person]:
    """Who may check it: they did not write it, and may read where it comes from. Whoever asks need not."""
    roles = [role for role, verbs in ROLES.items() if Verb.CHECK_LEARNING in verbs]
    with context.system():
        return [each for each in Person.objects.holding(*roles) if may_check(point, each)]


def may_check(point: LearningPoint, person: Person) -> bool:
    return not point.was_written_or_worded_by(person) and point.is_visible_to(person)


def ask_for_check(point: LearningPoint) -> None:
    """One mail to each, without a word of it."""
    for person in checkers_of(point):
        outbox.queue(
            WAITS, to=person.email, person_id=person.pk, about_id=point.pk, path="learning/to-check/"
        )


def settle(point: LearningPoint) -> None:
    """Nobody needs to hear any more that it waits."""
    outbox.withdraw(about_id=point.pk, kinds=(WAITS,))
