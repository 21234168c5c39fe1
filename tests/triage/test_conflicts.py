"""Two people at once: one is done, the other sees what changed and loses nothing (fault 36)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client

from concerns.enums import AtRisk, EntryKind, HowSoon, Kind, NextStep, State
from concerns.models import Concern
from concerns.services import closing, following_up, triage
from concerns.services.raising import Involved
from safeguarding import context
from safeguarding.transitions import Conflict
from tests.cast import Cast, sign_in
from tests.triage.conftest import acknowledged, hidden, now_is, steps, url, words_of

pytestmark = pytest.mark.django_db
Send = Callable[..., Any]
As = Callable[..., Client]
ACTS: dict[str, dict[str, str]] = {
    "concern_kind": {"kind": Kind.QUESTION},
    "concern_how_soon": {"how_soon": HowSoon.NO_RUSH, "reason": "My own reason"},
    "concern_next_step": {"step": NextStep.WAIT, "words": "My own words"},
    "concern_decide": {"decided": "My own words", "reason": "My own reason"},
    "concern_close": {
        "what_we_did": "My own words",
        "what_they_say": "My own reason",
        "still_at_risk": "no",
    },
    "concern_hand_over": {"words": "My own words"},
}


@pytest.mark.parametrize("name", ACTS)
def test_the_second_sees_what_the_first_did_and_keeps_every_word(
    name: str, cast: Cast, client_for: As, send: Send
) -> None:
    concern, lead, deputy = acknowledged(cast.lead), client_for(cast.lead), client_for(cast.deputy)
    mine = hidden(deputy.get(url(name, concern)).content.decode())
    send(lead, "concern_next_step", concern, {"step": NextStep.CHECK_IN, "words": "First words"})

    response = deputy.post(url(name, concern), mine | ACTS[name])

    page = response.content.decode()
    assert response.status_code == 409
    assert "Next step: check how people are" in page
    assert "First words" in page
    for typed in ACTS[name].values():
        assert typed in page


@pytest.mark.parametrize("name", ACTS)
def test_sending_it_again_from_there_does_it(name: str, cast: Cast, client_for: As, send: Send) -> None:
    concern, lead, deputy = acknowledged(cast.lead), client_for(cast.lead), client_for(cast.deputy)
    mine = hidden(deputy.get(url(name, concern)).content.decode())
    send(lead, "concern_assign", concern, {"to": str(cast.deputy.pk)})
    conflict = deputy.post(url(name, concern), mine | ACTS[name])

    again = deputy.post(url(name, concern), hidden(conflict.content.decode()) | ACTS[name])

    assert again.status_code == 302
    assert len(steps(concern)) + len(words_of(concern, kind=EntryKind.DECISION)) == 3


def add_words(pk: UUID) -> None:
    following_up.add_words(concern_id=pk, words="Please wait with it.", once=pk)


def add_section(pk: UUID) -> None:
    following_up.add_section(concern_id=pk, section="worries", answers={"worries": ["disbelief"]}, once=pk)


def add_person(pk: UUID) -> None:
    following_up.add_person(concern_id=pk, involved=Involved(name="Robin Ash", role="saw_it"), once=pk)


def change_reach(pk: UUID) -> None:
    following_up.change_reach(concern_id=pk, reach={"mode": "contact", "phone": "020 7946 0017"})


ADDED: dict[Callable[[UUID], None], str] = {
    add_words: "Please wait with it.",
    add_section: "not being believed",
    add_person: "Robin Ash",
    change_reach: "How they can be reached was changed",
}


@pytest.mark.parametrize("add", ADDED)
def test_what_the_reporter_added_meanwhile_is_shown_before_an_act_is_done(
    add: Callable[[UUID], None], cast: Cast, client_for: As
) -> None:
    concern, lead = acknowledged(cast.lead), client_for(cast.lead)
    mine = hidden(lead.get(url("concern_close", concern)).content.decode())
    add(concern.pk)

    response = lead.post(url("concern_close", concern), mine | ACTS["concern_close"])

    page = response.content.decode()
    assert (response.status_code, now_is(concern).state) == (409, State.OPEN)
    assert ADDED[add] in page
    assert "My own words" in page
    assert "020 7946 0017" not in page
    again = lead.post(url("concern_close", concern), hidden(page) | ACTS["concern_close"])
    assert (again.status_code, now_is(concern).state) == (302, State.CLOSED)


def test_what_was_there_when_the_page_was_opened_is_not_called_new(
    cast: Cast, client_for: As, send: Send
) -> None:
    concern, lead = acknowledged(cast.lead), client_for(cast.lead)
    add_words(concern.pk)
    send(client_for(cast.deputy), "concern_reply", concern, {"words": "We will."})
    mine = hidden(lead.get(url("concern_close", concern)).content.decode())
    send(client_for(cast.deputy), "concern_note", concern, {"kind": EntryKind.SEEN, "words": "A note"})

    page = lead.post(url("concern_close", concern), mine | ACTS["concern_close"]).content.decode()

    assert ("A note" in page, "Please wait with it." in page, "We will." in page) == (True, False, False)


@pytest.mark.parametrize(
    ("name", "answers"),
    [
        ("concern_note", {"kind": EntryKind.SEEN, "words": "My own words"}),
        ("concern_reply", {"words": "My own words"}),
    ],
)
def test_what_never_waits_is_not_held_up_by_it(
    name: str, answers: dict[str, str], cast: Cast, client_for: As
) -> None:
    concern, lead = acknowledged(cast.lead), client_for(cast.lead)
    mine = hidden(lead.get(url(name, concern)).content.decode())
    add_words(concern.pk)

    assert lead.post(url(name, concern), mine | answers).status_code == 302


def test_sent_twice_or_the_same_again_it_is_nothing_new(cast: Cast) -> None:
    concern = acknowledged(cast.lead)
    for add in ADDED:
        add(concern.pk)
    before = now_is(concern)

    for add in (add_words, add_person, change_reach):
        add(concern.pk)

    after = now_is(concern)
    assert (after.version, after.unread_replies) == (before.version, before.unread_replies)


def test_who_comes_from_a_record_opened_earlier_reads_that_a_reply_waits(cast: Cast, client_for: As) -> None:
    concern, lead = acknowledged(cast.lead), client_for(cast.lead)
    address = url("concern_close", concern)
    assert "A reply is waiting" not in lead.get(address).content.decode()
    add_words(concern.pk)

    page = lead.get(address).content.decode()

    assert ("A reply is waiting" in page, "Please wait with it." in page) == (True, False)


def test_what_cannot_be_done_any_more_gives_the_words_back(cast: Cast, client_for: As, send: Send) -> None:
    concern, lead, deputy = acknowledged(cast.lead), client_for(cast.lead), client_for(cast.deputy)
    mine = hidden(deputy.get(url("concern_decide", concern)).content.decode())
    send(lead, "concern_close", concern, ACTS["concern_close"])

    response = deputy.post(url("concern_decide", concern), mine | {"decided": "Long", "reason": "Words"})

    page = response.content.decode()
    assert response.status_code == 409
    assert "What you wrote" in page
    assert page.index("Long") < page.index("Words")


@pytest.mark.parametrize("broken", ["", "x", "-1", "99999999999999999999"])
def test_a_broken_version_is_answered_in_words(broken: str, cast: Cast, client_for: As) -> None:
    concern, client = acknowledged(cast.lead), client_for(cast.lead)
    data = hidden(client.get(url("concern_decide", concern)).content.decode())
    data |= {"decided": "My words", "reason": "Mine", "version": broken}

    response = client.post(url("concern_decide", concern), data)

    assert response.status_code in (200, 409)
    assert "My words" in response.content.decode()


def test_the_service_raises_a_conflict_that_knows_what_stands(cast: Cast) -> None:
    concern = acknowledged(cast.lead)
    with context.person(cast.lead):
        seen = Concern.objects.to_read().get(pk=concern.pk)
        triage.sort_kind(concern=concern, by=cast.lead, kind=Kind.QUESTION)

        with pytest.raises(Conflict) as caught:
            triage.sort_kind(concern=seen, by=cast.lead, kind=Kind.BARRIER)

    assert caught.value.current.kind == Kind.QUESTION  # type: ignore[attr-defined]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["concern_decide", "concern_close"])
def test_of_six_at_once_one_is_done_and_five_are_told(name: str, cast: Cast) -> None:
    concern = acknowledged(cast.lead)
    clients = [sign_in(Client(), who) for who in (cast.lead, cast.deputy) * 3]
    sent = [hidden(client.get(url(name, concern)).content.decode()) | ACTS[name] for client in clients]

    def post(client: Client, data: dict[str, str]) -> int:
        try:
            return client.post(url(name, concern), data).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as six:
        statuses = sorted(six.map(post, clients, sent))

    assert statuses == [302, 409, 409, 409, 409, 409]


@pytest.mark.django_db(transaction=True)
def test_twelve_clicks_on_one_note_write_one(cast: Cast) -> None:
    concern = acknowledged(cast.lead)
    client = sign_in(Client(), cast.lead)
    data = hidden(client.get(url("concern_note", concern)).content.decode())
    data |= {"kind": EntryKind.SEEN, "words": "Two people saw it."}

    def post(_click: int) -> int:
        try:
            other = Client()
            other.cookies = client.cookies
            return other.post(url("concern_note", concern), data).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as hands:
        statuses = set(hands.map(post, range(12)))

    assert statuses == {302}
    assert len(words_of(concern, kind=EntryKind.SEEN)) == 1


def test_closing_twice_at_the_service_is_refused(cast: Cast) -> None:
    concern = acknowledged(cast.lead)
    answers = closing.Answers(acted=True, what_we_did="All.", what_they_say="Good.", still_at_risk=AtRisk.NO)
    with context.person(cast.lead):
        again = Concern.objects.to_read().get(pk=concern.pk)
        closing.close(concern=concern, by=cast.lead, answers=answers)

        with pytest.raises(Conflict):
            closing.close(concern=again, by=cast.lead, answers=answers)
