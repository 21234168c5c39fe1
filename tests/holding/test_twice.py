"""A page that is sent twice is kept once, and nobody takes back what somebody else wrote."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from reviews.models import Assent, DecisionRecord, Promise, ReviewCycle
from reviews.services import taking_part
from reviews.services.taking_part import Said
from safeguarding.outbox import OutboxMessage
from tests.cast import Cast
from tests.holding.conftest import PLAN, clause, day_fields, decided, today

pytestmark = pytest.mark.django_db
As = Callable[..., Client]


def twice(client: Client, path: str, **given: object) -> list[int]:
    return [client.post(path, given).status_code for _each in range(2)]


def test_a_promise_and_its_mail(cycle: ReviewCycle, cast: Cast, client_for: As) -> None:
    given = {"once": str(uuid4()), "words": "Pictures.", "owner": "one of us", "address": "a@example.org"}
    given |= day_fields("due_on", today() + timedelta(days=30))

    sent = twice(client_for(cast.co_producer), f"/statement/reviews/{cycle.pk}/agenda/promise/", **given)

    assert sent == [302, 302]
    assert Promise.objects.count() == OutboxMessage.objects.filter(kind="promise_made").count() == 1


def test_an_objection(cycle: ReviewCycle, cast: Cast, client_for: As) -> None:
    given = {"objection-once": str(uuid4()), "objection-words": "Too fast."}

    sent = twice(client_for(cast.co_producer), f"/statement/reviews/{cycle.pk}/agenda/objection/", **given)

    assert sent == [302, 302]
    assert Assent.objects.count() == 1


def test_a_decision_record(cast: Cast, client_for: As) -> None:
    parts = dict.fromkeys(("situation", "options", "chosen", "reason"), "Somebody came late.")
    given = {"choice": "taking_part", "basis": "judgement", "doubter": "nobody", "checker": cast.deputy.pk}

    sent = twice(client_for(cast.facilitator), "/decisions/write/", once=str(uuid4()), **parts, **given)

    assert sent == [302, 302]
    assert DecisionRecord.objects.count() == 1


@pytest.mark.parametrize("path", ["agenda/promise/", "agenda/agreement/"])
def test_each_page_brings_what_tells_it_from_another(
    path: str, cycle: ReviewCycle, cast: Cast, client_for: As
) -> None:
    page = client_for(cast.co_producer).get(f"/statement/reviews/{cycle.pk}/{path}").content.decode()

    assert 'once" value="' in page


def test_nobody_takes_back_what_somebody_else_wrote(cycle: ReviewCycle, cast: Cast) -> None:
    taking_part.say(cycle=cycle, by=cast.lead, said=[Said(clause(PLAN), "keep", "Mine.")], once=uuid4())
    voice = cycle.gathering.voices.get()

    with pytest.raises(PermissionDenied):
        taking_part.take_back(voice=voice, by=cast.deputy)

    voice.refresh_from_db()
    assert voice.withdrawn_at is None


def test_an_objection_without_words_leaves_what_was_agreed_on_the_page(
    cycle: ReviewCycle, cast: Cast, client_for: As
) -> None:
    decided(cycle, cast.co_producer, PLAN)
    client, base = client_for(cast.co_producer), f"/statement/reviews/{cycle.pk}/agenda/"
    client.post(f"{base}agreement/", {"method": "consent", "result": "agreed", "words": "It took long."})

    page = client.post(f"{base}objection/", {"objection-words": ""}).content.decode()

    assert "Write the objection." in page and "It took long." in page
