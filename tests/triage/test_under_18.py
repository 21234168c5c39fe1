"""/concerns/<reference>/under-18/ and what waits until the hand-over"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from concerns.enums import AtRisk, EntryKind, HowSoon, NextStep, Under18
from concerns.services import closing, entries, replies, triage
from safeguarding import context
from tests.cast import Cast
from tests.triage.conftest import acknowledged, now_is, raised, url, words_of
from tests.triage.questions import ActQuestions

pytestmark = pytest.mark.django_db
Send = Callable[..., Any]
As = Callable[..., Client]
NAME = "concern_under_18"
ANSWERS = closing.Answers(
    acted=True, what_we_did="We talked.", what_they_say="Good.", still_at_risk=AtRisk.NO
)


class TestTheUsual(ActQuestions):
    name = NAME
    answers = {"answer": Under18.NO}


@pytest.mark.clause("I5")
def test_yes_makes_the_university_come_first(cast: Cast, client_for: As, send: Send) -> None:
    concern, client = acknowledged(cast.lead, under_18=Under18.NOT_SURE), client_for(cast.lead)

    send(client, NAME, concern, {"answer": Under18.YES, "reason": "Their teacher told us."})

    page = client.get(url("concern", concern)).content.decode()
    assert now_is(concern).waits_for_hand_over
    assert words_of(concern, act="under_18_settled") == [(None, "Their teacher told us.")]
    assert "The university’s procedure comes first." in page


@pytest.mark.clause("I5")
def test_not_sure_prompts_and_never_blocks(cast: Cast, client_for: As, send: Send) -> None:
    concern, client = acknowledged(cast.lead, under_18=Under18.NOT_SURE), client_for(cast.lead)

    prompt = client.get(url("concern", concern)).content.decode()
    decided = send(client, "concern_decide", concern, {"decided": "We wait.", "reason": "They asked."})

    assert "Is anyone under 18? They were not sure" in prompt
    assert decided.status_code == 302


def test_yes_before_anybody_acknowledged_makes_it_urgent(cast: Cast, client_for: As, send: Send) -> None:
    concern = raised(how_soon=HowSoon.NO_RUSH, under_18=Under18.NOT_SURE)

    send(client_for(cast.lead), NAME, concern, {"answer": Under18.YES})

    assert now_is(concern).acknowledge_by < concern.acknowledge_by


@pytest.mark.clause("I5")
def test_decisions_and_closing_wait_for_the_hand_over(cast: Cast) -> None:
    concern = acknowledged(cast.lead, under_18=Under18.YES)

    with context.person(cast.lead):
        with pytest.raises(entries.HandOverFirst):
            entries.decide(concern=concern, by=cast.lead, decided="We talk.", reason="It helps.")
        with pytest.raises(entries.HandOverFirst):
            closing.close(concern=concern, by=cast.lead, answers=ANSWERS)


@pytest.mark.clause("I5")
def test_safety_steps_replies_and_notes_never_wait(cast: Cast) -> None:
    concern = acknowledged(cast.lead, under_18=Under18.YES)

    with context.person(cast.lead):
        entries.add_note(concern=concern, by=cast.lead, kind=EntryKind.SEEN, words="They are at home.")
        replies.reply(concern=concern, by=cast.lead, words="We are on it.")
        triage.plan_next_step(concern=concern, by=cast.lead, step=NextStep.CHECK_IN)

    assert now_is(concern).next_step == NextStep.CHECK_IN


@pytest.mark.parametrize("name", ["concern_decide", "concern_close"])
def test_their_pages_say_what_comes_first_and_lead_there(name: str, cast: Cast, client_for: As) -> None:
    concern = acknowledged(cast.lead, under_18=Under18.YES)

    page = client_for(cast.lead).get(url(name, concern)).content.decode()

    assert "record the hand-over, and then this page opens" in page
    assert url("concern_hand_over", concern) in page
    assert "<textarea" not in page


def test_sent_by_hand_they_are_refused_and_the_words_kept(cast: Cast, client_for: As, send: Send) -> None:
    concern = acknowledged(cast.lead)
    client = client_for(cast.lead)
    from tests.triage.conftest import hidden

    carried = hidden(client.get(url("concern_decide", concern)).content.decode())
    with context.person(cast.deputy):
        triage.settle_under_18(concern=now_is(concern), by=cast.deputy, answer=Under18.YES)

    response = client.post(
        url("concern_decide", concern), carried | {"decided": "My long words", "reason": "Mine"}
    )

    assert response.status_code == 409
    assert "My long words" in response.content.decode()
    assert words_of(concern, kind=EntryKind.DECISION) == []
