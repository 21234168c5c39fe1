"""The one agenda of a review: what stands on it, who finds what there, and how long it takes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from reviews import agendas
from reviews.models import DecisionRecord, ReviewCycle
from reviews.services import packing, promising, suggesting, taking_part
from safeguarding import clock, context
from tests.access.rows_cycles import a_cycle
from tests.cast import Cast
from tests.decisions.conftest import checked
from tests.holding.conftest import BACK, PLAN, STORY, about, clause, decided, guest_in, held_by, out
from tests.statement.conftest import suggested

pytestmark = pytest.mark.django_db
As = Callable[..., Client]


def words_of(cycle: ReviewCycle) -> list[str]:
    return [row.text.words for row in agendas.rows(cycle)]


@pytest.mark.clause("8.f")
def test_the_agenda_takes_ninety_minutes() -> None:
    assert sum(agendas.MINUTES.values()) == 90


@pytest.mark.clause("8.f")
def test_only_clauses_with_something_to_say_about_stand_on_it(cycle: ReviewCycle) -> None:
    about(PLAN)
    suggested("In general.")

    assert words_of(cycle) == [PLAN]


def test_a_suggestion_that_was_answered_since_the_last_review_stands_on_it(
    cycle: ReviewCycle, cast: Cast
) -> None:
    made, _code = about(BACK)
    suggesting.answer(suggestion=made, by=cast.administrator, answer="done")

    assert words_of(cycle) == [BACK]


@pytest.mark.clause("V0")
def test_anybody_who_takes_part_puts_a_clause_on_it(cycle: ReviewCycle, cast: Cast, client_for: As) -> None:
    _guest, token = guest_in(cycle, cast.co_producer)

    client_for(cast.lead).post(f"/statement/reviews/{cycle.pk}/agenda/ask/", {"clause": clause(STORY).serial})
    Client().post(f"/reviewed/{token}/ask/", {"clause": clause(BACK).serial})
    taking_part.ask_for(cycle=cycle, clause=clause(BACK))

    assert words_of(cycle) == [STORY, PLAN, BACK]


def test_a_member_reads_it_and_only_who_holds_it_finds_the_acts(
    cycle: ReviewCycle, cast: Cast, client_for: As
) -> None:
    about(PLAN)
    address = f"/statement/reviews/{cycle.pk}/agenda/"

    held, read = (client_for(who).get(address).content.decode() for who in (cast.co_producer, cast.lead))

    assert "Write down what is decided" in held
    assert "Write down" not in read
    assert PLAN in read
    assert "Say it shorter." not in read  # the words of a suggestion are for those who hold it


@pytest.mark.clause("8.f")
def test_what_the_evidence_tells_of_stands_on_it(cycle: ReviewCycle, cast: Cast, client_for: As) -> None:
    before = held_by(a_cycle(days_ago=200), cast, cast.co_producer)
    promising.make(
        cycle=before, by=cast.co_producer, words="Pictures.", owner="one of us", due_on=cycle.opens_on
    )
    out(before, cast.co_producer)
    with context.system():
        packing.keep(now=clock.now())
        packing.make_due()

    page = client_for(cast.lead).get(f"/statement/reviews/{cycle.pk}/agenda/").content.decode()

    assert "What we promised last time, and whether it happened" in page


@pytest.mark.clause("8.c")
def test_a_review_looks_at_a_few_decisions_of_our_work(cycle: ReviewCycle, cast: Cast) -> None:
    made = [checked(cast) for _each in range(agendas.SAMPLE + 1)]
    DecisionRecord.objects.update(checked_on=cycle.opens_on - timedelta(days=1))
    held_before = a_cycle(days_ago=200)
    ReviewCycle.objects.filter(pk=held_before.pk).update(held_on=cycle.opens_on - timedelta(days=90))

    drawn = {each.pk for each in agendas.looked_at(cycle, agendas.rows(cycle))}

    assert len(drawn) == agendas.SAMPLE
    assert drawn < {each.pk for each in made}
    DecisionRecord.objects.update(checked_on=cycle.opens_on)  # for the next review
    assert agendas.sample(cycle) == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_agenda_asks_the_same_however_much_stands_on_it(
    cycle: ReviewCycle, cast: Cast, client_for: As, number: int, django_assert_num_queries: object
) -> None:
    for words in (STORY, PLAN, BACK)[:number]:
        about(words)
        guest_in(cycle, cast.co_producer, of=words)
        decided(cycle, cast.co_producer, words)
    client = client_for(cast.co_producer)
    client.get(f"/statement/reviews/{cycle.pk}/agenda/")

    with django_assert_num_queries(34):  # type: ignore[operator]
        client.get(f"/statement/reviews/{cycle.pk}/agenda/")
