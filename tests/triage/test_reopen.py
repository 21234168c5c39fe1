"""/concerns/<reference>/reopen/"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from concerns.enums import State
from concerns.models import Concern
from tests.cast import Cast
from tests.triage.conftest import acknowledged, closed, now_is, url, words_of
from tests.triage.questions import ActQuestions

pytestmark = pytest.mark.django_db
Send = Callable[..., Any]
As = Callable[..., Client]
NAME = "concern_reopen"


class TestTheUsual(ActQuestions):
    name = NAME
    answers = {"reason": "It jams again."}

    def concern(self, cast: Cast, **more: Any) -> Concern:
        return closed(cast.deputy, **more)


@pytest.mark.clause("8.d")
@pytest.mark.clause("V0")
def test_it_opens_again_with_a_reason_and_keeps_how_it_was_closed(
    cast: Cast, client_for: As, send: Send
) -> None:
    concern, client = closed(cast.lead), client_for(cast.deputy)

    send(client, NAME, concern, {"reason": "It jams again."})

    after, page = now_is(concern), client.get(url("concern", concern)).content.decode()
    assert (after.state, after.closed_at, after.closed_by) == (State.OPEN, None, None)
    assert words_of(concern, act="reopened") == [(None, "It jams again.")]
    assert "The lock is new." in page


def test_a_reason_is_needed(cast: Cast, client_for: As, send: Send) -> None:
    concern = closed(cast.lead)

    assert "Please fill this in" in send(client_for(cast.lead), NAME, concern, {}).content.decode()
    assert now_is(concern).state == State.CLOSED


def test_what_is_open_needs_no_opening(cast: Cast, client_for: As) -> None:
    page = client_for(cast.lead).get(url(NAME, acknowledged(cast.lead))).content.decode()

    assert "This is open already." in page
