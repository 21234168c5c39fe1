"""Reminders: content-free, once for each thing, at most one mail a week, and none for who wants none."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

import pytest
from django.db import connections
from django.test import Client

from riskassessment.enums import Place
from riskassessment.models import Assessment, Reminded
from riskassessment.services import actions, after, reminding
from riskassessment.services.reminding import AGAIN, ASKED_FOR, EVERY, SOON
from safeguarding import clock, context, looks, outbox
from safeguarding.outbox import OutboxMessage
from tests.after.conftest import DAY, NINE, give, given, held
from tests.cast import Cast
from tests.mail import Post

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
WEEK = timedelta(days=7)


def look(at: datetime) -> int:
    with context.system(), clock.at(at):
        return reminding.send_due(now=at)


def kinds() -> list[str]:
    found = OutboxMessage.objects.exclude(kind=actions.YOURS).order_by("created_at", "kind")
    return list(found.values_list("kind", flat=True))


def taken(assessment: Assessment, cast: Cast, what: str = "Ask for a room", *, days: int = 0) -> None:
    """Ceri's, accepted, due some days after DAY."""
    with clock.at(NINE - timedelta(days=60)):
        action = given(assessment, cast, cast.co_producer, what, by_when=DAY + timedelta(days=days))
        actions.accept(action=action, by=cast.co_producer)


def far(cast: Cast) -> Assessment:
    return held(cast, starts=NINE + timedelta(days=200))


def test_an_action_is_named_once_before_its_day_and_once_after(cast: Cast) -> None:
    taken(far(cast), cast)

    sent = {}
    for hours in range(-12 * 24, 30 * 24, 6):
        if look(NINE + timedelta(hours=hours)):
            sent[hours] = kinds()[-1]

    assert sent == {-SOON.days * 24: "action_due", 24: "action_due"}


def test_no_mail_goes_in_the_night(cast: Cast) -> None:
    taken(far(cast), cast)
    first = datetime.combine(DAY - SOON, time(8), UTC)  # nine o'clock of the site

    assert [look(first - timedelta(minutes=1)), look(first)] == [0, 1]


@pytest.mark.django_db(transaction=True)
def test_two_schedulers_at_once_send_one_mail(cast: Cast, post: Post) -> None:
    assessment = far(cast)
    for number in range(3):
        taken(assessment, cast, f"Thing {number}")
    OutboxMessage.objects.all().delete()

    def see(_number: int) -> int:
        try:
            return look(NINE)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        queued = sum(pool.map(see, range(8)))
    with context.system():
        outbox.send_due()

    assert (queued, post.recipients) == (1, ["ceri@example.org"])
    assert "Thing" not in post.mails[0].as_string()


def test_several_are_one_mail(cast: Cast) -> None:
    assessment = far(cast)
    for days in range(3):
        taken(assessment, cast, f"Thing {days}", days=days)

    assert look(NINE - timedelta(days=2)) == 1
    assert kinds() == ["actions_due"]


def test_nobody_gets_two_reminders_within_a_week(cast: Cast) -> None:
    assessment = far(cast)
    for days in range(20):
        taken(assessment, cast, f"Thing {days}", days=days)

    sent = [n for n in range(-10 * 4, 50 * 4) if look(NINE + timedelta(hours=6 * n))]

    apart = {timedelta(hours=6 * (b - a)) for a, b in pairwise(sent)}
    assert min(apart) >= EVERY
    assert Reminded.objects.filter(occasion__startswith="soon").count() == 20


def test_a_scheduler_that_slept_for_a_week_sends_what_it_missed_once(cast: Cast) -> None:
    taken(far(cast), cast)

    assert [look(NINE + WEEK), look(NINE + WEEK * 3)] == [1, 0]


def test_another_day_is_another_thing(cast: Cast) -> None:
    taken(far(cast), cast)
    look(NINE - SOON)
    with clock.at(NINE):
        action = cast.co_producer.actions.get()
        actions.change(action=action, by=cast.facilitator, version=1, by_when=DAY + timedelta(days=30))

    assert [look(NINE + WEEK), look(NINE + timedelta(days=30) - SOON)] == [0, 1]


@pytest.mark.parametrize("ending", ["done", "unmet", "declined"])
def test_what_is_done_or_stopped_is_not_reminded_of(ending: str, cast: Cast) -> None:
    taken(far(cast), cast)
    action, by = cast.co_producer.actions.get(), cast.co_producer
    if ending == "done":
        actions.finish(action=action, by=by)
    elif ending == "unmet":
        actions.say_unmet(action=action, by=by, why="No money.")
    else:
        actions.decline(action=action, by=by)

    assert look(NINE) == 0


def test_who_wants_no_reminders_gets_none_and_is_still_asked(cast: Cast, client_for: As) -> None:
    client_for(cast.co_producer).post("/actions/reminders/", {"wanted": "no"})
    assessment = far(cast)
    taken(assessment, cast)

    assert look(NINE) == 0
    assert OutboxMessage.objects.get().kind == actions.YOURS
    client_for(cast.co_producer).post("/actions/reminders/", {"wanted": "yes"})
    assert look(NINE) == 1


def test_looking_back_is_asked_for_twice_at_most(cast: Cast) -> None:
    held(cast)

    sent = [n for n in range(-8, 60 * 4) if look(NINE + timedelta(hours=6 * n))]

    assert sent == [4, (1 + AGAIN.days) * 4]  # the morning after, and a week later
    assert kinds() == ["after_due"] * 2


def test_nobody_is_asked_again_once_somebody_looked_back(cast: Cast) -> None:
    assessment = held(cast)
    give(assessment, cast, cast.deputy, Place.FACILITATES)
    sent = look(NINE + timedelta(days=1))
    with clock.at(NINE + timedelta(days=2)):
        after.write(activity=assessment.activity, by=cast.facilitator, version=0, uses={}, worked="Tea")

    assert (sent, look(NINE + timedelta(days=9))) == (2, 0)


def test_what_ended_long_ago_is_left_in_peace(cast: Cast) -> None:
    noon = NINE + timedelta(hours=3)
    held(cast, starts=noon)

    assert [look(noon + ASKED_FOR), look(noon + ASKED_FOR - timedelta(minutes=1))] == [0, 1]


def test_a_mail_says_nothing_of_what_it_is_about(cast: Cast) -> None:
    assessment = held(cast, title="Heron walk")
    taken(assessment, cast, "Feed the heron")
    look(NINE + timedelta(days=1))

    for mail in OutboxMessage.objects.all():
        assert "heron" not in f"{mail.subject}{mail.text}{mail.html}".lower()


def test_the_periodic_look_reminds(cast: Cast) -> None:
    taken(far(cast), cast)

    with clock.at(NINE):
        looks.periodic()

    assert kinds().count("action_due") == 1
