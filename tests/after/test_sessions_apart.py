"""Each session of a series has its own day and its own looking back; they share one plan and one key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client

from riskassessment import looking_back, needs, today
from riskassessment.enums import Place, Rhythm
from riskassessment.looking_back import FEW
from riskassessment.models import (
    Activity,
    Aftercare,
    AfterReview,
    Assessment,
    Missed,
    Voice,
)
from riskassessment.services import activities, after, assessing, checking, reminding, series, the_day
from safeguarding import clock, context, crypto
from safeguarding.outbox import OutboxMessage
from safeguarding.people.models import Person
from safeguarding.permissions import Role
from tests.after.conftest import NINE, give, held, worried
from tests.after.test_the_day import ONCE, PAUSE
from tests.cast import Cast, person
from tests.planning.conftest import contributed, planned

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
WEEK = timedelta(days=7)


def weekly(cast: Cast, starts: datetime | None = None) -> tuple[Assessment, list[Activity]]:
    """A plan and three sessions of two hours, a week apart; the third is over since yesterday."""
    begins = starts or clock.now() - timedelta(days=15, hours=3)
    with clock.at(begins - timedelta(hours=1)):
        plan = held(cast, starts=begins)
        made = series.begin(activity=plan.activity, by=cast.facilitator, rhythm=Rhythm.WEEKS)
    return plan, list(made.sessions.select_related("series__first").order_by("starts_at"))


def address(session: Activity, more: str) -> str:
    return f"/activities/{session.pk}/{more}"


def pages(client: Client, sessions: list[Activity], more: str) -> list[str]:
    return [client.get(address(each, more)).content.decode() for each in sessions]


def which(texts: list[str], words: str) -> list[bool]:
    return [words in text for text in texts]


def test_each_session_has_its_own_notes_also_from_one_form(cast: Cast, client_for: As) -> None:
    _plan, sessions = weekly(cast)
    client = client_for(cast.co_producer)
    sent = {"note-once": ONCE, "note-kind": "changed", "note-what": "It got dark."}
    for session, words in (
        (sessions[0], "It got dark."),
        (sessions[1], "It got dark."),
        (sessions[1], "Tea."),
    ):
        client.post(address(session, "today/note/"), sent | {"note-what": words})

    assert [each.day_notes.count() for each in sessions] == [1, 2, 0]
    found = pages(client, sessions, "today/")
    assert which(found, "It got dark.") == [True, True, False]
    assert which(found, "Tea.") == [False, True, False]


@pytest.mark.clause("5.1f")
def test_who_was_missed_is_heard_by_those_who_watch_that_session(cast: Cast, client_for: As) -> None:
    _plan, sessions = weekly(cast)
    places = {"activity": sessions[1], "person": cast.alternate, "place": Place.WATCHES}
    activities.give_place(**places, by=cast.facilitator)  # type: ignore[arg-type]
    for session, words in ((sessions[1], "The heron."), (sessions[2], "The tea.")):
        sent = {"missed-once": ONCE, "missed-to": "watcher", "missed-words": words}
        client_for(cast.co_producer).post(address(session, "today/missed/"), sent)

    mailed = OutboxMessage.objects.filter(kind=the_day.MISSED).values_list("about_id", "to")
    assert set(mailed) == {
        (sessions[1].pk, cast.alternate.email),
        (sessions[2].pk, cast.facilitator.email),
    }
    theirs, others = (client_for(one) for one in (cast.alternate, cast.facilitator))
    assert "The heron." in pages(theirs, sessions[1:2], "missed/")[0]
    assert [theirs.get(address(each, "missed/")).status_code for each in sessions] == [404, 200, 404]
    assert which(pages(others, sessions, "missed/"), "The heron.") == [False] * 3
    assert which(pages(others, sessions, "missed/"), "The tea.") == [False, False, True]
    assert [need.what for need in needs.of(cast.alternate, clock.now())] == ["Somebody was missed"]


def test_who_watches_the_first_watches_every_session(cast: Cast) -> None:
    plan, sessions = weekly(cast)
    give(plan, cast, cast.alternate, Place.WATCHES)
    the_day.say_missed(activity=sessions[2], by=cast.co_producer, once=uuid4(), to="watcher")

    assert OutboxMessage.objects.get(kind=the_day.MISSED).to == cast.alternate.email
    assert [Missed.objects.visible_to(one).count() for one in (cast.alternate, cast.facilitator)] == [1, 0]
    assert Missed.objects.get().is_visible_to(cast.alternate)


@pytest.mark.clause("5.1e")
def test_a_pause_waits_on_the_page_of_its_session(cast: Cast, client_for: As) -> None:
    _plan, sessions = weekly(cast)
    client_for(cast.co_producer).post(address(sessions[1], "today/pause/"), PAUSE)

    found = pages(client_for(cast.facilitator), sessions, "after/")
    assert which(found, "Bea calls on Friday.") == [False, True, False]


def test_one_person_says_how_each_session_was_and_takes_back_one(cast: Cast, client_for: As) -> None:
    plan, sessions = weekly(cast)
    client = client_for(cast.co_producer)
    for session, words in zip(sessions, ("Loud.", "Warm.", "Quiet."), strict=True):
        client.post(address(session, "after/mine/"), {"hard": words, "may_show": "on"})

    found = pages(client_for(cast.facilitator), sessions, "after/")
    assert [which(found, words) for words in ("Loud.", "Warm.", "Quiet.")] == [
        [True, False, False],
        [False, True, False],
        [False, False, True],
    ]
    assert len({bytes(voice.author_hash) for voice in Voice.objects.all()}) == 3
    client.post(address(sessions[1], "after/mine/take-back/"))
    assert [each.voices.count() for each in sessions] == [1, 0, 1]
    assert set(Voice.objects.values_list("assessment", flat=True)) == {plan.pk}


def test_what_was_said_before_there_were_sessions_stays_its_authors(cast: Cast) -> None:
    plan, sessions = weekly(cast)
    before = crypto.keyed_hash("receipt", f"after {plan.pk} {cast.co_producer.pk}")

    hashes = [after.author_hash(plan, each, cast.co_producer) for each in sessions]
    assert (hashes[0], len(set(hashes))) == (before, 3)


@pytest.mark.clause("5.1f")
@pytest.mark.parametrize(("here", "there"), [(FEW - 1, FEW), (FEW, FEW - 1), (FEW - 1, FEW - 1)])
def test_the_few_of_one_session_are_not_made_many_by_another(here: int, there: int, cast: Cast) -> None:
    plan, (first, second, _third) = weekly(cast)
    for number in range(max(here, there)):
        someone = person(f"Person{number}", Role.CO_PRODUCER)
        give(plan, cast, someone, Place.TAKES_PART)
        for session in [first] * (number < here) + [second] * (number < there):
            after.say(activity=session, author=someone, may_show=False, felt_safe="no")

    for session, number in ((first, here), (second, there)):
        found = looking_back.heard(session)
        many = number >= FEW
        assert (found.number, len(found.voices)) == ((number, number) if many else (None, 0))
        assert found.somebody_felt_unsafe == many


def test_each_session_is_summed_up_by_itself(cast: Cast, client_for: As) -> None:
    plan, sessions = weekly(cast)
    worry, client = worried(plan, cast), client_for(cast.facilitator)
    for session, words, use in ((sessions[0], "Tea.", "used"), (sessions[1], "Noise.", "not_enough")):
        said = {"worked": words, f"use_{worry.pk.hex}": use}
        client.post(address(session, "after/write/"), said)
        client.post(address(session, "after/care/"), {"hearers_words": f"Rest after {words}"})

    found = pages(client_for(cast.co_producer), sessions, "after/")
    for words in ("Tea.", "Rest after Tea.", "It was used, and it helped"):
        assert which(found, words) == [True, False, False]
    for words in ("Noise.", "Rest after Noise.", "It was used, and it was not enough"):
        assert which(found, words) == [False, True, False]
    client.post(address(sessions[0], "after/write/"), {"version": 1, f"use_{worry.pk.hex}": ""})
    assert [each.outcomes.count() for each in sessions] == [0, 1, 0]


def test_the_database_keeps_one_of_each_for_a_session(cast: Cast) -> None:
    plan, (first, second, _third) = weekly(cast)
    columns: dict[str, Any] = {"assessment": plan, "changed_at": clock.now(), "changed_by": cast.facilitator}
    for session in (first, second):
        AfterReview.objects.create(activity=session, **columns)
        Aftercare.objects.create(activity=session, assessment=plan, whose="hearers")

    with pytest.raises(IntegrityError), transaction.atomic():
        AfterReview.objects.create(activity=second, **columns)
    with pytest.raises(IntegrityError), transaction.atomic():
        Aftercare.objects.create(activity=second, assessment=plan, whose="hearers")


def sent_between(start: datetime, days: int) -> list[UUID]:
    """About which session each mail was, looked for four times a day."""
    for hours in range(0, days * 24, 6):
        at = start + timedelta(hours=hours)
        with context.system(), clock.at(at):
            reminding.send_due(now=at)
    mails = OutboxMessage.objects.filter(kind="after_due").order_by("created_at", "pk")
    return [UUID(str(pk)) for pk in mails.values_list("about_id", flat=True)]


def test_each_session_is_asked_about_the_morning_after_and_once_more(cast: Cast) -> None:
    _plan, (first, second, third) = weekly(cast, NINE)

    asked = sent_between(NINE, 60)

    assert sorted(asked) == sorted([first.pk, second.pk, third.pk] * 2)
    assert asked[0] == first.pk


def test_whoever_looked_back_on_one_session_is_asked_about_the_others_only(cast: Cast) -> None:
    _plan, (first, second, third) = weekly(cast, NINE)
    with clock.at(NINE + timedelta(days=1)):
        after.write(activity=first, by=cast.facilitator, version=0, uses={})
        series.cancel(activity=second, by=cast.facilitator, why="The hall is closed.")

    assert sent_between(NINE, 60) == [third.pk] * 2


def test_a_session_without_any_plan_is_not_asked_about(cast: Cast) -> None:
    with clock.at(NINE - timedelta(hours=1)):
        first = planned(cast.facilitator, starts_at=NINE)
        series.begin(activity=first, by=cast.facilitator, rhythm=Rhythm.WEEKS)

    assert sent_between(NINE, 30) == []


def test_the_home_page_names_each_session_that_waits(cast: Cast) -> None:
    _plan, sessions = weekly(cast)
    after.write(activity=sessions[1], by=cast.facilitator, version=0, uses={})

    waiting = [need.href for need in needs.of(cast.facilitator, clock.now())]
    assert waiting == [address(sessions[2], "after/"), address(sessions[0], "after/")]


@pytest.mark.clause("V2")
def test_a_place_in_one_session_opens_the_day_and_the_looking_back_of_that_one(
    cast: Cast, client_for: As
) -> None:
    plan, sessions = weekly(cast)
    here = person("Here", Role.FACILITATOR)
    places = {"activity": sessions[1], "person": here, "place": Place.FACILITATES}
    activities.give_place(**places, by=cast.facilitator)  # type: ignore[arg-type]
    client = client_for(here)

    for more in ("today/", "missed/", "after/", "after/mine/", "after/write/", "after/care/"):
        assert [client.get(address(each, more)).status_code for each in sessions] == [404, 200, 404]
    after.say(activity=sessions[1], author=here, may_show=False)
    after.write(activity=sessions[1], by=here, version=0, uses={})
    told = client.get(f"/assessments/{plan.pk}/feedback/").content.decode()
    assert address(sessions[0], "") not in told  # which they may not open


def no_say(session: Activity, who: Person) -> None:
    after.say(activity=session, author=who, may_show=False)


def no_writing(session: Activity, who: Person) -> None:
    after.write(activity=session, by=who, version=0, uses={})


def no_note(session: Activity, who: Person) -> None:
    the_day.note(activity=session, by=who, once=uuid4(), kind="changed", what="Tea.")


@pytest.mark.parametrize("act", [no_say, no_writing, no_note])
def test_nobody_writes_about_a_session_that_they_have_no_place_in(
    act: Callable[[Activity, Person], None], cast: Cast
) -> None:
    _plan, sessions = weekly(cast)
    here = person("Here", Role.FACILITATOR)
    places = {"activity": sessions[1], "person": here, "place": Place.FACILITATES}
    activities.give_place(**places, by=cast.facilitator)  # type: ignore[arg-type]

    act(sessions[1], here)
    with pytest.raises(PermissionDenied):
        act(sessions[2], here)


def test_what_is_different_this_time_stands_on_the_page_of_that_day(cast: Cast, client_for: As) -> None:
    plan, sessions = weekly(cast, clock.now() + timedelta(days=1))
    worried(plan, cast)
    assessing.agree_aloud(assessment=plan, by=cast.facilitator, version=plan.version, who_was_there="")
    checking.answer(activity=sessions[1], by=cast.facilitator, different="We meet upstairs.")

    assert which(pages(client_for(cast.co_producer), sessions, "today/"), "upstairs") == [False, True, False]


@pytest.mark.parametrize(
    ("after_first", "opens"),
    [(-1, 0), (0, 0), (3, 0), (7, 1), (10, 1), (14, 2), (30, 2)],
)
def test_a_guest_comes_to_the_session_of_today_else_to_the_last_that_was_held(
    after_first: int, opens: int, cast: Cast
) -> None:
    plan, sessions = weekly(cast, NINE)

    assert today.guests_day(plan, NINE + timedelta(days=after_first, minutes=5)) == sessions[opens]


def test_a_guest_is_not_led_to_what_was_cancelled_or_to_one_of_two_today(cast: Cast) -> None:
    plan, (first, second, third) = weekly(cast, NINE)
    series.cancel(activity=second, by=cast.facilitator, why="")
    during = NINE + WEEK + timedelta(minutes=5)

    assert today.guests_day(plan, during) == first
    series.bring_back(activity=second, by=cast.facilitator)
    columns = {"starts_at": during, "ends_at": during + timedelta(hours=3)}
    activities.change(activity=third, by=cast.facilitator, version=third.version, **columns)
    assert today.guests_day(plan, during) == first


def test_a_guest_notes_that_they_were_missed_in_the_session_of_today(cast: Cast) -> None:
    plan, sessions = weekly(cast, clock.now() - WEEK)
    _words, token = contributed(plan, cast)

    Client().post(f"/joined/{token}/today/missed/", {"missed-once": ONCE, "missed-to": "watcher"})

    assert [each.missed.count() for each in sessions] == [0, 1, 0]


def test_a_guest_speaks_of_each_session_and_takes_back_an_earlier_word(cast: Cast) -> None:
    plan, sessions = weekly(cast)
    _words, token = contributed(plan, cast)
    _others, another = contributed(plan, cast)
    came_to = []
    for session in sessions:
        assert session.ends_at is not None
        with clock.at(session.ends_at + timedelta(days=1)):
            there = Client().get(f"/joined/{token}/after/").headers["Location"]
            Client().post(there, {"worked": "The heron."})
        came_to.append(there)

    assert came_to == [f"/joined/{token}/after/{each.pk}/" for each in sessions]
    assert came_to[0] in Client().get(came_to[2]).content.decode()
    assert came_to[0] not in Client().get(f"/joined/{another}/after/{sessions[2].pk}/").content.decode()
    Client().post(f"{came_to[0]}take-back/")
    assert [each.voices.count() for each in sessions] == [0, 1, 1]
    assert came_to[0] not in Client().get(came_to[2]).content.decode()


def test_a_guest_of_another_plan_says_nothing_of_a_session(cast: Cast) -> None:
    _plan, sessions = weekly(cast)
    guest = contributed(held(cast, title="Another"), cast)[0].guest
    assert guest is not None

    with pytest.raises(PermissionDenied):
        after.say(activity=sessions[1], author=guest, may_show=False)
    with pytest.raises(PermissionDenied):
        the_day.say_missed(activity=sessions[1], by=guest, once=uuid4(), to="lead")


def test_without_a_plan_nothing_is_noted(cast: Cast, client_for: As) -> None:
    activity = planned(cast.facilitator, starts_at=clock.now() - timedelta(hours=3))

    with pytest.raises(checking.NoPlan):
        the_day.note(activity=activity, by=cast.facilitator, once=uuid4(), kind="changed", what="Tea.")
    with pytest.raises(checking.NoPlan):
        after.write(activity=activity, by=cast.facilitator, version=0, uses={})
    client = client_for(cast.facilitator)
    assert client.post(address(activity, "today/note/"), {}).status_code == 404
    assert client.get(address(activity, "after/write/")).status_code == 404
