"""A card of what helps: its owner's alone, until they share it, and then for a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from riskassessment.enums import Place
from riskassessment.forms.helps import LIMIT
from riskassessment.models import Activity, CardShare, HelpsCard
from riskassessment.services import activities, helps
from safeguarding import clock
from safeguarding.crypto import RecordKey
from tests.cast import Cast
from tests.planning.conftest import planned

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
WORDS = "Tell me before the break, like a heron."


def shared(cast: Cast, **columns: Any) -> Activity:
    activity = planned(cast.facilitator, **columns)
    activities.give_place(
        activity=activity, person=cast.co_producer, place=Place.TAKES_PART, by=cast.facilitator
    )
    helps.write(by=cast.co_producer, words=WORDS)
    helps.share(by=cast.co_producer, activity=activity)
    return activity


@pytest.mark.clause("5.3", "V4")
def test_those_who_facilitate_read_it_and_its_owner_is_told(cast: Cast, client_for: As) -> None:
    activity = shared(cast)

    assert WORDS in client_for(cast.facilitator).get(f"/activities/{activity.pk}/cards/").content.decode()
    own = client_for(cast.co_producer).get("/helps-me/").content.decode()
    assert "Farah read it first on" in own


@pytest.mark.clause("5.3")
@pytest.mark.parametrize("reader", ["lead", "administrator", "deputy"])
def test_nobody_else_reads_it(cast: Cast, client_for: As, reader: str) -> None:
    activity = shared(cast)

    answer = client_for(getattr(cast, reader)).get(f"/activities/{activity.pk}/cards/")

    assert answer.status_code in (403, 404)
    assert CardShare.objects.get().views.count() == 0


def test_sharing_ends_at_once_and_by_itself(cast: Cast, client_for: As) -> None:
    activity = shared(cast, starts_at=clock.now() + timedelta(days=1))
    farah, here = client_for(cast.facilitator), f"/activities/{activity.pk}/cards/"

    with clock.at(clock.now() + timedelta(days=32)):
        assert WORDS not in farah.get(here).content.decode()
    client_for(cast.co_producer).post(f"/helps-me/{CardShare.objects.get().pk}/stop/")
    assert WORDS not in farah.get(here).content.decode()


def test_a_day_that_was_named_ends_it_and_a_later_one_does_not_lengthen_it(
    cast: Cast, client_for: As
) -> None:
    starts = datetime(2031, 5, 6, 12, tzinfo=UTC)
    activity = shared(cast, starts_at=starts)
    ceri, ends = client_for(cast.co_producer), []
    for month in ("5", "9"):
        day = {"until_day": "20", "until_month": month, "until_year": "2031"}
        ceri.post("/helps-me/share/", {"activity": str(activity.pk), **day})
        ends.append(CardShare.objects.get().until)

    assert ends == [datetime(2031, 5, 20, 23, tzinfo=UTC), starts + timedelta(days=30)]


def test_it_is_sealed_with_a_key_of_its_own_and_goes_with_it(cast: Cast, client_for: As) -> None:
    shared(cast)
    key = HelpsCard.objects.get().key_id
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM riskassessment_helpscard t")
        row = cursor.fetchone()[0]
    assert ("heron" in row, b"heron".hex() in row) == (False, False)

    client_for(cast.co_producer).post("/helps-me/wipe/")

    counts = HelpsCard.objects.count(), CardShare.objects.count(), RecordKey.objects.filter(pk=key).count()
    assert counts == (0, 0, 0)


def test_an_emptied_card_is_none(cast: Cast, client_for: As) -> None:
    shared(cast)

    client_for(cast.co_producer).post("/helps-me/", {"words": "  "})

    assert HelpsCard.objects.count() == 0


@pytest.mark.parametrize(("over", "status"), [(0, 302), (1, 200)])
def test_a_card_may_be_exactly_as_long_as_its_limit(
    cast: Cast, client_for: As, over: int, status: int
) -> None:
    sent = client_for(cast.co_producer).post("/helps-me/", {"words": "x" * (LIMIT + over)})

    assert sent.status_code == status
