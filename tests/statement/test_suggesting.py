"""Suggestions: by anybody, one answer long, each answered; whoever made it says whether that answers it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from reviews import limits as our_limits
from reviews import needs
from reviews.enums import Answer, Heard
from reviews.forms.suggestions import grouped
from reviews.models import Suggestion, SuggestionAnswer
from reviews.services import suggesting
from reviews.services.suggesting import Said
from safeguarding import clock, codes
from safeguarding.audit import AuditEntry
from tests.cast import Cast
from tests.statement.conftest import FIRST, published, suggested, text_of

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
CODE = re.compile(r"/suggested/([A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4})/")


def send(client: Client, path: str = "/statement/suggest/", **said: Any) -> str:
    """From the page to the one after it, as a browser without JavaScript does; its address."""
    page = client.get(path).content.decode()
    once = re.search(r'name="once" value="([^"]+)"', page)
    assert once
    return client.post(path, {"once": once[1], "words": "Say it shorter."} | said)["Location"]


@pytest.mark.clause("I0", "V3", "8.e")
def test_anybody_suggests_with_one_answer_and_comes_back_by_the_code(cast: Cast) -> None:
    serial = text_of(published(cast), FIRST[0]).clause.serial

    address = send(Client(), f"/statement/suggest/{serial}/")

    assert CODE.fullmatch(address)
    page = Client().get(address).content.decode()
    assert "Say it shorter." in page
    assert f"About clause c{serial}" in page
    assert "No answer yet." in page
    made = Suggestion.objects.get()
    assert (made.person, made.name, made.channel) == (None, None, "web")


def test_the_short_address_leads_there() -> None:
    assert Client().get("/suggest/")["Location"] == "/statement/suggest/"


def test_the_same_page_sent_twice_is_kept_once_and_shows_the_same_code(cast: Cast) -> None:
    once = str(uuid4())
    told = {"once": once, "words": "Shorter."}

    addresses = {Client().post("/statement/suggest/", told)["Location"] for _each in range(2)}

    assert len(addresses) == 1
    assert Suggestion.objects.count() == 1


def test_words_and_names_are_sealed_and_who_it_was_is_not_noted(cast: Cast, client_for: As) -> None:
    send(client_for(cast.co_producer), words="Quiet canary.", name="Canary Quill")

    made = Suggestion.objects.get()
    assert (made.words, made.name, made.person) == ("Quiet canary.", "Canary Quill", None)
    assert b"canary" not in bytes(made.words_sealed or b"").lower()
    assert b"canary" not in bytes(made.name_sealed or b"").lower()
    assert AuditEntry.objects.about(made).get().actor_id is None


def test_nothing_in_the_box_gets_a_clear_sentence() -> None:
    page = Client().post("/statement/suggest/", {"once": str(uuid4()), "words": "  "}).content.decode()

    assert "One word is enough" in page
    assert Suggestion.objects.count() == 0


# --- answering -------------------------------------------------------------------------------


@pytest.mark.clause("8.e")
def test_it_is_answered_and_its_writer_says_that_it_is_no_answer_so_it_waits_again(
    cast: Cast, client_for: As
) -> None:
    made, code = suggested()
    ada, here = client_for(cast.administrator), f"/suggested/{grouped(code)}/"
    ada.post(f"/statement/suggestions/{made.pk}/answer/", {"answer": "no", "words": "It is short."})

    page = Client().get(here).content.decode()
    assert "No, because" in page and "It is short." in page
    assert not Suggestion.objects.waiting().exists()

    Client().post(here, {"heard": "no", "words": "You did not read it."})
    assert Suggestion.objects.waiting().get() == made
    assert "They say: this does not answer it." in ada.get("/statement/suggestions/").content.decode()

    ada.post(f"/statement/suggestions/{made.pk}/answer/", {"answer": "done", "words": ""})
    page = Client().get(here).content.decode()
    assert "Done" in page and "It is short." in page and "You did not read it." in page
    assert not Suggestion.objects.waiting().exists()
    assert [each.answer for each in made.answers.all()] == [Answer.NO, Answer.DONE]


@pytest.mark.parametrize("answer", [Answer.PARTLY, Answer.NOT_NOW, Answer.NO])
def test_all_but_done_need_a_reason(answer: Answer, cast: Cast, client_for: As) -> None:
    made, _code = suggested()

    page = client_for(cast.administrator).post(
        f"/statement/suggestions/{made.pk}/answer/", {"answer": answer, "words": " "}
    )

    assert "Say why. They took the time to write it." in page.content.decode()
    assert not SuggestionAnswer.objects.exists()


def test_partly_heard_does_not_wait_again_and_without_an_answer_nothing_is_heard(cast: Cast) -> None:
    made, _code = suggested()
    with pytest.raises(suggesting.NotAnswered):
        suggesting.mark(suggestion=made, heard=Heard.NO)
    suggesting.answer(suggestion=made, by=cast.administrator, answer=Answer.DONE)
    suggesting.mark(suggestion=made, heard=Heard.PARTLY, words="Nearly.")

    stands = SuggestionAnswer.objects.get()
    stands.suggestion = made
    assert (stands.heard, stands.heard_words) == (Heard.PARTLY, "Nearly.")
    assert not Suggestion.objects.waiting().exists()


@pytest.mark.parametrize("who", ["co_producer", "facilitator", "lead", "deputy", "alternate"])
def test_nobody_else_answers_types_in_or_reads_them(who: str, cast: Cast, client_for: As) -> None:
    made, _code = suggested("Quiet canary.")
    someone = getattr(cast, who)

    with pytest.raises(PermissionDenied):
        suggesting.answer(suggestion=made, by=someone, answer=Answer.DONE)
    with pytest.raises(PermissionDenied):
        suggesting.type_in(said=Said("Mine."), once=uuid4(), by=someone, channel="paper")
    page = client_for(someone).get("/statement/suggestions/?show=all").content.decode()
    assert "canary" not in page
    assert list(Suggestion.objects.visible_to(someone)) == []
    assert not made.is_visible_to(someone)


def test_a_members_list_has_their_own_and_what_waits(cast: Cast, client_for: As) -> None:
    suggested("Somebody else's.")
    ceri = client_for(cast.co_producer)
    send(ceri, words="Mine.", mine="on")
    made = Suggestion.objects.get(person=cast.co_producer)

    page = ceri.get("/statement/suggestions/").content.decode()
    assert "Mine." in page and "Waits for an answer." in page and "Somebody else" not in page

    suggesting.answer(suggestion=made, by=cast.administrator, answer=Answer.DONE)
    ceri.post(f"/statement/suggestions/{made.pk}/mark/", {"heard": "yes"})
    assert made.answers.get().heard == Heard.YES


def test_without_the_second_factor_an_administrator_reads_only_their_own(cast: Cast, client_for: As) -> None:
    made, _code = suggested("Quiet canary.")
    ada = client_for(cast.administrator, second_factor=False)

    assert "canary" not in ada.get("/statement/suggestions/?show=all").content.decode()
    assert ada.get(f"/statement/suggestions/{made.pk}/").status_code == 404


def test_nobody_marks_for_somebody_else(cast: Cast) -> None:
    made, _code = suggested(by=cast.co_producer)
    suggesting.answer(suggestion=made, by=cast.administrator, answer=Answer.DONE)

    with pytest.raises(suggesting.NotTheirs):
        suggesting.mark(suggestion=made, by=cast.administrator, heard=Heard.YES)


# --- on paper, by mail -----------------------------------------------------------------------


@pytest.mark.clause("V1")
def test_what_came_on_paper_is_typed_in_and_its_writer_gets_the_code(cast: Cast, client_for: As) -> None:
    serial = text_of(published(cast), FIRST[1]).clause.serial
    sent = {"once": str(uuid4()), "words": "On paper.", "name": "Olu", "channel": "paper"}

    page = (
        client_for(cast.administrator)
        .post("/statement/suggestions/type-in/", sent | {"clause": str(serial)})
        .content.decode()
    )

    made = Suggestion.objects.get()
    assert (made.channel, made.typed_in_by, made.name) == ("paper", cast.administrator, "Olu")
    assert made.clause and made.clause.serial == serial
    shown = "".join(re.findall(r"<span>([A-Z2-9]{4})</span>", page))
    found = Client().post("/suggested/", {"code": f" {shown[:6].lower()} {shown[6:]}"})
    assert "On paper." in Client().get(found["Location"]).content.decode()


# --- limits ----------------------------------------------------------------------------------


@pytest.mark.parametrize("limit", ["SUGGESTED_HERE", "SUGGESTED_ANYWHERE"])
def test_past_the_limit_the_words_stay_in_the_page(
    limit: str, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = getattr(our_limits, limit)
    monkeypatch.setattr(our_limits, limit, type(whole)(whole.name, 1, whole.seconds))
    send(Client())
    client = Client()

    again = client.post("/statement/suggest/", {"once": str(uuid4()), "words": "My second."})

    assert again.status_code == 429
    assert "My second." in again.content.decode()
    assert Suggestion.objects.count() == 1


@pytest.mark.parametrize("limit", ["SUGGESTION_GUESS_HERE", "SUGGESTION_GUESS_ANYWHERE"])
def test_guessing_a_code_is_limited(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = getattr(our_limits, limit)
    monkeypatch.setattr(our_limits, limit, type(whole)(whole.name, 2, whole.seconds))
    _made, code = suggested()
    client, wrong = Client(), "A" * 12

    got = [
        client.post("/suggested/", {"code": wrong}).status_code,
        client.get(f"/suggested/{wrong}/").status_code,
    ]
    got += [
        client.post("/suggested/", {"code": wrong}).status_code,
        client.get(f"/suggested/{wrong}/").status_code,
    ]

    assert got == [422, 404, 429, 429]
    assert client.get(f"/suggested/{code}/").status_code == 200


def test_a_code_has_only_letters_that_nobody_mistakes_and_is_its_own() -> None:
    made = {suggesting.code_for(uuid4()) for _each in range(200)}

    assert len(made) == 200
    assert set("".join(made)) <= set(codes.LETTERS)
    assert all(codes.typed(code, length=suggesting.CODE_LENGTH) == code for code in made)


# --- what needs whom -------------------------------------------------------------------------


def test_home_tells_those_who_answer_how_many_wait_and_never_their_words(cast: Cast, client_for: As) -> None:
    for words in ("Quiet canary.", "Another."):
        suggested(words)

    home = client_for(cast.administrator).get("/").content.decode()

    assert "2 suggestions wait for an answer" in home
    assert "canary" not in home
    assert needs.of(cast.lead, clock.now()) == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_however_long_it_is(number: int, cast: Cast, client_for: As) -> None:
    for each in range(number):
        made, _code = suggested(f"Number {each}.", name="Olu")
        suggesting.answer(suggestion=made, by=cast.administrator, answer=Answer.DONE)
    ada = client_for(cast.administrator)

    with CaptureQueriesContext(connection) as asked:
        ada.get("/statement/suggestions/?show=all")

    assert len([each for each in asked if "reviews_" in each["sql"]]) == 3


# --- taking it back ---------------------------------------------------------------------------


def test_whoever_made_it_takes_it_back_by_the_code_and_its_words_are_gone(cast: Cast) -> None:
    _made, code = suggested("Say Canary shorter.", name="Canary Wren")
    page = f"/suggested/{grouped(code)}/"

    Client().post(f"{page}take-back/")

    shown = Client().get(page).text
    assert "You took it back. Your words are gone." in shown
    assert "Canary" not in shown
    row = Suggestion.objects.values("words_sealed", "name_sealed", "taken_back_at").get()
    assert (row["words_sealed"], row["name_sealed"]) == (None, None)
    assert row["taken_back_at"] is not None
    assert not Suggestion.objects.visible_to(cast.administrator).waiting().exists()


def test_what_is_taken_back_is_gone_for_those_who_answer_and_told_to_its_writer(
    cast: Cast, client_for: As
) -> None:
    made, _code = suggested(by=cast.co_producer)
    here = f"/statement/suggestions/{made.pk}/"

    client_for(cast.co_producer).post(f"{here}take-back/")

    assert client_for(cast.administrator).get(here).status_code == 404
    assert "You took it back" in client_for(cast.co_producer).get(here).text
    made.refresh_from_db()
    assert (made.is_visible_to(cast.administrator), made.is_waiting) == (False, False)


def test_it_is_taken_back_once_and_by_nobody_else(cast: Cast) -> None:
    made, _code = suggested(by=cast.co_producer)

    with pytest.raises(suggesting.NotTheirs):
        suggesting.take_back(suggestion=made, by=cast.facilitator)
    for _each in range(2):
        suggesting.take_back(suggestion=made, by=cast.co_producer)

    assert AuditEntry.objects.filter(verb="suggestion_taken_back").count() == 1
