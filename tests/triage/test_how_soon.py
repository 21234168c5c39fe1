"""/concerns/<reference>/how-soon/"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from concerns.enums import HowSoon
from concerns.services import triage
from safeguarding import audit, context
from tests.cast import Cast
from tests.triage.conftest import now_is, raised, url, words_of
from tests.triage.questions import ActQuestions

pytestmark = pytest.mark.django_db
Send = Callable[..., Any]
As = Callable[..., Client]
NAME = "concern_how_soon"


class TestTheUsual(ActQuestions):
    name = NAME
    answers = {"how_soon": HowSoon.TODAY}


def test_later_than_they_asked_needs_a_reason(cast: Cast, client_for: As, send: Send) -> None:
    concern = raised(how_soon=HowSoon.TODAY)

    response = send(client_for(cast.lead), NAME, concern, {"how_soon": HowSoon.NO_RUSH, "reason": " "})

    assert "Say why it can wait longer" in response.content.decode()
    assert now_is(concern).how_soon == HowSoon.TODAY


def test_with_a_reason_it_can_wait_and_the_clock_follows(cast: Cast, client_for: As, send: Send) -> None:
    concern = raised(how_soon=HowSoon.TODAY)

    send(client_for(cast.lead), NAME, concern, {"how_soon": HowSoon.NO_RUSH, "reason": "They said so."})

    after = now_is(concern)
    assert (after.how_soon, after.how_soon_asked) == (HowSoon.NO_RUSH, HowSoon.TODAY)
    assert after.acknowledge_by > concern.acknowledge_by
    assert words_of(concern, act="how_soon_changed") == [(None, "They said so.")]


def test_sooner_needs_no_reason_and_counts_from_now(cast: Cast, client_for: As, send: Send) -> None:
    concern = raised(how_soon=HowSoon.NO_RUSH)

    send(client_for(cast.lead), NAME, concern, {"how_soon": HowSoon.TODAY, "reason": ""})

    after = now_is(concern)
    assert after.how_soon == HowSoon.TODAY
    assert after.acknowledge_by - after.raised_at < timedelta(hours=3)


def test_not_sure_counts_as_today(cast: Cast) -> None:
    concern = raised(how_soon=HowSoon.NOT_SURE)

    assert not triage.lowers(concern, HowSoon.TODAY)
    assert triage.lowers(concern, HowSoon.THIS_WEEK)


def test_the_service_asks_for_the_reason_too(cast: Cast) -> None:
    concern = raised(how_soon=HowSoon.TODAY)

    with context.person(cast.lead), pytest.raises(triage.ReasonNeeded):
        triage.change_how_soon(concern=concern, by=cast.lead, how_soon=HowSoon.THIS_WEEK)


def test_the_page_says_what_they_asked(cast: Cast, client_for: As) -> None:
    concern = raised(how_soon=HowSoon.THIS_WEEK)

    page = client_for(cast.lead).get(url(NAME, concern)).content.decode()

    assert "The person who raised it answered: this week." in page


def test_the_audit_names_the_choices_and_no_words(cast: Cast, client_for: As, send: Send) -> None:
    concern = raised(how_soon=HowSoon.TODAY)

    send(client_for(cast.lead), NAME, concern, {"how_soon": HowSoon.NO_RUSH, "reason": "They said so."})

    row = audit.AuditEntry.objects.get(verb="how_soon_changed")
    assert row.facts == {"before": "today", "after": "no_rush"}
