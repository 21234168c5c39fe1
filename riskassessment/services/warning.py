"""An activity that starts without agreement: its organiser hears of it days before, and so does the lead.

A unique row per activity, day and person makes sure that each hears once, whoever looks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from riskassessment.enums import Depth
from riskassessment.models import Activity, Assessment, StartWarning
from riskassessment.services import checking, rounds
from riskassessment.services.rounds import Round
from safeguarding import audit, outbox
from safeguarding.contacts import hours
from safeguarding.contacts import standing as contacts
from safeguarding.people.models import Person

KIND, SEVERAL = "starts_without_agreement", "several_start_without_agreement"


@dataclass(frozen=True)
class Due:
    """One activity that one person is to hear of."""

    activity: Activity
    person: Person
    to: str

    @property
    def day(self) -> date:
        assert self.activity.starts_at is not None
        return _day(self.activity.starts_at)


def warn_due(*, now: datetime) -> int:
    """Queue what is due. Returns how many mails. Safe beside any number of others."""
    until = hours.current().add_days(now, settings.START_WARNING_DAYS)
    soon = Activity.objects.filter(starts_at__gt=now, starts_at__lte=until, organiser__isnull=False)
    soon = soon.filter(cancelled_at=None).select_related("organiser", "series__first")
    rows = list(soon.order_by("starts_at", "pk"))
    plans = Assessment.objects.select_related("activity").of_each(rows)
    found = rounds.rounds_of(set(plans.values()))
    due = [
        each for row in rows for each in _due(row, found[plans[row.pk].pk] if row.pk in plans else None, now)
    ]
    due.sort(key=lambda each: (each.person.pk, each.to))
    return sum(
        _tell(list(theirs), now) for _who, theirs in groupby(due, key=lambda each: (each.person.pk, each.to))
    )


def is_settled(found: Round | None, activity: Activity) -> bool:
    """Agreed, or going ahead anyway until it starts at least; and nothing is different that waits to be agreed."""
    if found is None or activity.starts_at is None:
        return False
    check = checking.last(activity) if activity.is_later_session else None
    if check is not None and not check.is_settled:
        return False
    ahead = found.go_ahead
    return found.is_agreed or (ahead is not None and ahead.until >= _day(activity.starts_at))


def _day(at: datetime) -> date:
    return timezone.localtime(at).date()


def _due(activity: Activity, found: Round | None, now: datetime) -> list[Due]:
    if is_settled(found, activity):
        return []
    return [Due(activity, person, to) for person, to in _readers(activity, found, now)]


def _readers(activity: Activity, found: Round | None, now: datetime) -> Iterator[tuple[Person, str]]:
    """The organiser; and whoever stands in as safeguarding lead, when more than light was chosen."""
    if activity.organiser is not None and activity.organiser.is_active:
        yield activity.organiser, str(activity.organiser.email)
    if found is None or found.assessment.depth == Depth.LIGHT:
        return
    for contact, person in contacts.ours(now):
        if person != activity.organiser:
            yield person, contact.email


@transaction.atomic
def _tell(due: Sequence[Due], now: datetime) -> int:
    """One mail to one person for all that this look found."""
    new = [each for each in due if _is_new(each, now)]
    if not new:
        return 0
    person, about_id = new[0].person, new[0].activity.pk if len(new) == 1 else None
    items: list[dict[str, Any]] = [
        {"day": each.day, "path": f"activities/{each.activity.pk}/"} for each in new
    ]
    kind = KIND if len(new) == 1 else SEVERAL
    outbox.queue(kind, to=new[0].to, person_id=person.pk, about_id=about_id, items=items, **items[0])
    for each in new:
        audit.record("start_warned", by=audit.Other.SYSTEM, about=each.activity, person=str(person.pk))
    return 1


def _is_new(due: Due, now: datetime) -> bool:
    row = {"activity": due.activity, "starts_on": due.day, "person": due.person}
    return StartWarning.objects.get_or_create(**row, defaults={"at": now})[1]
