"""Words stand in the evidence only after somebody who did not write them has read them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from reviews.models import EvidencePack, Suggestion, WordsRead
from reviews.packs import Outcome, Source
from reviews.services import packing, passing_words, suggesting
from reviews.views.words import SHOWN
from riskassessment.services import after
from safeguarding import clock
from tests.access.rows_cycles import a_cycle
from tests.access.rows_evidence import packed
from tests.after.conftest import held
from tests.cast import Cast
from tests.evidence.conftest import passed, reading
from tests.reviews.test_pages import holding
from tests.statement.conftest import published, suggested

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
WORDS = "Say clearly that one may pass."


def read_path(made: Suggestion) -> str:
    return f"/statement/reviews/{a_cycle().pk}/words/suggestion/{made.pk}/"


def answer(client: Client, made: Suggestion, *, outcome: str = Outcome.AS_IT_IS, **said: Any) -> str:
    text = passing_words.hash_of(made.words or "").hex()
    page = client.post(read_path(made), {"seen": text, "outcome": outcome, **said}, follow=True)
    return " ".join(page.content.decode().split())


@pytest.fixture
def holder(cast: Cast, client_for: As) -> Client:
    holding(a_cycle(), cast.facilitator)
    return client_for(cast.facilitator)


@pytest.mark.clause("8.f")
def test_words_that_nobody_read_are_only_said_to_wait(cast: Cast) -> None:
    suggested(WORDS)

    body = packed(a_cycle()).body

    assert WORDS not in body
    assert "Some words wait to be read" in body


def test_words_that_somebody_read_stand_and_say_whether_they_were_answered(
    cast: Cast, holder: Client
) -> None:
    made, _code = suggested(WORDS)

    assert "Nothing waits for you" in answer(holder, made)
    assert f"{WORDS} (not answered)" in packed(a_cycle()).body


def test_other_words_stand_instead(cast: Cast, holder: Client) -> None:
    made, _code = suggested("Farid from the Tuesday group says: slower.")

    answer(holder, made, outcome=Outcome.INSTEAD, instead="Somebody says: slower.")

    body = packed(a_cycle()).body
    assert "Somebody says: slower." in body and "Farid" not in body


def test_words_that_are_left_out_do_not_stand_and_do_not_wait(cast: Cast, holder: Client) -> None:
    made, _code = suggested(WORDS)

    answer(holder, made, outcome=Outcome.LEFT_OUT)

    body = packed(a_cycle()).body
    assert WORDS not in body and "Some words wait" not in body


@pytest.mark.parametrize(
    "words", ["Ask Ceri first.", "Write to c.b@example.org.", "Ring 020 7946 0018.", "K7M4-Q2XR"]
)
def test_what_leads_to_somebody_is_asked_about(words: str, cast: Cast, holder: Client) -> None:
    made, _code = suggested(words)

    asked = answer(holder, made)
    answer(holder, made, stays=passing_words.standing_out(words))

    assert "This may lead to somebody" in asked
    assert words in packed(a_cycle()).body


def test_a_name_in_the_words_instead_is_asked_about_too(cast: Cast, holder: Client) -> None:
    made, _code = suggested("Farid says: slower.")
    given: dict[str, Any] = {"outcome": Outcome.INSTEAD, "instead": "Ceri says: slower."}

    asked = answer(holder, made, **given)

    assert "This may lead to somebody: Ceri." in asked
    assert not WordsRead.objects.exists()
    answer(holder, made, **given, stays=["Ceri"])
    assert "Ceri says: slower." in packed(a_cycle()).body


def test_who_looked_at_one_name_is_asked_about_another_that_they_write_instead(
    cast: Cast, holder: Client
) -> None:
    made, _code = suggested("Ask Ceri first.")
    instead = {"outcome": Outcome.INSTEAD, "instead": "Ask Dara first."}

    asked = answer(holder, made, **instead, stays=["Ceri"])

    assert "This may lead to somebody: Dara." in asked
    text = passing_words.found(Source.SUGGESTION, made.pk, cast.facilitator)
    assert text is not None
    with pytest.raises(passing_words.StandsOut) as refused:
        passing_words.read(cycle=a_cycle(), text=text, by=cast.facilitator, **instead, stays=["Ceri"])
    assert refused.value.found == ["Dara"]
    assert not WordsRead.objects.exists()


def test_nobody_passes_their_own_words(cast: Cast) -> None:
    made, _code = suggested(WORDS, by=cast.facilitator)
    text = passing_words.found(Source.SUGGESTION, made.pk, cast.co_producer)
    assert text is not None
    holding(a_cycle(), cast.facilitator)

    with pytest.raises(passing_words.WroteIt):
        passing_words.read(cycle=a_cycle(), text=text, by=cast.facilitator, outcome=Outcome.AS_IT_IS)
    assert passing_words.waiting(cast.facilitator, None, most=9) == []


def test_words_that_changed_since_the_page_was_drawn_are_read_anew(cast: Cast, holder: Client) -> None:
    made, _code = suggested(WORDS)

    page = holder.post(read_path(made), {"seen": "0" * 64, "outcome": Outcome.AS_IT_IS}).content.decode()

    assert "The words changed meanwhile." in page
    assert WordsRead.objects.count() == 0
    assert passing_words.hash_of(WORDS).hex() in page


def test_a_later_reading_follows_and_the_frozen_pack_stays(cast: Cast, client_for: As) -> None:
    made = passed(WORDS, by=cast.deputy)
    first = packed(a_cycle())
    again = client_for(cast.deputy).get(f"/statement/reviews/{first.cycle_id}/words/?show=all")

    answer(client_for(cast.deputy), made, outcome=Outcome.LEFT_OUT)
    packing.ask(cycle=first.cycle, by=cast.lead)

    assert WORDS in again.content.decode()
    assert WORDS in EvidencePack.objects.get(pk=first.pk).body
    assert WORDS not in packed(first.cycle).body


def test_who_neither_holds_it_nor_edits_the_statement_reads_no_words(cast: Cast, client_for: As) -> None:
    made, _code = suggested(WORDS)

    assert client_for(cast.co_producer).get(read_path(made)).status_code == 404
    assert client_for(cast.administrator, second_factor=False).get(read_path(made)).status_code == 404


def test_a_page_holds_the_oldest_words(cast: Cast, holder: Client) -> None:
    for number in range(SHOWN + 1):
        suggested(f"Words number {number}.")

    page = holder.get(f"/statement/reviews/{a_cycle().pk}/words/").content.decode()

    assert page.count("Words number") == SHOWN
    assert "Words number 0." in page and f"Words number {SHOWN}." not in page


@pytest.mark.parametrize("was_read", [True, False])
def test_words_that_were_taken_back_neither_stand_nor_wait(was_read: bool, cast: Cast) -> None:
    clause = published(cast).texts.in_order()[0].clause
    made = passed(WORDS, by=cast.lead, clause=clause) if was_read else suggested(WORDS, clause=clause)[0]
    suggesting.take_back(suggestion=made)

    pack = packed(a_cycle())

    assert WORDS not in pack.body and "Some words wait" not in pack.body
    assert packing.clauses_with_evidence(pack.cycle) == set()
    assert passing_words.waiting(cast.lead, None, most=9) == []


def test_words_that_changed_since_they_were_read_are_unread(cast: Cast) -> None:
    activity = held(cast, starts=clock.now() - timedelta(hours=3)).activity
    said: dict[str, Any] = {"activity": activity, "by": cast.facilitator, "uses": {}}
    review = after.write(version=0, learnt="Calm helps.", **said)
    reading(Source.LEARNT, review.pk, by=cast.lead)

    after.write(version=review.version, learnt="Bea was calm.", **said)

    body = packed(a_cycle()).body
    assert "Calm helps." not in body and "Bea" not in body
    assert "Some words wait to be read" in body


def test_who_wrote_in_it_before_does_not_pass_it(cast: Cast) -> None:
    """Farah wrote first, and somebody else wrote last."""
    activity = held(cast, starts=clock.now() - timedelta(hours=3)).activity
    review = after.write(activity=activity, by=cast.facilitator, version=0, uses={}, learnt="Calm helps.")
    type(review).objects.update(changed_by=cast.lead)

    assert passing_words.found(Source.LEARNT, review.pk, cast.facilitator) is None
    assert passing_words.found(Source.LEARNT, review.pk, cast.deputy) is not None
