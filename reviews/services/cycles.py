"""The only writer of review cycles. They open by themselves; nobody can make one disappear."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from reviews import windows
from reviews.models import ReviewCycle, ReviewHolder
from reviews.services import gathering
from safeguarding import audit, clock, outbox
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, authorise, can

REMINDERS = ("review_due", "review_overdue", "review_nobody")
HOLDERS = 2


class NotYet(Exception):
    """It has not opened, or is not over."""


class AlreadyHeld(Exception):
    """Nobody says any more why it was not held."""


def keep_windows(*, now: datetime) -> None:
    """Open what is due, and know the next one. Safe beside any number of others.

    What opened while nothing looked is opened all the same: a window that passed unseen stays visible.
    """
    today = timezone.localdate(now)
    while (ahead := _ahead(today)).opens_on <= today:
        if ReviewCycle.objects.filter(pk=ahead.pk, opened_at=None).update(opened_at=now):
            audit.record("review_opened", by=audit.Other.SYSTEM, about=ahead, opens_on=str(ahead.opens_on))


@transaction.atomic
def _ahead(today: date) -> ReviewCycle:
    """The one that is not open yet. Where the settings changed since, its days follow them."""
    last = ReviewCycle.objects.opened().order_by("-opens_on").first()
    standing = ReviewCycle.objects.select_for_update().filter(opened_at=None).first()
    if standing is not None and standing.opens_on <= today:
        return standing
    after_last = last.closes_on + timedelta(days=1) if last else today
    window = _next(max(today, after_last) if standing else after_last)
    if standing is None:
        defaults = {"closes_on": window.closes_on}
        return ReviewCycle.objects.get_or_create(opens_on=window.opens_on, defaults=defaults)[0]
    if standing.window != window:
        standing.opens_on, standing.closes_on = window.opens_on, window.closes_on
        standing.save(update_fields=["opens_on", "closes_on"])
    return standing


def _next(day: date) -> windows.Window:
    return windows.next_from(day, months=settings.REVIEW_MONTHS, days=settings.REVIEW_DAYS)


@transaction.atomic
def name_holders(*, cycle: ReviewCycle, by: Person, people: Collection[Person]) -> None:
    """From now on these hold it, and nobody else. Raises ValueError for more than two."""
    authorise(by, Verb.ARRANGE_REVIEWS)
    if len(people) > HOLDERS:
        raise ValueError(f"a review is held by {HOLDERS} people at most")
    locked, now = _locked(cycle), clock.now()
    gone = locked.holders.filter(until=None).exclude(person__in=people)
    changed = gone.update(until=now)
    for person in people:
        defaults = {"since": now, "named_by": by}
        changed += ReviewHolder.objects.get_or_create(
            cycle=locked, person=person, until=None, defaults=defaults
        )[1]
    if changed:
        audit.record("review_holders_named", by=by, about=locked, number=len(people))


@transaction.atomic
def note_held(*, cycle: ReviewCycle, by: Person, held_on: date, summary: str) -> None:
    """It was held: from now on nobody is reminded. Said again, the new words take the place of the old.

    Raises NotYet for a day before it opened or after today, and gathering.Over: a record that is out is corrected.
    """
    _may_say(cycle, by)
    locked = _locked(cycle)
    if locked.opened_at is None or not locked.opens_on <= held_on <= timezone.localdate(clock.now()):
        raise NotYet
    if not gathering.is_open(locked):
        raise gathering.Over
    locked.held_on, locked.summary, locked.held_noted_by = held_on, summary, by
    locked.save(update_fields=["held_on", "summary", "held_noted_by"])
    _settle(locked)
    audit.record("review_held", by=by, about=locked, held_on=str(held_on))


@transaction.atomic
def note_missed(*, cycle: ReviewCycle, by: Person, why: str) -> None:
    """Say in public why it was not held. Raises NotYet while its window is open, AlreadyHeld once it was."""
    _may_say(cycle, by)
    locked, now = _locked(cycle), clock.now()
    if locked.held_on is not None:
        raise AlreadyHeld
    if locked.opened_at is None or timezone.localdate(now) <= locked.closes_on:
        raise NotYet
    locked.missed_why, locked.missed_at, locked.missed_noted_by = why, now, by
    locked.save(update_fields=["missed_why", "missed_at", "missed_noted_by"])
    _settle(locked)
    audit.record("review_missed", by=by, about=locked)


def may_say(cycle: ReviewCycle, person: Person) -> bool:
    """Whether this person may say that it was held, or why not: who holds it, and who arranges it."""
    return can(person, Verb.ARRANGE_REVIEWS) or cycle.is_held_by(person)


def _may_say(cycle: ReviewCycle, by: Person) -> None:
    if not may_say(cycle, by):
        raise PermissionDenied


def _locked(cycle: ReviewCycle) -> ReviewCycle:
    return ReviewCycle.objects.select_for_update().get(pk=cycle.pk)


def _settle(cycle: ReviewCycle) -> None:
    outbox.withdraw(about_id=cycle.pk, kinds=REMINDERS)
