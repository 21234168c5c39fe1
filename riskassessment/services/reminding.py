"""Reminders by mail: of actions that are due, and of looking back. Never twice for the same thing.

A row of `Reminded` for each thing, person and occasion is written with the mail: any number of schedulers may
look at once, and one that slept for a week finds what it missed. A mail says that something waits, not what.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from riskassessment.enums import Place
from riskassessment.models import Action, Activity, NoReminders, Reminded
from safeguarding import audit, outbox
from safeguarding.people.models import Person

# An action is named from a week before its day on, and nobody gets two such mails within a week: so each is
# named before its day, however many there are.
SOON = EVERY = timedelta(days=7)
MORNING = time(9)  # no mail of these in the night
AGAIN = timedelta(days=7)  # looking back is asked for once more after this, and then never again
ASKED_FOR = timedelta(days=28)  # whatever ended longer ago is left in peace
DUE, SEVERAL, REVIEW = "action_due", "actions_due", "after_due"


@dataclass(frozen=True)
class Thing:
    """Something that one person is to be reminded of, at one occasion."""

    person: Person
    about_id: UUID
    occasion: str


def send_due(*, now: datetime) -> int:
    """Queue what is due now. Returns how many mails. Safe beside others."""
    if timezone.localtime(now).time() < MORNING:
        return 0
    things = sorted(_actions(now), key=lambda thing: thing.person.pk)
    mailed = sum(
        _mail_actions(person, list(theirs), now)
        for person, theirs in groupby(things, key=lambda thing: thing.person)
    )
    return mailed + sum(_mail_review(thing, now) for thing in _reviews(now))


def _actions(now: datetime) -> list[Thing]:
    today = timezone.localdate(now)
    due = Action.objects.to_remind(today + SOON).exclude(who__in=_quiet()).select_related("who")
    things = [Thing(a.who, a.pk, _occasion(a, today)) for a in due.order_by("by_when", "pk") if a.who]
    return _not_mailed(things)


def _occasion(action: Action, today: date) -> str:
    """Once before its day, once after it; another day is another thing."""
    return f"{'overdue' if action.is_overdue(today) else 'soon'} {action.by_when}"


def _quiet() -> QuerySet[NoReminders, UUID]:
    return NoReminders.objects.values_list("person_id", flat=True)


def _not_mailed(things: Sequence[Thing]) -> list[Thing]:
    rows = Reminded.objects.filter(about_id__in={thing.about_id for thing in things})
    known = set(rows.values_list("person_id", "about_id", "occasion"))
    return [t for t in things if (t.person.pk, t.about_id, t.occasion) not in known]


@transaction.atomic
def _mail_actions(person: Person, things: Sequence[Thing], now: datetime) -> int:
    """One mail for all of them; the person's row is the lock, so that two schedulers take turns."""
    Person.objects.get_queryset().select_for_update(no_key=True).get(pk=person.pk)
    lately = Reminded.objects.filter(Q(occasion__startswith="soon") | Q(occasion__startswith="overdue"))
    if lately.filter(person=person, at__gt=now - EVERY).exists():
        return 0
    fresh = _write(things, now)
    if not fresh:
        return 0
    kind, about_id = (DUE, fresh[0].about_id) if len(fresh) == 1 else (SEVERAL, None)
    outbox.queue(kind, to=person.email, person_id=person.pk, about_id=about_id, number=len(fresh))
    audit.record("actions_reminded", by=audit.Other.SYSTEM, about=person, number=len(fresh))
    return 1


def _write(things: Iterable[Thing], now: datetime) -> list[Thing]:
    """The rows that say it went; returns those that are new."""
    return [
        thing
        for thing in things
        if Reminded.objects.get_or_create(
            person=thing.person, about_id=thing.about_id, occasion=thing.occasion, defaults={"at": now}
        )[1]
    ]


def _reviews(now: datetime) -> list[Thing]:
    """Who is to be asked, from the morning after on, and once more a week later, while nobody looked back.

    Each session of a series is another thing.
    """
    today = timezone.localdate(now)
    ended = Activity.objects.to_look_back_on(now).select_related("series")
    found = []
    for activity in ended.filter(starts_at__gt=now - ASKED_FOR):
        days = (today - timezone.localdate(activity.ends_at or activity.starts_at)).days
        if days >= 1:
            occasion = "review again" if days > AGAIN.days else "review"
            found += [Thing(person, activity.pk, occasion) for person in askers(activity)]
    return _not_mailed(found)


def askers(activity: Activity) -> list[Person]:
    """Those who organise and facilitate it, less those who want no reminders."""
    places = activity.standing_places().filter(place=Place.FACILITATES).values("person_id")
    both = Person.objects.get_queryset().active().filter(Q(pk__in=places) | Q(pk=activity.organiser_id))
    return list(both.exclude(pk__in=_quiet()).order_by("email"))


@transaction.atomic
def _mail_review(thing: Thing, now: datetime) -> int:
    if not _write([thing], now):
        return 0
    to, about = thing.person, thing.about_id
    outbox.queue(REVIEW, to=to.email, person_id=to.pk, about_id=about, activity_id=about)
    audit.record("review_reminded", by=audit.Other.SYSTEM, about=thing.person, activity=str(thing.about_id))
    return 1
