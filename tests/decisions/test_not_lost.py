"""Words that come too late are still on their page, and a search says when it shows the first ones only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from reviews.forms.suggestions import grouped
from reviews.models import ChallengeAction
from reviews.services import challenging, deciding, suggesting
from reviews.views import decisions
from reviews.weighing import Verdict
from safeguarding import clock
from tests.cast import Cast
from tests.decisions.conftest import checked, said, written

pytestmark = pytest.mark.django_db
As = Callable[..., Client]


def test_what_was_sent_back_already_keeps_its_words(cast: Cast) -> None:
    made, code = said()
    challenging.answer(challenge=made, by=cast.lead, reply="different", words="It stays.")
    challenging.come_again(challenge=made, words="In the other window.")

    page = (
        Client()
        .post(f"/values-not-followed/read/{code}/again/", {"words": "Typed for long."})
        .content.decode()
    )

    assert "It cannot be sent back now." in page and "Typed for long." in page


@pytest.mark.parametrize("way", ["by its code", "from their list", "of a suggestion"])
def test_what_is_said_of_an_answer_that_is_not_there_is_not_swallowed(
    way: str, cast: Cast, client_for: As
) -> None:
    made, code = said(by=cast.co_producer)
    challenging.answer(challenge=made, by=cast.lead, reply="different", words="It stays.")
    challenging.come_again(challenge=made, words="In the other window.", by=cast.co_producer)
    once = uuid4()
    suggesting.suggest(said=suggesting.Said("A bench."), once=once)
    client, path = {
        "by its code": (Client(), f"/values-not-followed/read/{code}/"),
        "from their list": (client_for(cast.co_producer), f"/values-not-followed/all/{made.pk}/mark/"),
        "of a suggestion": (Client(), f"/suggested/{grouped(suggesting.code_for(once))}/"),
    }[way]

    page = client.post(path, {"heard": "no", "words": "Typed for long."}).content.decode()

    assert "There is no answer yet. Your words are still here." in page and "Typed for long." in page


@pytest.mark.parametrize(("days", "booked"), [(-1, 0), (0, 1)])
def test_time_is_booked_for_today_or_later(days: int, booked: int, cast: Cast, client_for: As) -> None:
    made, _code = said()
    day = timezone.localdate(clock.now()) + timedelta(days=days)
    given = {"what": "How we begin.", "owner": cast.lead.pk, "by_when_day": day.day}
    given |= {"by_when_month": day.month, "by_when_year": day.year}

    client_for(cast.lead).post(f"/values-not-followed/all/{made.pk}/book/", given)

    assert ChallengeAction.objects.count() == booked


def typed(cast: Cast, **more: Any) -> dict[str, Any]:
    parts = dict.fromkeys(("situation", "options", "chosen", "reason"), "Typed for long.")
    given = {"choice": "taking_part", "basis": "judgement", "doubter": "nobody", "checker": cast.deputy.pk}
    return parts | given | {"version": 1} | more


def test_what_was_checked_meanwhile_keeps_what_its_writer_typed(cast: Cast, client_for: As) -> None:
    record = checked(cast)
    path = f"/decisions/{record.pk}/change/"
    writer = client_for(cast.facilitator)

    page = writer.post(path, typed(cast)).content.decode()

    assert "It was checked meanwhile, and stays as it is." in page and "Typed for long." in page
    record.refresh_from_db()
    assert record.told["reason"] == "The group had asked for a quiet start."
    assert writer.get(path).status_code == 404


@pytest.mark.parametrize("first", [Verdict.PASSES, Verdict.NOT_YET])
def test_what_was_checked_already_keeps_what_its_checker_typed(
    first: Verdict, cast: Cast, client_for: As
) -> None:
    record = written(cast)
    deciding.check(record=record, by=cast.deputy, version=1, verdict=first, words={}, why="Too near.")
    path = f"/decisions/{record.pk}/check/"
    deputy = client_for(cast.deputy)

    page = deputy.post(path, typed(cast, verdict="reworded")).content.decode()

    assert "It was checked already." in page and "Typed for long." in page
    assert record.checks.count() == 1
    assert deputy.get(path).status_code == client_for(cast.lead).post(path, typed(cast)).status_code == 404


def test_a_search_that_is_cut_says_so(cast: Cast, client_for: As, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decisions, "MOST_FOUND", 1)
    client = client_for(cast.co_producer)
    checked(cast, situation="The boiler broke.")

    one = client.post("/decisions/find/", {"words": "boiler"}).content.decode()
    checked(cast, situation="The boiler broke again.")
    two = client.post("/decisions/find/", {"words": "boiler"}).content.decode()

    assert "1 decision found" in one and "Only the first" not in one and "Only the first 1 are shown." in two
