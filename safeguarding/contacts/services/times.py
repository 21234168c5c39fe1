"""Working hours and days off: what time counts as time to answer in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time

from django.db import transaction

from safeguarding import audit
from safeguarding.contacts.models import Holiday, WorkingDay
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, authorise

Week = Mapping[int, tuple[time, time]]


@transaction.atomic
def set_week(*, by: Person, week: Week) -> None:
    """The whole week at once; a day that is not in it is a day off. The audit keeps the hours as they were."""
    authorise(by, Verb.MANAGE_CONTACTS)
    before = {day.weekday: (day.starts, day.ends) for day in WorkingDay.objects.select_for_update()}
    if before == week:
        return
    WorkingDay.objects.exclude(weekday__in=week).delete()
    for weekday, (starts, ends) in week.items():
        WorkingDay.objects.update_or_create(weekday=weekday, defaults={"starts": starts, "ends": ends})
    audit.record("hours_changed", by=by, before=_plain(before), after=_plain(week))


def _plain(week: Week) -> dict[str, str]:
    return {str(day): f"{starts:%H:%M}-{ends:%H:%M}" for day, (starts, ends) in sorted(week.items())}


@transaction.atomic
def add_holiday(*, by: Person, day: date, name: str) -> None:
    """The same day again gets the new name."""
    authorise(by, Verb.MANAGE_CONTACTS)
    Holiday.objects.update_or_create(day=day, defaults={"name": name})
    audit.record("holiday_added", by=by, day=day.isoformat())


@transaction.atomic
def remove_holiday(*, by: Person, day: date) -> None:
    """Twice is once."""
    authorise(by, Verb.MANAGE_CONTACTS)
    removed, _kinds = Holiday.objects.filter(day=day).delete()
    if removed:
        audit.record("holiday_removed", by=by, day=day.isoformat())
