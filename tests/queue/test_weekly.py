"""Your week: once a week and person, on Monday morning, with numbers and nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from concerns.services import weekly
from concerns.services.raising import Raised, raise_concern
from safeguarding import audit, clock, context
from safeguarding.contacts.hours import Hours, zone
from safeguarding.contacts.models import Contact, ContactKind, Holiday, WorkingDay
from safeguarding.outbox import OutboxMessage
from tests.cast import Cast, contact, person

pytestmark = pytest.mark.django_db

MONDAY_NINE = datetime(2026, 11, 23, 9, tzinfo=UTC)


def office_hours() -> None:
    WorkingDay.objects.all().delete()
    for weekday in range(5):
        WorkingDay.objects.create(weekday=weekday, starts=time(9), ends=time(17))


def send(at: datetime) -> int:
    with context.system(), clock.at(at):
        return weekly.send_due(now=at)


def test_it_comes_to_lead_and_deputy_even_when_nothing_waits(cast: Cast) -> None:
    office_hours()

    assert send(MONDAY_NINE - timedelta(minutes=1)) == 0
    assert send(MONDAY_NINE) == 2
    addresses = OutboxMessage.objects.values_list("to", flat=True)
    assert sorted(addresses) == ["dara@example.org", "lena@example.org"]


def test_it_comes_once_a_week(cast: Cast) -> None:
    office_hours()

    sent = [send(MONDAY_NINE + timedelta(hours=n)) for n in range(7 * 24)]

    assert sent == [2] + [0] * (7 * 24 - 1)
    assert send(MONDAY_NINE + timedelta(days=7)) == 2


def test_a_holiday_moves_it_to_the_next_working_day(cast: Cast) -> None:
    office_hours()
    Holiday.objects.create(day=date(2026, 11, 23), name="A day off")
    send(MONDAY_NINE - timedelta(days=1))

    assert send(MONDAY_NINE + timedelta(hours=5)) == 0
    assert send(MONDAY_NINE + timedelta(days=1)) == 2


@pytest.mark.parametrize(
    ("week", "opening"),
    [
        (date(2026, 3, 23), datetime(2026, 3, 23, 9, tzinfo=UTC)),
        (date(2026, 3, 30), datetime(2026, 3, 30, 8, tzinfo=UTC)),  # after the change to summer time
        (date(2026, 10, 19), datetime(2026, 10, 19, 8, tzinfo=UTC)),
        (date(2026, 10, 26), datetime(2026, 10, 26, 9, tzinfo=UTC)),
    ],
)
def test_monday_morning_is_londons(week: date, opening: datetime) -> None:
    times = Hours(week=dict.fromkeys(range(5), (time(9), time(17))), holidays=frozenset(), zone=zone())

    for hours in (0, 30, 100, 150):
        assert weekly.week_of(opening + timedelta(hours=hours), times)[1] == opening
    assert weekly.week_of(opening, times)[0] == week


def test_without_working_days_it_comes_at_nine() -> None:
    never = Hours(week={}, holidays=frozenset(), zone=zone())

    assert weekly.week_of(MONDAY_NINE, never) == (date(2026, 11, 23), MONDAY_NINE)


def test_it_counts_only_what_this_person_may_see(cast: Cast) -> None:
    with clock.at(MONDAY_NINE - timedelta(days=2)):
        for kept_out in ([], [cast.lead], [cast.lead, cast.deputy]):
            raised = Raised(words="A canary sang.", kept_out=kept_out)
            raise_concern(raised=raised, by=audit.Other.REPORTER)

    with context.system():
        lead, deputy = (weekly.counts(p, MONDAY_NINE) for p in (cast.lead, cast.deputy))
    expected = dict.fromkeys(("replies", "steps_due", "second_looks", "closed"), 0)
    assert lead == expected | dict.fromkeys(("raised", "waiting", "overdue", "open"), 1)
    assert deputy == expected | dict.fromkeys(("raised", "waiting", "overdue", "open"), 2)


def test_it_prints_the_head_of_the_audit_chain(cast: Cast) -> None:
    audit.record("something", by=audit.Other.SYSTEM)
    seq, digest = audit.head()

    send(MONDAY_NINE)

    first = OutboxMessage.objects.filter(kind="your_week").order_by("created_at", "to")
    assert any(f"{seq}\n{digest}" in (mail.text or "") for mail in first)
    with context.system():
        assert audit.contains(seq, digest)


def test_someone_inactive_gets_none(cast: Cast) -> None:
    cast.deputy.is_active = False
    cast.deputy.save(update_fields=["is_active"])

    send(MONDAY_NINE)

    assert [mail.to for mail in OutboxMessage.objects.all()] == ["lena@example.org"]


def test_a_new_deputy_begins_next_week(cast: Cast) -> None:
    send(MONDAY_NINE)
    contact(person("Della"), ContactKind.DEPUTY, valid_from=MONDAY_NINE + timedelta(days=1))

    assert send(MONDAY_NINE + timedelta(days=2)) == 0
    assert send(MONDAY_NINE + timedelta(days=7)) == 3


def test_an_unconfirmed_address_gets_none(cast: Cast) -> None:
    Contact.objects.update(confirmed_at=None)

    assert send(MONDAY_NINE) == 0
