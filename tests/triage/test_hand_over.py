"""/concerns/<reference>/hand-over/"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from concerns.enums import Under18
from tests.cast import Cast
from tests.triage.conftest import acknowledged, now_is, url, words_of
from tests.triage.questions import ActQuestions

pytestmark = pytest.mark.django_db
Send = Callable[..., Any]
As = Callable[..., Client]
NAME = "concern_hand_over"
TO = {"words": "The office, by phone. Their reference is 12."}


class TestTheUsual(ActQuestions):
    name = NAME
    answers = TO


@pytest.mark.clause("7.5")
@pytest.mark.clause("I5")
def test_once_it_is_recorded_decisions_open(cast: Cast, client_for: As, send: Send) -> None:
    concern, client = acknowledged(cast.lead, under_18=Under18.YES), client_for(cast.lead)

    send(client, NAME, concern, TO)
    decided = send(client, "concern_decide", concern, {"decided": "We support them.", "reason": "It helps."})

    after = now_is(concern)
    assert (after.handed_over_by, after.waits_for_hand_over) == (cast.lead, False)
    assert words_of(concern, act="handed_over") == [(TO["words"], None)]
    assert decided.status_code == 302


def test_the_moment_of_handing_over_may_lie_back(cast: Cast, client_for: As, send: Send) -> None:
    concern = acknowledged(cast.lead, under_18=Under18.YES)
    day = timezone.localdate() - timedelta(days=2)
    answers = TO | {
        "at_day_day": day.day,
        "at_day_month": day.month,
        "at_day_year": day.year,
        "at_time": "14.30",
    }

    send(client_for(cast.lead), NAME, concern, answers)

    at = now_is(concern).handed_over_at
    assert at is not None
    assert timezone.localtime(at).strftime("%Y-%m-%d %H:%M") == f"{day} 14:30"


def test_a_moment_to_come_is_answered_in_words(cast: Cast, client_for: As, send: Send) -> None:
    concern = acknowledged(cast.lead, under_18=Under18.YES)
    day = timezone.localdate() + timedelta(days=2)
    answers = TO | {"at_day_day": day.day, "at_day_month": day.month, "at_day_year": day.year}

    page = send(client_for(cast.lead), NAME, concern, answers).content.decode()

    assert "This is later than now." in page
    assert now_is(concern).handed_over_at is None


def test_the_record_leads_there_first(cast: Cast, client_for: As) -> None:
    concern = acknowledged(cast.lead, under_18=Under18.YES)

    page = client_for(cast.lead).get(url("concern", concern)).content.decode()

    assert page.index(url(NAME, concern)) < page.index("What they told us")
