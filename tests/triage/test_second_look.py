"""/concerns/<reference>/second-look/"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from concerns.enums import State
from concerns.models import Concern
from concerns.services import closing
from safeguarding import context
from safeguarding.transitions import NotAllowed
from tests.cast import Cast
from tests.triage.conftest import closed, now_is, steps, url
from tests.triage.questions import ActQuestions

pytestmark = pytest.mark.django_db
Send = Callable[..., Any]
As = Callable[..., Client]
NAME = "concern_second_look"


class TestTheUsual(ActQuestions):
    name = NAME
    answers = {"words": "I read all of it."}

    def concern(self, cast: Cast, **more: Any) -> Concern:
        return closed(cast.deputy, acted=False, **more)


@pytest.mark.clause("8.d")
@pytest.mark.clause("V0")
def test_somebody_else_agrees_and_it_stays_closed(cast: Cast, client_for: As, send: Send) -> None:
    concern, client = closed(cast.deputy, acted=False), client_for(cast.lead)

    asked = client.get(url(NAME, concern)).content.decode()
    send(client, NAME, concern, {"words": ""})

    after = now_is(concern)
    assert "The lock is new." in asked
    assert (after.state, after.second_look_by) == (State.CLOSED, None)
    assert steps(concern)[-1] == "second_look_taken"


def test_who_closed_it_may_not_look_twice(cast: Cast, client_for: As) -> None:
    concern = closed(cast.lead, acted=False)

    page = client_for(cast.lead).get(url(NAME, concern)).content.decode()

    assert "Somebody else takes the second look." in page
    with context.person(cast.lead), pytest.raises(NotAllowed):
        closing.confirm_second_look(concern=concern, by=cast.lead)


def test_it_waits_on_the_day_of_everyone_but_who_closed_it(cast: Cast, client_for: As) -> None:
    closed(cast.lead, acted=False)

    pages = {
        who.preferred_name: client_for(who).get("/concerns/").content.decode()
        for who in (cast.lead, cast.deputy)
    }

    assert "a second look is wanted by" not in pages["Lena"]
    assert "a second look is wanted by" in pages["Dara"]


def test_the_other_answer_is_to_open_it_again(cast: Cast, client_for: As, send: Send) -> None:
    concern, client = closed(cast.lead, acted=False), client_for(cast.deputy)

    send(client, "concern_reopen", concern, {"reason": "It jams."})

    after = now_is(concern)
    assert (after.state, after.second_look_by) == (State.OPEN, None)
