"""What was in the way, or went well, goes on from a concern only if its writer said so; their receipt finds it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from concerns.services import passing_on
from reviews.models import Suggestion, SuggestionAnswer
from reviews.services import suggesting
from safeguarding import crypto
from safeguarding.audit import AuditEntry
from tests.cast import Cast
from tests.raising.journey import Reporter, the_concern

pytestmark = pytest.mark.django_db
WORDS = "Quiet canary stairs."
SHARED = {"about": "barrier", "share": "on"}


def raised(answers: dict[str, Any] | None, **begun: Any) -> Reporter:
    reporter = Reporter()
    reporter.begin(**begun)
    reporter.write(WORDS)
    if answers is not None:
        reporter.answer("/raise/more/share/", answers)
    reporter.answer("/raise/check/")
    return reporter


@pytest.mark.clause("I2", "I0", "7.0d")
@pytest.mark.parametrize("about", ["barrier", "went_well"])
def test_with_their_yes_the_words_go_on_unnamed(about: str, cast: Cast) -> None:
    raised(SHARED | {"about": about})

    made, concern = Suggestion.objects.get(), the_concern()
    assert (made.kind, made.words) == (about, WORDS)
    assert (made.name_sealed, made.person, made.clause) == (None, None, None)
    assert made.key_id != concern.key_id
    assert b"canary" not in bytes(made.words_sealed or b"")
    assert (made.at.hour, made.at.minute, made.at.second, made.at.microsecond) == (0, 0, 0, 0)


def test_nothing_of_the_suggestion_leads_back_to_the_concern(cast: Cast) -> None:
    raised(SHARED)

    made, concern = Suggestion.objects.get(), the_concern()
    row = [str(value) for value in Suggestion.objects.values_list().get()]
    entry = AuditEntry.objects.about(made).get()
    for mark in (str(concern.pk), concern.reference, str(concern.key_id)):
        assert mark not in "".join(row) + str(entry.facts)
    assert str(made.pk) not in str(list(AuditEntry.objects.about(concern).values_list("facts", flat=True)))


def test_other_words_take_the_place_of_what_was_written(cast: Cast) -> None:
    raised(SHARED | {"instead": "The stairs are steep."})

    assert Suggestion.objects.get().words == "The stairs are steep."


@pytest.mark.parametrize(
    "answers", [None, {}, {"about": "barrier"}, {"about": "went_well", "instead": "Ours."}]
)
def test_without_their_yes_nothing_goes_on(answers: dict[str, Any] | None, cast: Cast) -> None:
    raised(answers)

    assert the_concern().words == WORDS
    assert not Suggestion.objects.exists()


@pytest.mark.parametrize("begun", [{"names": "Ada"}, {"names": "Somebody else"}])
def test_where_somebody_is_kept_out_nothing_goes_on(begun: dict[str, Any], cast: Cast) -> None:
    """They may read suggestions, and would know it again."""
    raised(SHARED, **begun)

    assert the_concern().words == WORDS
    assert not Suggestion.objects.exists()


def test_the_tick_is_off_at_first_and_asks_which_of_the_two_it_is(cast: Cast) -> None:
    reporter = Reporter()
    reporter.begin()
    reporter.write(WORDS)
    page = reporter.open("/raise/more/share/").content.decode()

    answered = reporter.answer("/raise/more/share/", {"share": "on"}).content.decode()

    assert "checked" not in page
    assert "Choose which of the two it is" in answered


def test_if_the_suggestion_cannot_be_kept_neither_is_the_concern(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One transaction: a fault of the copy is seen, and the words stay with their writer."""
    monkeypatch.setattr(crypto, "new_key", _no_key_the_second_time())

    with pytest.raises(OSError, match="no key"):
        raised(SHARED)

    assert not Suggestion.objects.exists()
    assert not AuditEntry.objects.filter(verb="concern_raised").exists()


def _no_key_the_second_time() -> Any:
    made, real = [], crypto.new_key

    def key(**named: Any) -> Any:
        made.append(1)
        if len(made) == 3:  # the draft's, the concern's, the suggestion's
            raise OSError("no key")
        return real(**named)

    return key


def test_once_it_is_sent_the_question_is_gone(cast: Cast) -> None:
    reporter = raised(None)

    assert "what went well" not in reporter.open("/follow-up/more/").content.decode()
    assert reporter.client.get("/follow-up/more/share/").status_code == 404


def test_their_receipt_shows_the_answer_and_takes_theirs(cast: Cast) -> None:
    reporter = raised(SHARED)
    made = Suggestion.objects.waiting().get()
    suggesting.answer(suggestion=made, by=cast.administrator, answer="no", words="The stairs are listed.")

    led_there = reporter.open("/follow-up/").content.decode()
    shown = reporter.open("/follow-up/passed-on/").content.decode()
    reporter.client.post("/follow-up/passed-on/", {"heard": "no", "words": "A ramp is not."})

    assert 'href="/follow-up/passed-on/"' in led_there
    assert "The stairs are listed." in shown
    assert Suggestion.objects.waiting().get() == made
    assert SuggestionAnswer.objects.get().heard_words == "A ramp is not."


@pytest.mark.parametrize("chosen", [True, False])
def test_their_words_are_shown_there_only_if_they_chose_so(chosen: bool, cast: Cast) -> None:
    reporter = raised(SHARED)
    reporter.answer("/follow-up/reach/", {"show_words": "on"} if chosen else {})

    assert (WORDS in reporter.open("/follow-up/passed-on/").content.decode()) == chosen


def test_whoever_wrote_them_takes_them_back(cast: Cast) -> None:
    reporter = raised(SHARED)

    reporter.client.post("/follow-up/passed-on/take-back/")

    assert Suggestion.objects.get().words is None
    assert "Your words are gone" in reporter.open("/follow-up/passed-on/").content.decode()
    assert the_concern().words == WORDS


def test_the_receipt_of_another_concern_finds_nothing(cast: Cast) -> None:
    raised(SHARED)
    other = raised(None)

    assert "/follow-up/passed-on/" not in other.open("/follow-up/").content.decode()
    assert other.client.get("/follow-up/passed-on/").headers["Location"] == "/follow-up/"
    other.client.post("/follow-up/passed-on/take-back/")
    assert Suggestion.objects.get().words == WORDS


def test_without_the_key_of_receipts_no_row_leads_there(cast: Cast) -> None:
    """What finds it is made from the receipt, which no row holds: not from the concern's own number."""
    raised(SHARED)

    found, concern = bytes(Suggestion.objects.get().code_hash or b""), the_concern()
    assert found == passing_on.way_there(concern.pk)
    assert found != bytes(concern.reporter.receipt_hash)
    assert (
        Client().post("/statement/suggest/", {"words": "Mine.", "once": str(concern.pk)}).status_code == 302
    )
    assert Suggestion.objects.count() == 2  # somebody who knows the concern's number is not led to it
