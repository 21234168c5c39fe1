"""Promises: whose they are, whether they take them on, asked about once on their day, and shown next time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connections
from django.test import Client

from reviews.models import Promise, ReviewCycle
from reviews.services import promising
from safeguarding import clock, context
from safeguarding.outbox import OutboxMessage
from tests.access.rows_cycles import a_cycle
from tests.cast import Cast
from tests.holding.conftest import PLAN, about, day_fields, held_by, out, today

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
LONDON = ZoneInfo("Europe/London")
MINE = "olu@example.org"


def promised(
    cycle: ReviewCycle, cast: Cast, words: str = "A version with pictures.", **owner: Any
) -> Promise:
    due_on = today() + timedelta(days=30)
    return promising.make(
        cycle=cycle, by=cast.co_producer, words=words, owner="one of us", due_on=due_on, **owner
    )


def on(day: date, hour: int = 10) -> int:
    with clock.at(datetime.combine(day, time(hour), LONDON)), context.system():
        return promising.send_due(now=clock.now())


def mails(kind: str) -> list[str]:
    return sorted(each.goes_to for each in OutboxMessage.objects.filter(kind=kind))


def text(client: Client, where: str) -> str:
    return " ".join(client.get(where).content.decode().split())


def test_a_promise_of_ones_own_is_taken_on_and_another_is_asked(cycle: ReviewCycle, cast: Cast) -> None:
    mine = promised(cycle, cast, person=cast.co_producer)
    theirs = promised(cycle, cast, person=cast.lead)
    outside = promised(cycle, cast, address=MINE)

    assert [each.accepted for each in (mine, theirs, outside)] == ["yes", "", ""]
    assert mails("promise_made") == [cast.lead.email, MINE]


@pytest.mark.clause("V2")
def test_its_owner_takes_it_on_or_not_by_their_own_link(cycle: ReviewCycle, cast: Cast) -> None:
    made = promised(cycle, cast, address=MINE)
    where = f"/promised/{promising.token_of(made.pk)}/"

    for answer in ("no", "yes"):
        assert Client().post(where, {"accepted": answer}).status_code == 302
        made.refresh_from_db()
        assert made.accepted == answer


def test_a_mail_says_nothing_of_what_is_promised(cycle: ReviewCycle, cast: Cast) -> None:
    made = promised(cycle, cast, address=MINE)
    on(made.due_on)

    for message in OutboxMessage.objects.filter(about_id=made.pk):
        assert "pictures" not in f"{message.subject} {message.text} {message.html}"
        assert f"/promised/{promising.token_of(made.pk)}/" in str(message.text)


def test_on_its_day_its_owner_is_asked_once(cycle: ReviewCycle, cast: Cast) -> None:
    made = promised(cycle, cast, person=cast.lead)

    asked = [on(made.due_on + timedelta(days=n)) for n in (-1, 0, 0, 1, 30)]

    assert asked == [0, 1, 0, 0, 0]
    assert mails("promise_due") == [cast.lead.email]


def test_nobody_is_asked_in_the_night(cycle: ReviewCycle, cast: Cast) -> None:
    made = promised(cycle, cast, person=cast.lead)

    assert on(made.due_on, hour=8) == 0


def test_an_owner_without_mail_is_asked_by_those_who_hold_it(cycle: ReviewCycle, cast: Cast) -> None:
    made = promised(cycle, cast)
    on(made.due_on)

    assert mails("promise_due") == sorted([cast.co_producer.email, cast.facilitator.email])


def test_what_was_not_taken_on_or_is_answered_is_not_asked_about(cycle: ReviewCycle, cast: Cast) -> None:
    refused, kept = promised(cycle, cast, person=cast.lead), promised(cycle, cast, person=cast.deputy)
    promising.accept(promise=refused, accepted="no")
    promising.say_kept(promise=kept, kept="kept")

    assert on(kept.due_on) == 0


@pytest.mark.django_db(transaction=True)
def test_two_schedulers_at_once_ask_once(cycle: ReviewCycle, cast: Cast) -> None:
    made = promised(cycle, cast, person=cast.lead)

    def scheduler(_number: int) -> int:
        try:
            return on(made.due_on)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        sent = list(pool.map(scheduler, range(2)))

    assert sum(sent) == 1
    assert mails("promise_due") == [cast.lead.email]


@pytest.mark.clause("V2", "8.e")
def test_the_next_review_reads_what_became_of_it(cast: Cast, cycle: ReviewCycle, client_for: As) -> None:
    before = held_by(a_cycle(days_ago=200), cast, cast.co_producer)
    made = promised(before, cast, person=cast.lead)
    other = promised(before, cast, words="A pause in each session.")
    promised(cycle, cast, words="Not of the last one.")
    given = {"kept": "partly", "words": "The first half is drawn."}
    promising.accept(promise=made, accepted="yes")
    Client().post(f"/promised/{promising.token_of(made.pk)}/", given)

    page = text(client_for(cast.deputy), f"/statement/reviews/{cycle.pk}/agenda/")

    assert list(promising.made_last(cycle)) == [made, other]
    last = page.partition("What we promised last time")[2].partition("The evidence in short")[0]
    assert "Kept in part." in last
    assert "The first half is drawn." in last
    assert "Nobody has said what became of it." in last
    assert "Not of the last one." not in last


@pytest.mark.clause("V4")
def test_what_is_promised_is_public_only_once_the_record_is_out(cast: Cast, cycle: ReviewCycle) -> None:
    before = held_by(a_cycle(days_ago=200), cast, cast.co_producer)
    made = promised(before, cast)

    unseen = list(promising.of_last(cycle))
    out(before, cast.co_producer)

    assert (unseen, list(promising.of_last(cycle))) == ([], [made])


def test_a_promise_is_written_down_by_who_holds_the_review(
    cycle: ReviewCycle, cast: Cast, client_for: As
) -> None:
    about(PLAN)
    where, days = f"/statement/reviews/{cycle.pk}/agenda/promise/", timedelta(days=30)
    given = {"words": "Pictures.", "owner": "one of us", **day_fields("due_on", today() + days)}

    past = client_for(cast.co_producer).post(where, given | day_fields("due_on", today()))
    both = client_for(cast.co_producer).post(where, given | {"person": cast.lead.pk, "address": MINE})
    client_for(cast.co_producer).post(where, given | {"address": MINE})

    assert "Choose a day that is still to come." in past.content.decode()
    assert "one of the two." in both.content.decode()
    made = Promise.objects.select_related("gathering__key").get()
    assert (made.words, made.owner, made.address) == ("Pictures.", "one of us", MINE)
