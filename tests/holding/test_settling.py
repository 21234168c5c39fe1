"""What is decided stays, goes into the draft, and is told to those who suggested it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import InternalError, transaction
from django.test import Client

from reviews.models import ClauseDecision, PressureLook, ReviewCycle, StatementVersion, Suggestion
from reviews.services import drafting, settling
from safeguarding.transitions import Conflict
from tests.access.rows_cycles import a_cycle
from tests.cast import Cast
from tests.holding.conftest import BACK, PLAN, STORY, about, clause, day_fields, decided, held_by, today
from tests.statement.conftest import published, suggested

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
NOT_SEEN = dict.fromkeys(("expedience", "organisation", "assumptions", "instinct", "confrontation"), "not")


def draft_words() -> list[str]:
    draft = StatementVersion.objects.drafts().first()
    return [text.words for text in draft.texts.in_order()] if draft else []


def address(cycle: ReviewCycle, words: str) -> str:
    return f"/statement/reviews/{cycle.pk}/agenda/clauses/{clause(words).serial}/"


def refused(client: Client, where: str, **given: Any) -> str:
    page = client.post(where, {"seen": 0} | given)
    assert page.status_code == 200
    return " ".join(page.content.decode().split())


@pytest.mark.clause("8.d")
def test_a_later_decision_follows_and_none_is_lost(cycle: ReviewCycle, cast: Cast) -> None:
    first = decided(cycle, cast.co_producer, PLAN)
    second = decided(cycle, cast.facilitator, PLAN, "discuss", seen=1)

    first.refresh_from_db()
    assert first.followed_at is not None
    assert list(cycle.gathering.decisions.standing()) == [second]
    assert [each.pk for each in settling.earlier(cycle, second.clause)] == [first.pk, second.pk]


@pytest.mark.clause("8.d")
@pytest.mark.parametrize("change", [{"reason": "Another."}, {"decided": "discuss"}, {"by": None}])
def test_the_database_lets_nobody_change_a_decision(
    cycle: ReviewCycle, cast: Cast, change: dict[str, Any]
) -> None:
    made = decided(cycle, cast.co_producer, PLAN)
    change = {"by": cast.lead} if "by" in change else change

    with pytest.raises(InternalError), transaction.atomic():
        ClauseDecision.objects.filter(pk=made.pk).update(**change)
    with pytest.raises(InternalError), transaction.atomic():
        ClauseDecision.objects.filter(pk=made.pk).delete()


def test_two_decisions_at_once_are_told_of_each_other(cycle: ReviewCycle, cast: Cast) -> None:
    decided(cycle, cast.co_producer, PLAN)

    with pytest.raises(Conflict):
        decided(cycle, cast.facilitator, PLAN, "change")


@pytest.mark.clause("8.a")
def test_a_fixed_rule_changes_only_with_a_reason_and_shows_where_this_site_holds_to_it(
    cast: Cast, client_for: As
) -> None:
    rule = "Nobody has to say who they are."
    published(cast, rule, strength="fixed", features=["raise"])
    cycle = held_by(a_cycle(), cast, cast.co_producer)
    client = client_for(cast.co_producer)

    page = refused(client, address(cycle, rule), decided="change", after="Say who you are.", reason=" ")

    assert "This is a fixed rule. Say why it changes." in page
    assert "Raise a concern, with no account and no name" in page
    assert not ClauseDecision.objects.exists()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"decided": "change", "after": PLAN, "reason": "x"}, "It says this already."),
        ({"decided": "change", "after": " ", "reason": "x"}, "Write what it will say."),
        ({"decided": "change", "after": "y", "reason": ""}, "Say why it changes."),
        ({"decided": "discuss"}, "Say on which day, so that it is not forgotten."),
        ({}, "Choose what was decided."),
    ],
)
def test_what_is_missing_is_asked_for(
    cycle: ReviewCycle, cast: Cast, client_for: As, given: dict[str, str], told: str
) -> None:
    assert told in refused(client_for(cast.co_producer), address(cycle, PLAN), **given)


def test_a_day_to_talk_again_is_still_to_come(cycle: ReviewCycle, cast: Cast, client_for: As) -> None:
    given = {"decided": "discuss", **day_fields("again_on", today())}

    assert "Choose a day that is still to come." in refused(
        client_for(cast.co_producer), address(cycle, PLAN), **given
    )


@pytest.mark.clause("8.e")
def test_a_change_goes_into_the_draft_and_the_statement_stays(cycle: ReviewCycle, cast: Cast) -> None:
    decided(cycle, cast.co_producer, PLAN, "change")

    stands = drafting.in_force()
    assert stands is not None
    assert [text.words for text in stands.texts.in_order()] == [STORY, PLAN, BACK]
    assert draft_words() == [STORY, "We plan it all together.", BACK]


def test_what_a_later_decision_takes_back_leaves_the_draft(cycle: ReviewCycle, cast: Cast) -> None:
    decided(cycle, cast.co_producer, PLAN, "change")
    decided(cycle, cast.co_producer, PLAN, "keep", seen=1)

    assert draft_words() == [STORY, PLAN, BACK]


def test_what_somebody_else_wrote_in_the_draft_meanwhile_stays(cycle: ReviewCycle, cast: Cast) -> None:
    decided(cycle, cast.co_producer, PLAN, "change")
    text = StatementVersion.objects.drafts().get().texts.get(clause=clause(PLAN))
    drafting.reword(text=text, by=cast.administrator, words="Another word.", reason="")

    decided(cycle, cast.co_producer, PLAN, "keep", seen=1)

    assert draft_words() == [STORY, "Another word.", BACK]


def test_a_clause_that_somebody_took_out_of_the_draft_is_talked_about_first(
    cycle: ReviewCycle, cast: Cast, client_for: As
) -> None:
    draft = drafting.begin(by=cast.administrator)
    drafting.take_away(text=draft.texts.get(clause=clause(PLAN)), by=cast.administrator)

    given = {"decided": "change", "after": "y", "reason": "x"}
    page = refused(client_for(cast.co_producer), address(cycle, PLAN), **given)

    assert "Please talk with them first." in page
    assert not ClauseDecision.objects.exists()


@pytest.mark.clause("8.e", "V2")
@pytest.mark.parametrize(
    ("what", "reason", "told"),
    [
        ("change", "It was unclear.", "It will say: We plan it all together."),
        ("keep", "We lean on it.", "we decided to keep it as it is. Why: We lean on it."),
        ("discuss", "It needs time.", "We talk about it again on"),
    ],
)
def test_what_is_decided_is_shown_back_at_the_link_of_a_suggestion(
    cycle: ReviewCycle, cast: Cast, what: str, reason: str, told: str
) -> None:
    made, code = about(PLAN)

    decided(cycle, cast.co_producer, PLAN, what, answers=[made], reason=reason)

    assert told in " ".join(Client().get(f"/suggested/{code}/").content.decode().split())
    assert not Suggestion.objects.waiting().filter(pk=made.pk).exists()


def test_only_who_holds_it_decides(cycle: ReviewCycle, cast: Cast) -> None:
    for someone in (cast.lead, cast.administrator, cast.deputy):
        with pytest.raises(PermissionDenied):
            decided(cycle, someone, PLAN)


@pytest.mark.clause("V4")
def test_who_holds_it_reads_what_is_suggested_and_no_name_that_came_with_it(
    cycle: ReviewCycle, cast: Cast, client_for: As
) -> None:
    suggested("Say it shorter.", name="Olu Planted", clause=clause(PLAN))

    page = client_for(cast.co_producer).get(address(cycle, PLAN)).content.decode()

    assert "Say it shorter." in page
    assert "Olu" not in page


@pytest.mark.clause("8.c")
def test_the_five_pressures_are_looked_for_in_what_this_review_decides(
    cycle: ReviewCycle, cast: Cast, client_for: As
) -> None:
    made, client = decided(cycle, cast.co_producer, PLAN), client_for(cast.co_producer)
    where = f"/statement/reviews/{cycle.pk}/agenda/pressures/{made.pk}/"

    silent = client.post(where, NOT_SEEN | {"instinct": "seen"}).content.decode()
    client.post(where, NOT_SEEN | {"instinct": "seen", "words": "We ask two more."})
    client.post(where, {"expedience": "not", "words": "We ask two more."})

    assert "Say what we do about it." in silent
    looks = list(PressureLook.objects.order_by("at"))
    assert [look.seen["instinct"] for look in looks] == ["seen", "unsure"]
    assert [look.followed_at is None for look in looks] == [False, True]
    with pytest.raises(InternalError), transaction.atomic():
        PressureLook.objects.filter(pk=looks[0].pk).update(seen=NOT_SEEN)


def test_talking_again_has_a_day(cycle: ReviewCycle, cast: Cast) -> None:
    made = decided(cycle, cast.co_producer, PLAN, "discuss", again_on=today() + timedelta(days=9))

    assert made.again_on == today() + timedelta(days=9)
