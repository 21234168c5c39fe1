"""/concerns/<reference>/next-step/"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from concerns.enums import NextStep
from tests.cast import Cast
from tests.triage.conftest import acknowledged, now_is, words_of
from tests.triage.questions import ActQuestions

pytestmark = pytest.mark.django_db
Send = Callable[..., Any]
As = Callable[..., Client]
NAME = "concern_next_step"
DAY = {"on_day": "3", "on_month": "May", "on_year": "2031"}


class TestTheUsual(ActQuestions):
    name = NAME
    answers = {"step": NextStep.WAIT, **DAY}


def test_the_choice_and_the_day_stand_in_the_record(cast: Cast, client_for: As, send: Send) -> None:
    concern = acknowledged(cast.lead)

    send(client_for(cast.lead), NAME, concern, {"step": NextStep.GET_ADVICE, **DAY})

    after = now_is(concern)
    assert (after.next_step, after.next_step_on) == (NextStep.GET_ADVICE, date(2031, 5, 3))


def test_words_about_it_stay_in_the_record_and_out_of_the_list(
    cast: Cast, client_for: As, send: Send
) -> None:
    concern, client = acknowledged(cast.lead), client_for(cast.lead)

    send(client, NAME, concern, {"step": NextStep.GET_ADVICE, "words": "Ask Heron at the office."})

    page = client.get("/concerns/").content.decode()
    assert words_of(concern, act="next_step") == [("Ask Heron at the office.", None)]
    assert "get advice" in page
    assert "Heron" not in page


def test_a_day_that_is_none_is_answered_in_words(cast: Cast, client_for: As, send: Send) -> None:
    concern = acknowledged(cast.lead)
    answers = {"step": NextStep.WAIT, "on_day": "31", "on_month": "2", "on_year": "2031", "words": "My words"}

    page = send(client_for(cast.lead), NAME, concern, answers).content.decode()

    assert "Check this date. We could not find it in the calendar." in page
    assert "My words" in page
