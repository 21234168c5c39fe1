"""After publishing: taken back with a reason, corrected as a new version, and asked whether it made a difference."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction

from reviews.enums.learning import STEPS, UNSETTLED, LearningState, PersonsView
from reviews.models import LearningDifference, LearningPoint
from reviews.services import learning
from reviews.services.learning import Learnt
from safeguarding import audit, clock, transitions
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, authorise, can


class Unchanged(Exception):
    """A correction that says what stands already would only make work for whoever checks it."""


@transaction.atomic
def take_back(*, point: LearningPoint, by: Person, why: str) -> None:
    """Off the pages, at once. A correction that waits goes with it. Raises Conflict, NotAllowed."""
    authorise(by, Verb.CHECK_LEARNING)
    point.taken_back_why = why
    learning.take_out(point, by=by)
    waiting = LearningPoint.objects.filter(corrects=point, state__in=UNSETTLED).first()
    if waiting is not None:
        transitions.move(waiting, to=LearningState.NOT_PUBLISHED, table=STEPS)
        learning.settle(waiting)
    audit.record("learning_taken_back", by=by, about=point)


@transaction.atomic
def correct(*, point: LearningPoint, by: Person, learnt: Learnt, once: UUID) -> LearningPoint:
    """New words, which somebody else checks; then they take the place of the old at once. Sent twice is once.

    Raises NotAllowed where it is not published, or a correction of it waits already; and Unchanged.
    """
    authorise(by, Verb.CHECK_LEARNING)
    there = LearningPoint.objects.filter(pk=once, written_by=by).first()
    if there is not None:
        return there
    locked = LearningPoint.objects.select_for_update(of=("self",)).select_related("key").get(pk=point.pk)
    if not locked.is_published or not _is_free(locked):
        raise transitions.NotAllowed("it is not there to be corrected")
    if _says_the_same(locked, learnt):
        raise Unchanged
    made = learning.new_point(learnt, id=once, written_by=by, corrects=locked)
    made.source = locked.source
    made.save(update_fields=["source_sealed"])
    audit.record("learning_corrected", by=by, about=made)
    learning.ask_for_check(made)
    return made


def _says_the_same(point: LearningPoint, learnt: Learnt) -> bool:
    """What is no value or way of working any more could not be chosen again: leaving it out changes nothing."""
    now = clock.now()
    stands = {
        "kind": point.kind,
        "audience": point.audience,
        "asked": point.asked or PersonsView.NOT_YET,
        "detail_changed": point.detail_changed,
    }
    linked = (
        (learnt.clauses, point.clauses.all()),
        (learnt.values, point.values.current(now)),
        (learnt.ways, point.ways.current(now)),
    )
    return (
        learnt.words.strip().splitlines() == (point.words or "").strip().splitlines()
        and all(getattr(learnt, name) == value for name, value in stands.items())
        and all(set(chosen) == set(there) for chosen, there in linked)
    )


def _is_free(point: LearningPoint) -> bool:
    """A correction that was refused makes room for another."""
    made = LearningPoint.objects.filter(corrects=point)
    made.filter(state=LearningState.NOT_PUBLISHED).update(corrects=None)
    return not made.exists()


def may_say(point: LearningPoint, person: Person) -> bool:
    return point.written_by_id == person.pk or can(person, Verb.CHECK_LEARNING)


@transaction.atomic
def say_difference(
    *, point: LearningPoint, by: Person, answer: str, words: str = "", once: UUID | None = None
) -> LearningDifference:
    """Whoever wrote it, or who checks, says whether it made a difference. Its words wait for somebody else.

    The same page sent twice is kept once. Raises NotAllowed where it is not published any more.
    """
    if not may_say(point, by):
        raise PermissionDenied
    locked, pk = LearningPoint.objects.select_for_update().get(pk=point.pk), once or uuid4()
    if (there := LearningDifference.objects.filter(pk=pk, by=by).first()) is not None:
        return there
    if not locked.is_published:
        raise transitions.NotAllowed("it is not there any more")
    made = LearningDifference(pk=pk, point=point, answer=answer, on=learning.today(), by=by)
    made.words = words or None
    made.save(force_insert=True)
    audit.record("learning_difference_said", by=by, about=point, answer=str(answer))
    return made


@transaction.atomic
def show_words(*, difference: LearningDifference, by: Person) -> None:
    """They name nobody: from now on they stand beside the answer. Twice is once."""
    authorise(by, Verb.CHECK_LEARNING)
    if difference.by_id == by.pk:
        raise PermissionDenied
    waiting = LearningDifference.objects.filter(pk=difference.pk, shown_on=None)
    if waiting.update(shown_on=learning.today(), shown_by=by):
        audit.record("learning_difference_shown", by=by, about=difference.point)
