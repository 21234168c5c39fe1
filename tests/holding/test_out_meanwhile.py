"""The record goes out in the moment in which somebody sends: their words come back to them, and nothing breaks."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client

from reviews.models import ReviewCycle
from tests.cast import Cast
from tests.holding.conftest import PLAN, about, clause, guest_in, out

As = Callable[..., Client]
WORDS = "It took me all morning to write this."


WAITS = (
    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
)


def _waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(WAITS)
        return bool(cursor.fetchone()[0])


def _sent(client: Client, path: str, given: dict[str, Any]) -> Any:
    try:
        return client.post(path, given)
    finally:
        connection.close()


def while_it_goes_out(cycle: ReviewCycle, cast: Cast, client: Client, path: str, **given: Any) -> Any:
    """What somebody gets who sent this before the record was out, and waited for it."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            ReviewCycle.objects.select_for_update().get(pk=cycle.pk)
            sent = pool.submit(_sent, client, path, given)
            until = time.monotonic() + 10
            while not _waits_for_a_lock() and time.monotonic() < until:
                time.sleep(0.02)
            out(cycle, cast.co_producer)
        return sent.result()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", ["a member says", "a member agrees", "a guest agrees"])
def test_words_that_come_while_the_record_goes_out_go_back_to_their_writer(
    way: str, cycle: ReviewCycle, cast: Cast, client_for: As
) -> None:
    about(PLAN)
    _guest, token = guest_in(cycle, cast.co_producer)
    member, base = client_for(cast.lead), f"/statement/reviews/{cycle.pk}/agenda/"
    agrees = {"said": "but", "words": WORDS}
    client, path, given = {
        "a member says": (
            member,
            f"{base}say/",
            {"once": str(uuid4()), f"words_{clause(PLAN).serial}": WORDS},
        ),
        "a member agrees": (member, f"{base}mine/", agrees),
        "a guest agrees": (Client(), f"/reviewed/{token}/agree/", agrees),
    }[way]

    page = while_it_goes_out(cycle, cast, client, path, **given)

    assert page.status_code == 409
    assert WORDS in page.content.decode()


@pytest.mark.django_db
def test_no_clause_is_put_on_an_agenda_whose_record_is_out(
    cycle: ReviewCycle, cast: Cast, client_for: As
) -> None:
    about(PLAN)
    out(cycle, cast.co_producer)

    path = f"/statement/reviews/{cycle.pk}/agenda/ask/"
    client = client_for(cast.lead)
    client.post(path, {"clause": clause("We look back twice a year.").serial})

    page = client.get(f"/statement/reviews/{cycle.pk}/record/").content.decode()
    assert "The record of this review is out." in page
