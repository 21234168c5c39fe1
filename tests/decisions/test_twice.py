"""A page that is sent twice, by a second press or after its answer was lost, is kept once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from reviews.models import (
    ChallengeAction,
    ChallengeAnswer,
    DecisionLook,
    LearningDifference,
    SuggestionAnswer,
)
from reviews.services import suggesting
from reviews.services.suggesting import Said
from safeguarding import clock
from safeguarding.audit import AuditEntry
from tests.cast import Cast
from tests.decisions.conftest import checked, said
from tests.learning.conftest import published

pytestmark = pytest.mark.django_db
As = Callable[..., Client]


def twice(client: Client, path: str, **given: Any) -> list[int]:
    """What the page itself brings is sent with it, both times."""
    once = re.search(r'name="once"[^>]*? value="([^"]+)"', client.get(path).content.decode())
    assert once
    return [client.post(path, {"once": once[1]} | given).status_code for _each in range(2)]


def noted(verb: str) -> int:
    return AuditEntry.objects.filter(verb=verb).count()


def test_a_look_back_at_a_decision(cast: Cast, client_for: As) -> None:
    path = f"/decisions/{checked(cast).pk}/look-back/"

    sent = twice(client_for(cast.facilitator), path, again="yes", words="It held.")

    assert sent == [302, 302]
    assert DecisionLook.objects.count() == noted("decision_looked_back") == 1


def test_whether_what_we_learnt_made_a_difference(cast: Cast, client_for: As) -> None:
    path = f"/learning/points/{published(cast.lead, cast.deputy).public_id}/difference/"

    sent = twice(client_for(cast.lead), path, answer="partly", words="A new form.")

    assert sent == [302, 302]
    assert LearningDifference.objects.count() == noted("learning_difference_said") == 1


def test_time_for_a_challenge(cast: Cast, client_for: As) -> None:
    made, _code = said()
    day = timezone.localdate(clock.now()) + timedelta(days=3)
    given = {"what": "How we begin.", "owner": cast.lead.pk, "by_when_day": day.day}
    given |= {"by_when_month": day.month, "by_when_year": day.year}

    sent = twice(client_for(cast.lead), f"/values-not-followed/all/{made.pk}/book/", **given)

    assert sent == [302, 302]
    assert ChallengeAction.objects.count() == noted("challenge_time_booked") == 1


def test_an_answer_to_a_challenge(cast: Cast, client_for: As) -> None:
    made, _code = said()
    path = f"/values-not-followed/all/{made.pk}/answer/"

    sent = twice(client_for(cast.lead), path, reply="partly", words="We ask you first.")

    assert sent == [302, 302]
    assert ChallengeAnswer.objects.count() == noted("challenge_answered") == 1


def test_an_answer_to_a_suggestion(cast: Cast, client_for: As) -> None:
    made = suggesting.suggest(said=Said("A bench outside."), once=uuid4())
    path = f"/statement/suggestions/{made.pk}/answer/"

    sent = twice(client_for(cast.administrator), path, answer="done", words="It stands there.")

    assert sent == [302, 302]
    assert SuggestionAnswer.objects.count() == noted("suggestion_answered") == 1
