"""Clocks that jump a day, in the two nights that change the hour, under the real processes (fault 43).

The time is the database's: the clock of the other processes may jump alone, or all clocks together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from concerns.enums import HowSoon, Step
from concerns.models import Telling
from concerns.services.raising import Raised, raise_concern
from safeguarding import audit, clock, context
from safeguarding.outbox import OutboxMessage
from tests.cast import make_cast
from tests.faults.fake_clock import SEEN_AFTER, FakeClock, jump, set_to
from tests.mail import Post
from tests.servers import OwnDatabase, Place, Redis, a_database_of_its_own, an_open_folder, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.clause("7.0c")]
MARCH = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)  # 01:30 is the next to come in London, and never does
OCTOBER = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # 01:30 in London, for the first time of two
DAY, HOUR, MINUTE, SECOND = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)
LADDER = [Step.DEPUTY, Step.ALTERNATE, Step.OUTSIDE]
FIRST, REMINDER, PASSED_ON = (
    "Something is waiting for you",
    "Something still waits for you",
    "Something was passed on to you",
)
EACH_ONCE = {
    ("lena@example.org", FIRST): 1,
    ("dara@example.org", FIRST): 1,
    ("dara@example.org", REMINDER): 1,
    ("alex@example.org", PASSED_ON): 1,
    ("outside@example.org", PASSED_ON): 1,
}


class Night:
    """A database on one clock, and the other processes on another."""

    def __init__(self, place: Place, theirs: FakeClock, ours: FakeClock, post: Post) -> None:
        self.place, self.theirs, self.ours, self.post = place, theirs, ours, post

    def begin(self, moment: datetime) -> None:
        """Everything runs, and the mail server takes nothing yet."""
        set_to(moment, self.theirs, self.ours)
        make_cast()
        self.post.answer = lambda envelope: "451 not now"
        self.place.worker(processes=1)
        self.place.beat()
        self.place.dispatch()

    def raise_one(self) -> datetime:
        """When, by the database, after it was tried in vain to mail it, and while no mail is on its way.

        A mail on its way when the clock is set back looks forgotten, and is rightly sent twice.
        """
        raise_concern(raised=Raised(words="x", how_soon=HowSoon.TODAY), by=audit.Other.REPORTER)
        raised_at = clock.now()
        wait_until(lambda: resting() == 2, seconds=90)
        return raised_at

    def take_mail(self) -> None:
        """What was written before the jump arrives; nobody waits a day for it."""
        self.post.answer = lambda envelope: "250 kept"
        wait_until(lambda: self.arrived(FIRST) == 2, seconds=60)

    def begun_anew(self) -> datetime:
        """When a look saw that the clock was set back; two hours do not pass here without a look."""
        seen = audit.AuditEntry.objects.filter(verb="time_begun_anew")
        wait_until(seen.exists, seconds=60, every=0.2)
        return seen.get().at

    def arrived(self, subject: str) -> int:
        return sum(mail["Subject"] == subject for mail in self.post.mails)

    def pass_time(self, hours: int) -> None:
        """Hours that pass, and not a fault: no mail takes hours to send, so none may be on its way."""
        self.all_sent()
        jump(hours * HOUR, self.theirs, self.ours)

    def all_sent(self) -> None:
        wait_until(lambda: not OutboxMessage.objects.filter(state="queued").exists(), seconds=60)

    def wait_for(self, steps: Sequence[Step]) -> None:
        wait_until(lambda: [step for step, _at in told()] == steps, seconds=90, every=0.2)

    def is_over(self) -> None:
        """Every mail has gone, and two more looks tell nobody anything."""
        self.all_sent()
        self.place.look_now()
        self.place.look_now()
        assert [step for step, _at in told()] == LADDER
        mails = Counter((mail["To"], mail["Subject"]) for mail in self.post.mails)
        assert {mail: times for mail, times in mails.items() if mail[1] != "Your week"} == EACH_ONCE


def resting() -> int:
    """How many mails were tried in vain, and are not tried again before every process saw the clock jump."""
    tried = OutboxMessage.objects.filter(attempts__gt=0, leased_until=None)
    return tried.filter(due_at__gt=clock.now() + 2 * SEEN_AFTER * SECOND).count()


def told() -> list[tuple[str, datetime]]:
    with context.system():
        rows = Telling.objects.exclude(step=Step.FIRST).order_by("at")
        return [(row.step, row.at) for row in rows]


def told_in_time(begun: datetime) -> bool:
    """Each rung after two hours more, by the database, and at most two hours late."""
    late = [at - begun - 2 * n * HOUR for n, (_step, at) in enumerate(told(), start=1)]
    return all(-MINUTE < by < 2 * HOUR for by in late)


@pytest.fixture
def folder() -> Iterator[Path]:
    with an_open_folder() as made:
        yield made


@pytest.fixture
def theirs(folder: Path) -> FakeClock:
    return FakeClock(folder / "database")


@pytest.fixture
def database(theirs: FakeClock, clone: object, db: None) -> Iterator[OwnDatabase]:
    with a_database_of_its_own(theirs.environment) as made, made.in_use():
        yield made


@pytest.fixture
def night(
    folder: Path, theirs: FakeClock, database: OwnDatabase, redis_server: Redis, post: Post, tmp_path: Path
) -> Iterator[Night]:
    ours = FakeClock(folder / "ours")
    place = Place(tmp_path, database.url, f"smtp://127.0.0.1:{settings.EMAIL_PORT}", redis_server.url)
    place.extra = ours.environment
    yield Night(place, theirs, ours, post)
    place.stop_all()


@pytest.mark.parametrize(("start", "by"), [(OCTOBER, DAY), (MARCH, -DAY)])
def test_when_only_our_clock_jumps_the_ladder_is_climbed_in_time(
    night: Night, start: datetime, by: timedelta
) -> None:
    night.begin(start)
    raised_at = night.raise_one()

    jump(by, night.ours)

    night.take_mail()
    for number in range(len(LADDER)):
        night.pass_time(2)
        night.wait_for(LADDER[: number + 1])
    night.is_over()
    assert told_in_time(raised_at)


def test_when_all_clocks_jump_ahead_everybody_is_told_at_once(night: Night) -> None:
    night.begin(MARCH - DAY)
    night.raise_one()

    jump(DAY, night.theirs, night.ours)

    night.take_mail()
    night.wait_for(LADDER)
    night.is_over()
    assert MARCH < clock.now() < MARCH + 2 * HOUR


def test_when_all_clocks_are_set_back_nobody_waits_a_day(night: Night) -> None:
    night.begin(OCTOBER + DAY)
    night.raise_one()

    jump(-DAY, night.theirs, night.ours)

    night.take_mail()
    begun = night.begun_anew()
    for number in range(len(LADDER)):
        night.pass_time(2)
        night.wait_for(LADDER[: number + 1])
    night.is_over()
    assert told_in_time(begun)
