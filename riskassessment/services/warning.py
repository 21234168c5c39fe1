"""An activity that starts without agreement: its organiser hears of it days before, and so does the lead.

A unique row per activity, day and person makes sure that each hears once, whoever looks.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

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

KIND = "starts_without_agreement"


def warn_due(*, now: datetime) -> int:
    """Queue what is due. Returns how many mails. Safe beside any number of others."""
    until = hours.current().add_days(now, settings.START_WARNING_DAYS)
    soon = Activity.objects.filter(starts_at__gt=now, starts_at__lte=until, organiser__isnull=False)
    soon = soon.filter(cancelled_at=None).select_related("organiser", "series__first")
    rows = list(soon.order_by("starts_at", "pk"))
    plans = Assessment.objects.select_related("activity").of_each(rows)
    found = rounds.rounds_of(set(plans.values()))
    return sum(_warn(row, found[plans[row.pk].pk] if row.pk in plans else None, now) for row in rows)


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


def _warn(activity: Activity, found: Round | None, now: datetime) -> int:
    if is_settled(found, activity):
        return 0
    return sum(_tell(activity, person, to, now) for person, to in _readers(activity, found, now))


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
def _tell(activity: Activity, person: Person, to: str, now: datetime) -> int:
    assert activity.starts_at is not None
    day = _day(activity.starts_at)
    _row, made = StartWarning.objects.get_or_create(
        activity=activity, starts_on=day, person=person, defaults={"at": now}
    )
    if not made:
        return 0
    outbox.queue(
        KIND, to=to, person_id=person.pk, about_id=activity.pk, path=f"activities/{activity.pk}/", day=day
    )
    audit.record("start_warned", by=audit.Other.SYSTEM, about=activity, person=str(person.pk))
    return 1
