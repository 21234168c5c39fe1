"""After the clock was set back a day, nothing waits for the old time to come again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from concerns.enums import HowSoon, Step
from concerns.models import Concern, Telling
from concerns.services import escalation
from concerns.services.raising import Raised, raise_concern
from concerns.services.records import ask_for_record
from safeguarding import audit, clock, context, heartbeat, leases, outbox
from safeguarding.exports import Export
from safeguarding.outbox import OutboxMessage
from tests.cast import Cast
from tests.mail import Post

pytestmark = [pytest.mark.django_db, pytest.mark.clause("7.0c")]
BEFORE = datetime(2026, 11, 24, 10, tzinfo=UTC)
NOW, HOUR = BEFORE - timedelta(days=1), timedelta(hours=1)


def message(at: datetime = BEFORE) -> OutboxMessage:
    with context.system(), clock.at(at):
        return outbox.queue_rendered("x", ["s", "t", ""], to="lena@example.org")


def is_due(now: datetime) -> bool:
    return OutboxMessage.objects.due(now).exists()


def raised(at: datetime = BEFORE) -> Concern:
    with clock.at(at):
        return raise_concern(raised=Raised(words="x", how_soon=HowSoon.TODAY), by=audit.Other.REPORTER)


def look(at: datetime) -> list[str]:
    """The steps told by then."""
    with context.system(), clock.at(at):
        escalation.escalate_due(now=at)
        steps = Telling.objects.exclude(step=Step.FIRST).order_by("at").values_list("step", flat=True)
        return list(steps)


def test_a_mail_of_before_goes_now() -> None:
    message()

    assert is_due(NOW)


def test_a_wait_from_before_is_over() -> None:
    message()
    OutboxMessage.objects.update(attempts=3, due_at=BEFORE + outbox.LONGEST_RETRY)

    assert is_due(NOW)


def test_a_lease_of_before_holds_nothing() -> None:
    message()
    OutboxMessage.objects.update(attempts=1, due_at=NOW, leased_until=BEFORE + leases.LEASE)

    assert is_due(NOW)


@pytest.mark.django_db(transaction=True)
def test_what_is_not_taken_waits_as_long_as_ever(post: Post) -> None:
    post.answer = lambda envelope: "451 not now"
    message()

    with context.system(), clock.at(NOW):
        tried = outbox.send_due()

    assert (tried, is_due(NOW), is_due(NOW + outbox.FIRST_RETRY)) == (1, False, True)


@pytest.mark.parametrize("leased_until", [NOW, NOW + leases.LEASE])
def test_a_lease_of_now_holds(leased_until: datetime) -> None:
    message(NOW)
    OutboxMessage.objects.update(attempts=1, leased_until=leased_until)

    assert not is_due(NOW)


@pytest.mark.parametrize(("leased_until", "due"), [(BEFORE, True), (NOW + leases.LEASE, False)])
def test_a_copy_whose_maker_died_before_is_made(cast: Cast, leased_until: datetime, due: bool) -> None:
    with context.person(cast.lead):
        ask_for_record(concern=raised(), by=cast.lead, purpose="look")
    with context.system():
        Export.objects.update(leased_until=leased_until)

        assert Export.objects.due(NOW).exists() is due


@pytest.mark.parametrize(
    ("off", "fresh"), [(timedelta(0), True), (timedelta(seconds=89), True), (timedelta(days=1), False)]
)
def test_a_beat_from_the_future_is_no_sign_of_life(off: timedelta, fresh: bool) -> None:
    with clock.at(NOW + off):
        heartbeat.beat("scheduler")

    assert heartbeat.is_fresh("scheduler", NOW) is fresh


def test_the_ladder_is_climbed_in_time_by_the_new_clock(cast: Cast) -> None:
    raised()
    told = [look(NOW + n * HOUR) for n in range(8)]

    assert [len(steps) for steps in told] == [0, 0, 1, 1, 2, 2, 3, 3]
    assert told[-1] == [Step.DEPUTY, Step.ALTERNATE, Step.OUTSIDE]


def test_its_time_begins_anew_once(cast: Cast) -> None:
    concern = raised()
    for n in range(2):
        look(NOW + n * HOUR)

    with context.system():
        concern.refresh_from_db()
    assert concern.acknowledge_by == NOW + 2 * HOUR
    assert audit.AuditEntry.objects.filter(verb="time_begun_anew").count() == 1


def test_two_clocks_a_little_apart_change_nothing(cast: Cast) -> None:
    concern = raised()
    look(BEFORE - timedelta(minutes=4))

    with context.system():
        concern.refresh_from_db()
    assert concern.acknowledge_by == BEFORE + 2 * HOUR
