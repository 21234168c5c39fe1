"""How it was to tell us: asked once, kept without a way back, read by nobody who worked on it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.db import connection, models
from django.test import Client

from concerns.models import Concern
from concerns.views.visit import open_follow_up
from reviews.models import ProcessAnswer, ProcessAsked, ReviewCycle, ReviewHolder
from reviews.services import process
from reviews.services.process import Said
from safeguarding import clock, context
from safeguarding.audit import AuditEntry
from safeguarding.outbox import OutboxMessage
from safeguarding.people.models import Person
from tests.cast import Cast
from tests.triage.conftest import acknowledged, closed, now_is

pytestmark = [pytest.mark.django_db, pytest.mark.clause("P1")]
As = Callable[..., Client]
HERE = "/follow-up/how-it-was/"
MARCH = datetime(2026, 3, 10, 12, tzinfo=ZoneInfo("Europe/London"))
JULY = MARCH.replace(month=7)


def returned(concern: Concern) -> Client:
    """A visit that showed the receipt."""
    client = Client()
    session = client.session
    open_follow_up(type("Asked", (), {"session": session})(), concern.pk)
    session.save()
    client.cookies["session"] = session.session_key or ""
    return client


@pytest.fixture
def concern(cast: Cast) -> Iterator[Concern]:
    with clock.at(MARCH):
        yield now_is(closed(cast.deputy))


def holder(person: Person, cast: Cast) -> None:
    cycle = ReviewCycle.objects.create(opens_on=date(2026, 7, 1), closes_on=date(2026, 8, 11), opened_at=JULY)
    ReviewHolder.objects.create(cycle=cycle, person=person, since=MARCH, named_by=cast.administrator)


def test_it_is_asked_once_after_it_is_closed(cast: Cast, concern: Concern) -> None:
    client = returned(concern)
    assert HERE in client.get("/follow-up/").content.decode()
    assert "Nobody who worked on what you told us reads it." in client.get(HERE).content.decode()

    client.post(HERE, {"heard": "yes", "safe": "partly", "words": "It took long."})

    made = ProcessAnswer.objects.get()
    assert (made.heard, made.safe, made.words, made.half) == (
        "yes",
        "partly",
        "It took long.",
        date(2026, 1, 1),
    )
    assert HERE not in client.get("/follow-up/").content.decode()
    client.post(HERE, {"heard": "no"})
    assert ProcessAnswer.objects.count() == 1


@pytest.mark.parametrize("given", [{}, {"heard": "rather_not", "safe": "rather_not", "words": " "}])
def test_rather_not_say_keeps_nothing_and_asks_no_more(
    cast: Cast, concern: Concern, given: dict[str, str]
) -> None:
    client = returned(concern)
    assert HERE in client.get("/follow-up/").content.decode()

    client.post(HERE, given)

    assert not ProcessAnswer.objects.exists()
    assert HERE not in client.get("/follow-up/").content.decode()


def test_nobody_is_asked_before_it_is_closed_without_a_receipt_or_long_after(
    cast: Cast, concern: Concern
) -> None:
    still_open = returned(acknowledged(cast.lead))

    page = still_open.get("/follow-up/").content.decode()
    assert "How it stands" in page
    assert HERE not in page
    for client in (still_open, Client()):
        assert client.post(HERE, {"heard": "no"})["Location"] == "/follow-up/"
    with clock.at(MARCH + timedelta(days=200)):
        assert not process.asks(concern)
    assert not ProcessAnswer.objects.exists()


def test_no_column_of_an_answer_is_found_anywhere_else(cast: Cast, concern: Concern) -> None:
    """Every value of an answer, and of the mark of a receipt, is looked for in every column of every table."""
    process.answer(concern=concern, said=Said("yes", "no", "Quiet canary."))

    answer, asked = rows("reviews_processanswer")[0], rows("reviews_processasked")[0]
    assert set(answer) == {"id", "half", "heard", "safe", "words_sealed"}
    assert set(asked) == {"asked_hash"}
    mine = {str(answer["id"]), str(answer["words_sealed"]), str(asked["asked_hash"])}
    for kind in all_models() - {ProcessAnswer, ProcessAsked}:
        found = {str(value) for row in rows(kind._meta.db_table) for value in row.values()}
        assert mine.isdisjoint(found), kind
        assert not any(str(answer["id"]) in value for value in found), kind
    assert str(concern.pk) not in str(answer) + str(asked)
    assert not any(
        type(f).__name__ in ("DateTimeField", "ForeignKey") for f in ProcessAnswer._meta.get_fields()
    )


def all_models() -> set[type[models.Model]]:
    return {m for m in apps.get_models(include_auto_created=True) if m._meta.managed}


def rows(table: str) -> list[dict[str, Any]]:
    with context.system(), connection.cursor() as cursor:
        cursor.execute(f"SELECT to_jsonb(t)::text FROM {table} t")
        return [json.loads(row[0]) for row in cursor.fetchall()]


def test_the_audit_names_no_answer_and_no_concern(cast: Cast, concern: Concern) -> None:
    process.answer(concern=concern, said=Said("yes"))

    row = AuditEntry.objects.get(verb="process_answered")
    assert (row.about_id, row.about_type, row.actor_id, row.facts) == (None, "", None, {})
    assert not OutboxMessage.objects.filter(kind__startswith="process").exists()


def test_the_order_in_which_the_database_keeps_them_tells_nothing(cast: Cast) -> None:
    """Both tables stand in the order of their random names, written by one and the same transaction."""
    with clock.at(MARCH):
        for _each in range(6):
            process.answer(concern=now_is(closed(cast.deputy)), said=Said("yes"))

    for table, key in (("reviews_processanswer", "id"), ("reviews_processasked", "asked_hash")):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {key}::text, xmin::text FROM {table} ORDER BY ctid")
            kept = cursor.fetchall()
        assert [row[0] for row in kept] == sorted(row[0] for row in kept)
        assert len({row[1] for row in kept}) == 1


def test_words_are_sealed(cast: Cast, concern: Concern) -> None:
    process.answer(concern=concern, said=Said(words="Quiet canary."))

    assert b"canary" not in bytes(ProcessAnswer.objects.get().words_sealed or b"")


@pytest.mark.parametrize(
    ("who", "reads"),
    [
        ("alternate", True),
        ("co_producer", True),  # holds the review
        ("facilitator", False),
        ("lead", False),
        ("deputy", False),  # closed it
        ("administrator", False),
    ],
)
def test_who_reads_it_once_the_half_year_is_over(
    cast: Cast, client_for: As, concern: Concern, who: str, reads: bool
) -> None:
    holder(cast.co_producer, cast)
    process.answer(concern=concern, said=Said("no", "no", "Quiet canary."))
    someone = getattr(cast, who)

    with clock.at(MARCH + timedelta(days=30)):
        assert "Quiet canary." not in client_for(someone).get("/how-it-was/").content.decode()
    with clock.at(JULY):
        page = client_for(someone).get("/how-it-was/").content.decode()
    assert ("Quiet canary." in page) == reads


def test_a_lead_who_holds_the_review_still_does_not_read_it(cast: Cast, concern: Concern) -> None:
    holder(cast.lead, cast)
    process.answer(concern=concern, said=Said("no"))

    assert process.readable_by(cast.lead, JULY) == {}


def test_an_alternate_who_worked_on_one_of_that_time_does_not_read_it(cast: Cast, concern: Concern) -> None:
    with clock.at(MARCH):
        process.answer(concern=concern, said=Said("no"))
        assert process.may_read(cast.alternate, date(2026, 1, 1), JULY)
    with clock.at(MARCH), context.system():
        Concern.objects.filter(pk=concern.pk).update(assigned_to=cast.alternate)
    assert not process.may_read(cast.alternate, date(2026, 1, 1), JULY)
