"""The ladder: who is told next, when, once, and why; and that it stops."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

import pytest

from concerns.enums import HowSoon, Step, Under18
from concerns.models import Concern, Telling
from concerns.services import delivery, escalation
from concerns.services.raising import Involved, Raised, raise_concern
from concerns.services.triage import acknowledge
from safeguarding import audit, clock, context, looks, outbox
from safeguarding.contacts.models import Contact, ContactKind, WorkingDay
from safeguarding.outbox import MessageState, OutboxMessage
from tests.cast import Cast, contact, person
from tests.mail import Post

pytestmark = [pytest.mark.django_db, pytest.mark.clause("7.0c"), pytest.mark.clause("V0")]

MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def raised(at: datetime = MONDAY, **answers: object) -> Concern:
    """A concern with its first mails sent, unless told otherwise."""
    answers = {"words": "A canary sang.", "how_soon": HowSoon.TODAY} | answers
    with clock.at(at):
        return raise_concern(raised=Raised(**answers), by=audit.Other.REPORTER)  # type: ignore[arg-type]


def look(at: datetime) -> int:
    with context.system(), clock.at(at):
        return escalation.escalate_due(now=at)


def told(*steps: Step) -> list[tuple[str, str]]:
    """Who was told at which step, in the order of telling."""
    with context.system():
        rows = Telling.objects.select_related("contact").order_by("at", "contact__name")
        return [(t.contact.name, t.step) for t in rows if not steps or t.step in steps]


def bounce(name: str) -> None:
    """The newest message to somebody is refused for good."""
    with context.system():
        newest = OutboxMessage.objects.filter(to=f"{name}@example.org").order_by("-created_at").first()
        assert newest is not None
        gone = {"state": MessageState.NOT_DELIVERED, "ended_at": newest.created_at}
        OutboxMessage.objects.filter(pk=newest.pk).update(**gone)


FIRST = [("Dara", Step.FIRST), ("Lena", Step.FIRST)]
DEPUTY, ALTERNATE = ("Dara", Step.DEPUTY), ("Alex", Step.ALTERNATE)
OUTSIDE = ("The outside office", Step.OUTSIDE)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (2 * HOUR - MINUTE, FIRST),
        (2 * HOUR, [*FIRST, DEPUTY]),
        (4 * HOUR - MINUTE, [*FIRST, DEPUTY]),
        (4 * HOUR, [*FIRST, DEPUTY, ALTERNATE]),
        (6 * HOUR, [*FIRST, DEPUTY, ALTERNATE, OUTSIDE]),
        (timedelta(days=30), [*FIRST, DEPUTY, ALTERNATE, OUTSIDE]),
    ],
)
def test_the_ladder_goes_up_a_rung_each_two_hours(
    cast: Cast, after: timedelta, expected: list[tuple[str, str]]
) -> None:
    raised()

    for minutes in range(0, int(min(after, 7 * HOUR).total_seconds() / 60) + 1, 20):
        look(MONDAY + minutes * MINUTE)
    look(MONDAY + after)

    assert told() == expected


def test_each_is_told_once_however_often_we_look(cast: Cast) -> None:
    raised()

    for _ in range(3):
        for hours in (2, 4, 6, 8):
            look(MONDAY + hours * HOUR)

    assert told() == [*FIRST, DEPUTY, ALTERNATE, OUTSIDE]
    assert OutboxMessage.objects.count() == 5


def test_it_stops_the_moment_someone_acknowledges(cast: Cast) -> None:
    concern = raised()
    look(MONDAY + 2 * HOUR)
    with context.person(cast.deputy), clock.at(MONDAY + 3 * HOUR):
        acknowledge(concern=concern, by=cast.deputy)

    for hours in (4, 6, 48):
        look(MONDAY + hours * HOUR)

    assert told() == [*FIRST, DEPUTY]
    assert set(OutboxMessage.objects.values_list("state", flat=True)) == {MessageState.WITHDRAWN}
    assert OutboxMessage.objects.exclude(text_sealed=None).count() == 0


@pytest.mark.parametrize(
    ("answers", "due"),
    [
        ({"how_soon": HowSoon.TODAY}, MONDAY + 2 * HOUR),
        ({"how_soon": HowSoon.NOT_SURE}, MONDAY + 2 * HOUR),
        ({"how_soon": HowSoon.NO_RUSH, "under_18": Under18.YES}, MONDAY + 2 * HOUR),
        ({"how_soon": HowSoon.THIS_WEEK}, MONDAY + 24 * HOUR),
        ({"how_soon": HowSoon.NO_RUSH, "under_18": Under18.NOT_SURE}, MONDAY + 24 * HOUR),
    ],
)
def test_the_first_reminder_comes_when_its_time_is_over(
    cast: Cast, answers: dict[str, object], due: datetime
) -> None:
    raised(MONDAY, **answers)

    assert look(due - MINUTE) == 0
    assert look(due) == 1


def test_outside_hours_the_ladder_waits_for_the_opening(cast: Cast) -> None:
    WorkingDay.objects.all().delete()
    for weekday in range(5):
        WorkingDay.objects.create(weekday=weekday, starts=time(9), ends=time(17))
    raised(datetime(2026, 11, 27, 16, tzinfo=UTC))  # a Friday

    assert look(datetime(2026, 11, 30, 9, 59, tzinfo=UTC)) == 0
    assert look(datetime(2026, 11, 30, 10, tzinfo=UTC)) == 1
    assert look(datetime(2026, 11, 30, 12, tzinfo=UTC)) == 1


def test_someone_away_is_passed_over_and_takes_no_time(cast: Cast) -> None:
    Contact.objects.filter(kind=ContactKind.DEPUTY).update(away_until=MONDAY + timedelta(days=9))
    raised()

    look(MONDAY + 2 * HOUR)

    assert told() == [("Lena", Step.FIRST), ALTERNATE]


def test_who_comes_back_is_told_of_what_still_waits(cast: Cast) -> None:
    Contact.objects.filter(kind=ContactKind.DEPUTY).update(away_until=MONDAY + 3 * HOUR)
    raised()
    look(MONDAY + 2 * HOUR)

    look(MONDAY + 3 * HOUR)

    assert told() == [("Lena", Step.FIRST), ALTERNATE, DEPUTY]


def test_someone_kept_out_is_never_told(cast: Cast) -> None:
    raised(kept_out=[cast.deputy], involved=[Involved("Alex", "involved", person=cast.alternate)])

    for hours in range(0, 12, 2):
        look(MONDAY + hours * HOUR)

    assert told() == [("Lena", Step.FIRST), OUTSIDE]
    assert list(OutboxMessage.objects.values_list("to", flat=True).order_by("to")) == [
        "lena@example.org",
        "outside@example.org",
    ]


@pytest.mark.clause("8.d")
def test_when_the_lead_is_the_one_it_is_about_the_ladder_goes_round_them(cast: Cast) -> None:
    """The alternate was told when it was raised, so the outside contact is next after the deputy."""
    raised(involved=[Involved("Lena", "involved", person=cast.lead)])

    for hours in (2, 4, 6):
        look(MONDAY + hours * HOUR)

    assert told() == [("Alex", Step.ALTERNATE), ("Dara", Step.FIRST), DEPUTY, OUTSIDE]


def test_nobody_left_but_outside_is_told_at_once_and_never_again(cast: Cast) -> None:
    raised(kept_out=[cast.lead, cast.deputy, cast.alternate])

    for hours in (2, 4, 6):
        look(MONDAY + hours * HOUR)

    assert told() == [OUTSIDE]


def test_with_no_deputy_the_alternate_is_next(cast: Cast) -> None:
    Contact.objects.filter(kind=ContactKind.DEPUTY).update(valid_to=MONDAY - HOUR)
    raised()

    look(MONDAY + 2 * HOUR)

    assert told() == [("Lena", Step.FIRST), ALTERNATE]


def test_all_deputies_are_reminded_together(cast: Cast) -> None:
    contact(person("Della"), ContactKind.DEPUTY, order=2)
    raised()

    look(MONDAY + 2 * HOUR)

    assert told(Step.DEPUTY) == [("Dara", Step.DEPUTY), ("Della", Step.DEPUTY)]


def test_a_long_silence_of_the_scheduler_is_made_up_for_once(cast: Cast) -> None:
    raised()

    look(MONDAY + 10 * HOUR)
    look(MONDAY + 10 * HOUR)

    assert sorted(told()) == sorted([*FIRST, DEPUTY, ALTERNATE, OUTSIDE])


@pytest.mark.parametrize("jump", [timedelta(days=1), timedelta(days=-1)])
def test_a_clock_that_jumps_a_day_tells_each_once(cast: Cast, jump: timedelta) -> None:
    raised()

    moments = [MONDAY + n * HOUR for n in range(3)]
    moments += [MONDAY + 3 * HOUR + jump, MONDAY + 3 * HOUR + jump + 20 * MINUTE]
    moments += [MONDAY + n * HOUR for n in range(3, 9)]
    for moment in moments:
        look(moment)

    assert sorted(told()) == sorted([*FIRST, DEPUTY, ALTERNATE, OUTSIDE])


@pytest.mark.parametrize(
    "night", [datetime(2026, 3, 29, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)]
)
def test_in_the_nights_that_change_the_clock_each_is_told_once_and_in_time(
    cast: Cast, night: datetime
) -> None:
    """01:30 in London on 29 March 2026 does not exist, and on 25 October it comes twice."""
    raised(night - timedelta(hours=1))

    seen: dict[tuple[str, str], datetime] = {}
    for minutes in range(0, 8 * 60, 10):
        look(night - HOUR + minutes * MINUTE)
        for each in told():
            seen.setdefault(each, night - HOUR + minutes * MINUTE)

    assert len(told()) == len(set(told())) == 5
    begin = night - HOUR
    late = [seen[step] - begin - n * HOUR for step, n in ((DEPUTY, 2), (ALTERNATE, 4), (OUTSIDE, 6))]
    assert all(timedelta(0) <= by <= 20 * MINUTE for by in late)


def test_a_mail_that_came_back_makes_the_next_message_due_at_once(cast: Cast) -> None:
    raised()
    bounce("lena")

    assert look(MONDAY + MINUTE) == 1
    assert told(Step.DEPUTY) == [DEPUTY]
    assert look(MONDAY + 2 * MINUTE) == 0
    assert look(MONDAY + 2 * HOUR) == 1  # the deputy had the two hours; now the alternate
    assert told()[-1] == ALTERNATE


def test_when_every_mail_comes_back_the_ladder_is_climbed_at_once(cast: Cast) -> None:
    raised()
    for name in ("lena", "dara"):
        bounce(name)

    look(MONDAY + MINUTE)
    assert told()[-1] == ALTERNATE
    bounce("alex")
    look(MONDAY + 2 * MINUTE)

    assert told() == [*FIRST, ALTERNATE, OUTSIDE]


def test_an_address_that_was_mended_is_tried_again(cast: Cast) -> None:
    raised()
    bounce("dara")
    Contact.objects.filter(kind=ContactKind.DEPUTY).update(email="dara.new@example.org")

    look(MONDAY + 2 * HOUR)

    assert OutboxMessage.objects.filter(to="dara.new@example.org", kind="concern_reminder").count() == 1


def test_the_reminder_says_which_and_why(cast: Cast) -> None:
    concern = raised()

    look(MONDAY + 2 * HOUR)

    reminder = OutboxMessage.objects.get(kind="concern_reminder")
    assert reminder.subject == "Something still waits for you"
    assert concern.reference in (reminder.text or "")
    assert "Nobody has said yet that they have it" in (reminder.text or "")
    assert "you are a deputy lead" in (reminder.text or "")


def test_the_alternate_learns_that_it_comes_to_them(cast: Cast) -> None:
    raised()

    for hours in (2, 4):
        look(MONDAY + hours * HOUR)

    passed_on = OutboxMessage.objects.get(kind="concern_passed_on")
    assert passed_on.to == "alex@example.org"
    assert "nobody has said in time" in (passed_on.text or "")


def test_an_escalation_leaves_an_audit_row_without_words(cast: Cast) -> None:
    concern = raised()

    look(MONDAY + 2 * HOUR)

    row = audit.AuditEntry.objects.get(verb="escalated")
    assert row.about_id == concern.pk
    assert row.facts == {"steps": ["deputy"], "why": ["not_in_time"], "told": 1}


def test_one_concern_that_fails_does_not_silence_the_others(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = raised(), raised(MONDAY + MINUTE)
    real = escalation.next_to_tell

    def sometimes(
        story: escalation.Story, standing: Sequence[Contact], now: datetime
    ) -> list[escalation.Next]:
        if story.times[0] == bad.acknowledge_by:
            raise ValueError
        return real(story, standing, now)

    monkeypatch.setattr(escalation, "next_to_tell", sometimes)
    look(MONDAY + 3 * HOUR)

    with context.system():
        assert {t.concern_id for t in Telling.objects.filter(step=Step.DEPUTY)} == {good.pk}


@pytest.mark.parametrize("number", [1, 3])
def test_a_look_costs_the_same_for_one_and_for_three(
    cast: Cast, number: int, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    for n in range(number):
        raised(MONDAY + n * MINUTE)
    look(MONDAY + 24 * HOUR)

    with context.system(), django_assert_num_queries(8):  # type: ignore[operator]
        escalation.escalate_due(now=MONDAY + 25 * HOUR)


@pytest.mark.django_db(transaction=True)
def test_a_refused_mail_alarms_and_tells_the_next_person_in_the_same_look(cast: Cast, post: Post) -> None:
    post.refuse = {"lena@example.org": "550 no such person"}
    raise_concern(raised=Raised(words="x", how_soon=HowSoon.TODAY), by=audit.Other.REPORTER)

    looks.send_mail()
    looks.send_mail()

    assert post.recipients == ["ada@example.org", "dara@example.org", "dara@example.org", "dara@example.org"]
    subjects = sorted(mail["Subject"] for mail in post.mails)
    alarm = "A message could not be delivered"
    assert subjects == [alarm, alarm, "Something is waiting for you", "Something still waits for you"]


def test_an_alarm_goes_to_those_who_can_mend_it_and_to_nobody_kept_out(cast: Cast) -> None:
    raised(kept_out=[cast.deputy])
    bounce("lena")

    with context.system():
        assert delivery.alarm_due(now=MONDAY) == 1
        assert delivery.alarm_due(now=MONDAY) == 0

    alarms = OutboxMessage.objects.filter(kind="not_delivered")
    assert [alarm.to for alarm in alarms] == ["ada@example.org"]


def test_nine_hundred_refusals_are_one_alarm_an_hour(cast: Cast) -> None:
    with context.system():
        for n in range(30):
            message = outbox.queue_rendered("x", ["s", "t", ""], to=f"p{n}@example.org")
            gone = {"state": MessageState.NOT_DELIVERED, "ended_at": MONDAY}
            OutboxMessage.objects.filter(pk=message.pk).update(**gone)
        delivery.alarm_due(now=clock.now())

    assert OutboxMessage.objects.filter(kind="not_delivered").count() == 3


def test_an_alarm_that_is_refused_raises_no_other(cast: Cast) -> None:
    with context.system():
        message = outbox.queue("not_delivered", to="ada@example.org")
        gone = {"state": MessageState.NOT_DELIVERED, "ended_at": MONDAY}
        OutboxMessage.objects.filter(pk=message.pk).update(**gone)
        delivery.alarm_due(now=clock.now())

    assert OutboxMessage.objects.count() == 1
