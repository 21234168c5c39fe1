"""Mails about challenges: each once, whatever slept meanwhile; correct when the clocks change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from reviews.models import Challenge, ChallengeReminded
from reviews.services import challenging, chasing
from reviews.weighing import Reply
from safeguarding import clock
from safeguarding.contacts.models import Contact
from safeguarding.outbox import OutboxMessage
from tests.cast import Cast
from tests.decisions.conftest import mails, said

pytestmark = [pytest.mark.django_db, pytest.mark.clause("8.e", "V0")]
LONDON = ZoneInfo("Europe/London")
SPRING, AUTUMN = date(2026, 3, 10), date(2026, 10, 10)  # 28 days on, the clocks have changed


def at(day: date, hour: int = 10, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), LONDON)


def raised(day: date, **more: Any) -> Challenge:
    with clock.at(at(day)):
        return said(**more)[0]


def look(days: Iterable[date], hours: Iterable[int] = (8, 9, 12, 23)) -> list[tuple[str, date, str]]:
    """Every mail that the scheduler queued on these days: what for, when, to whom."""
    for day in days:
        for hour in hours:
            with clock.at(at(day, hour)):
                chasing.send_due(now=clock.now())
    people = {m.person_id: m.to for m in OutboxMessage.objects.all()}
    rows = ChallengeReminded.objects.exclude(notice="raised").order_by("on", "pk")
    return [(row.notice, row.on, people[row.who]) for row in rows]


def from_to(first: date, last: date, step: int = 1) -> list[date]:
    return [first + timedelta(days=n) for n in range(0, (last - first).days + 1, step)]


@pytest.mark.parametrize("begins", [SPRING, AUTUMN, date(2028, 2, 10)])
def test_each_mail_goes_once_and_on_its_day(cast: Cast, begins: date) -> None:
    made = raised(begins)
    by = made.round.answer_by

    sent = look(from_to(begins, by + timedelta(days=60)))

    assert by == begins + timedelta(days=28)
    assert mails("challenge_waiting") == [cast.lead.email] * 2
    assert sent == [
        ("week", by - timedelta(days=7), cast.lead.email),
        ("late", by + timedelta(days=1), cast.deputy.email),
        ("late", by + timedelta(days=8), cast.alternate.email),
    ]


def test_no_reminder_leaves_in_the_night_when_the_clocks_changed(cast: Cast) -> None:
    by = raised(SPRING).round.answer_by  # in summer time: 08:30 UTC is 09:30 here
    day = by - timedelta(days=7)

    assert chasing.send_due(now=datetime.combine(day, time(7, 30), UTC)) == 0
    assert chasing.send_due(now=datetime.combine(day, time(8, 30), UTC)) == 1


def test_a_scheduler_that_slept_for_a_week_sends_the_newest_only(cast: Cast) -> None:
    by = raised(AUTUMN).round.answer_by
    awake = [
        *from_to(AUTUMN, by - timedelta(days=8)),
        *from_to(by + timedelta(days=2), by + timedelta(days=30)),
    ]

    sent = look(awake)

    assert sent == [
        ("late", by + timedelta(days=2), cast.deputy.email),
        ("late", by + timedelta(days=9), cast.alternate.email),
    ]


def test_one_that_slept_over_the_week_before_catches_up(cast: Cast) -> None:
    by = raised(AUTUMN).round.answer_by
    awake = from_to(by - timedelta(days=1), by + timedelta(days=1))

    assert [(notice, day) for notice, day, _to in look(awake)] == [
        ("week", by - timedelta(days=1)),
        ("late", by + timedelta(days=1)),
    ]


def test_an_answer_ends_the_mails_and_what_comes_again_begins_anew(cast: Cast) -> None:
    made = raised(AUTUMN)
    by = made.round.answer_by
    with clock.at(at(AUTUMN + timedelta(days=5))):
        challenging.answer(challenge=made, by=cast.lead, reply=Reply.CHANGE, words="Yes.")
    assert look(from_to(by - timedelta(days=7), by + timedelta(days=20), 3)) == []

    with clock.at(at(by + timedelta(days=21))):
        challenging.come_again(challenge=made, words="When?")
    again = by + timedelta(days=49)
    assert look(from_to(by + timedelta(days=21), again + timedelta(days=1)))[0] == (
        "week",
        again - timedelta(days=7),
        cast.lead.email,
    )


def test_what_waits_to_be_sent_is_taken_back_when_it_is_answered(cast: Cast) -> None:
    made = said()[0]

    challenging.answer(challenge=made, by=cast.deputy, reply=Reply.CHANGE, words="Yes.")

    assert set(OutboxMessage.objects.filter(about_id=made.pk).values_list("state", flat=True)) == {
        "withdrawn"
    }


def test_whoever_is_away_is_stepped_over(cast: Cast) -> None:
    Contact.objects.filter(person=cast.lead).update(away_until=clock.now() + timedelta(days=9))

    said()

    assert mails() == [cast.deputy.email]


def test_without_contacts_whoever_may_answer_is_told(cast: Cast) -> None:
    Contact.objects.all().delete()

    said(about=[cast.lead])

    assert set(mails()) == {cast.deputy.email, cast.alternate.email, cast.administrator.email}
