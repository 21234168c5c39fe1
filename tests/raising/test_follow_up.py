"""`/follow-up/`: how it stands for who holds the receipt, and for nobody else."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from concerns.models import Concern, Message
from concerns.services.raising import Raised, raise_concern
from concerns.services.raising import Reporter as Who
from concerns.views.visit import FOLLOW_UP
from safeguarding import audit, clock, context
from tests.cast import Cast
from tests.raising.journey import Reporter, the_concern

pytestmark = pytest.mark.django_db


@pytest.fixture
def receipt(reporter: Reporter) -> str:
    return reporter.raise_it("Quillfeather locked the door.")


def enter(receipt: str, client: Client | None = None, **data: str) -> Any:
    return (client or Client()).post("/follow-up/", {"receipt": receipt, **data}, follow=True)


def returned(receipt: str) -> Reporter:
    client = Client()
    enter(receipt, client)
    return Reporter(client)


def answer_from(cast: Cast, words: str) -> None:
    with context.system():
        message = Message(concern=the_concern(), from_reporter=False, by=cast.lead, at=clock.now())
        message.words = words
        message.save()


def messages() -> list[Message]:
    with context.system():
        return list(Message.objects.select_related("concern__key").order_by("at"))


@pytest.mark.clause("7.0d")
def test_a_receipt_shows_how_it_stands(receipt: str) -> None:
    page = enter(f" {receipt[:4]}-{receipt[4:8]} {receipt[8:]}").content.decode()

    for words in (
        "Recorded",
        "Not yet. We keep trying",
        "Opened by someone who acts on it",
        "Nobody has looked at it yet.",
    ):
        assert words in page
    assert "Quillfeather" not in page


def test_entering_it_makes_a_fresh_session_and_keeps_no_receipt(receipt: str) -> None:
    client = Client()
    client.get("/follow-up/")
    session = client.session
    session["before"] = 1
    session.save()
    client.cookies["session"] = session.session_key or ""

    enter(receipt, client)

    assert client.session.session_key != session.session_key
    assert receipt not in str(dict(client.session.items()))
    assert client.session[FOLLOW_UP]["concern"] == str(the_concern().pk)


@pytest.mark.parametrize(
    "typed", ["", "1234", "12345678901234567", "abcdabcdabcdabcd", "١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦", "\x00" * 16]
)
def test_what_cannot_be_a_receipt_is_said_kindly(cast: Cast, typed: str) -> None:
    response = enter(typed)

    assert response.status_code == 422
    assert 'href="#id_receipt">' in response.content.decode()


def without_tokens(page: str) -> str:
    return re.sub(r'(name="csrfmiddlewaretoken" value|value)="[^"]*"', "", page)


def test_every_miss_looks_the_same(receipt: str) -> None:
    near = receipt[:-1] + str((int(receipt[-1]) + 1) % 10)
    pages = {without_tokens(enter(typed).content.decode()) for typed in (near, "0" * 16, receipt[::-1])}

    assert len(pages) == 1
    assert "We cannot find anything with this receipt." in pages.pop()


def test_a_receipt_in_an_address_is_not_read(receipt: str) -> None:
    assert "Recorded" not in Client().get(f"/follow-up/?receipt={receipt}").content.decode()


def test_the_original_is_shown_only_to_who_chose_it(cast: Cast) -> None:
    shown, hidden = Reporter(), Reporter()
    for somebody in (shown, hidden):
        somebody.begin()
        somebody.write("Quillfeather locked the door.")
    chosen = shown.receipt(shown.answer("/raise/reach/", {"show_words": "on", "send": "1"}))
    left_out = hidden.receipt(hidden.answer("/raise/check/"))

    assert "Quillfeather locked the door." in enter(chosen).content.decode()
    assert "Quillfeather" not in enter(left_out).content.decode()


def test_our_answers_are_read_and_marked_so(receipt: str, cast: Cast) -> None:
    answer_from(cast, "We moved the session.\nTake care.")

    page = enter(receipt).content.decode()

    assert "We moved the session.\nTake care." in page
    assert [m.read_at is not None for m in messages()] == [True]


def test_an_answer_that_comes_while_the_page_is_open_is_marked_by_a_button(receipt: str, cast: Cast) -> None:
    reporter = returned(receipt)
    answer_from(cast, "One more thing.")
    page = reporter.open("/follow-up/").content.decode()

    assert "I have read this" in page
    assert messages()[0].read_at is None

    reporter.client.post("/follow-up/read/")
    assert messages()[0].read_at is not None


@pytest.mark.clause("V2")
def test_it_says_how_many_people_looked_and_in_which_role(receipt: str, cast: Cast) -> None:
    for somebody in (cast.lead, cast.lead, cast.administrator):
        audit.record("read", by=somebody, about=the_concern(), may_act=somebody == cast.lead)

    page = " ".join(enter(receipt).content.decode().split())

    assert "2 people have looked at this: 1 administrator, 1 safeguarding lead." in page


def test_who_opened_it_shows_with_its_time(receipt: str, cast: Cast) -> None:
    before = enter(receipt).content.decode()
    audit.record("read", by=cast.lead, about=the_concern(), may_act=True)

    assert before.count("(UK time)") + 1 == enter(receipt).content.decode().count("(UK time)")


def test_the_visit_to_a_concern_ends_after_half_an_hour(receipt: str) -> None:
    reporter = returned(receipt)
    session = reporter.client.session
    session[FOLLOW_UP] = session[FOLLOW_UP] | {"until": 0}
    session.save()

    assert "The 16 numbers on your receipt" in reporter.open("/follow-up/").content.decode()


def test_words_typed_past_the_end_of_the_visit_come_along(receipt: str) -> None:
    reporter = returned(receipt)
    reporter.client.post("/follow-up/close/")
    page = reporter.client.post("/follow-up/add/", {"words": "Typed for an hour."})

    assert "Your words are still here" in page.content.decode()

    again = enter(receipt, reporter.client, typed="Typed for an hour.")
    assert "Typed for an hour.</textarea>" in again.content.decode()
    assert messages() == []


@pytest.mark.parametrize(
    ("path", "typed"),
    [("add/", {"words": "Help"}), ("more/people/", {"name": "Robin"}), ("reach/", {"phone": "02079460001"})],
)
def test_one_word_is_not_too_little_to_come_along(receipt: str, path: str, typed: dict[str, str]) -> None:
    page = Client().post(f"/follow-up/{path}", {**typed, "role": "involved", "mode": "contact"})

    assert f"{next(iter(typed.values()))}</textarea>" in page.content.decode()


def test_finished_means_forgotten_on_this_device(receipt: str) -> None:
    reporter = returned(receipt)
    reporter.client.post("/follow-up/close/")

    assert FOLLOW_UP not in reporter.client.session


@pytest.mark.parametrize("path", ["more/", "more/seen/", "more/people/", "reach/"])
def test_without_a_receipt_every_page_asks_for_it(cast: Cast, path: str) -> None:
    page = Client().get(f"/follow-up/{path}").content.decode()

    assert "The 16 numbers on your receipt" in page


def test_one_receipt_opens_one_concern(cast: Cast, receipt: str) -> None:
    other = raise_concern(
        raised=Raised(words="Another.", reporter=Who(show_words=True, name="Canary")), by=audit.Other.REPORTER
    )
    page = enter(receipt).content.decode()

    assert "Another." not in page and "Canary" not in page
    with context.reporter(the_first(other)):
        assert list(Concern.objects.values_list("pk", flat=True)) == [the_first(other)]
        assert not Message.objects.filter(concern=other).exists()


def the_first(other: Concern) -> Any:
    with context.system():
        return Concern.objects.exclude(pk=other.pk).get().pk
