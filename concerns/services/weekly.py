""" "Your week": one mail on Monday morning to the lead and each deputy, even when nothing waits.

It holds only counts of what that person may see, and the head of the audit chain, so that a rollback
of the database would show. A unique row per person and week makes sure that each comes once.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q
from django.utils import translation

from concerns.enums import State
from concerns.models import Concern, WeeklyMail
from concerns.services import letters
from safeguarding import audit, outbox
from safeguarding.contacts import hours, standing
from safeguarding.contacts.models import Contact
from safeguarding.people.models import Person

KIND = "your_week"
WEEK = timedelta(days=7)
NOBODY_THERE = time(9)  # when no working day is in sight


def send_due(*, now: datetime) -> int:
    """Queue this week's mails from the week's first opening on. Returns how many. Safe beside others."""
    week, opening = week_of(now, hours.current())
    if now < opening:
        return 0
    return sum(_send(person, week, now) for person in _readers(now, week, opening))


def week_of(now: datetime, times: hours.Hours) -> tuple[date, datetime]:
    """The week's Monday, and the first moment of working time in that week."""
    today = times.day_of(now)
    monday = today - timedelta(days=today.weekday())
    midnight = datetime.combine(monday, time(0), times.zone).astimezone(UTC)
    opening = times.next_opening(midnight)
    if opening is None or times.day_of(opening) >= monday + WEEK:
        opening = datetime.combine(monday, NOBODY_THERE, times.zone).astimezone(UTC)
    return monday, opening


def _readers(now: datetime, week: date, opening: datetime) -> list[Person]:
    """Lead and deputies who had not this week's mail; whoever came later begins next week."""
    had = WeeklyMail.objects.filter(week=week).values("person_id")
    contacts = Contact.objects.current(now).of_kind(*standing.INSIDE)
    theirs = contacts.filter(confirmed_at__isnull=False, valid_from__lte=opening, person__is_active=True)
    due = theirs.exclude(person_id__in=had)
    return list({c.person_id: c.person for c in due if c.person is not None}.values())


@transaction.atomic
def _send(person: Person, week: date, now: datetime) -> int:
    _, new = WeeklyMail.objects.get_or_create(person=person, week=week, defaults={"at": now})
    if not new:
        return 0
    seq, digest = audit.head()
    with translation.override(settings.LANGUAGE_CODE):
        outbox.queue(
            KIND,
            to=_address(person, now),
            person_id=person.pk,
            week=letters.day_in_words(week),
            counts=counts(person, now),
            head_seq=seq,
            head_hash=digest,
        )
    audit.record("week_mailed", by=audit.Other.SYSTEM, about=person, week=week.isoformat())
    return 1


def _address(person: Person, now: datetime) -> str:
    contacts = Contact.objects.current(now).of_kind(*standing.INSIDE).filter(person=person)
    return contacts.filter(confirmed_at__isnull=False).values_list("email", flat=True)[0]


def counts(person: Person, now: datetime) -> dict[str, int]:
    """Numbers of what this person may see, and nothing else."""
    visible = Concern.objects.visible_to(person)
    waiting, week_ago = Q(acknowledged_at=None), now - WEEK
    found = visible.aggregate(
        raised=Count("pk", filter=Q(raised_at__gte=week_ago)),
        waiting=Count("pk", filter=waiting),
        overdue=Count("pk", filter=waiting & Q(acknowledge_by__lt=now)),
        replies=Count("pk", filter=Q(unread_replies__gt=0)),
        open=Count("pk", filter=~Q(state=State.CLOSED)),
        steps_due=Count("pk", filter=~Q(state=State.CLOSED) & Q(next_step_on__lte=now.date())),
        second_looks=Count("pk", filter=Q(second_look_by__isnull=False) & ~Q(closed_by=person)),
        closed=Count("pk", filter=Q(closed_at__gte=week_ago)),
    )
    return {name: int(number or 0) for name, number in found.items()}
