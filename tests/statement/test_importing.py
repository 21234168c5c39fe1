"""A text of one's own: taken apart without losing a word, matched by words, looked at before it is saved."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from reviews import blocks, matching, starter
from reviews.enums import ChangeState
from reviews.forms.importing import ImportForm
from reviews.models import Clause, StatementVersion, TextImport
from reviews.services import drafting, importing
from reviews.services.drafting import MOST_CLAUSES
from safeguarding.transitions import Conflict
from safeguarding.word import Block
from tests.cast import Cast
from tests.statement.conftest import FIRST, drafted, published, rewrite, text_of

As = Callable[..., Client]
MARKDOWN = """Our statement
=============

## 2. Planning ##

2.1 We plan **together**,
and with time.
- one
* two

a) a letter
(b) another
A few words begin so.
30 people came.

---
"""


def test_markdown_becomes_headings_and_paragraphs_with_their_numbers() -> None:
    assert blocks.of_text(MARKDOWN) == [
        Block("Our statement", 1),
        Block("Planning", 2, "2"),
        Block("We plan together,\nand with time.", 0, "2.1"),
        Block("one", 0, "•"),
        Block("two", 0, "•"),
        Block("a letter", 0, "a"),
        Block("another\nA few words begin so.\n30 people came.", 0, "b"),
    ]


def test_a_text_without_empty_lines_has_a_paragraph_on_each() -> None:
    assert blocks.of_text("One.\r\nTwo.\rThree.") == [Block("One."), Block("Two."), Block("Three.")]


def test_the_example_comes_back_from_its_own_markdown() -> None:
    assert blocks.of_text(starter.markdown()) == starter.blocks()


LINES = st.lists(st.sampled_from(["", "# a", "- b", "c d", "1.2 e", "a) f", "==", "**g** h", "__", "#"]))


@given(text=st.one_of(LINES.map("\n".join), st.text()))
def test_no_letter_of_a_text_is_lost(text: str) -> None:
    kept = "".join(block.number + block.words for block in blocks.of_text(text))

    def letters(of: str) -> str:
        return re.sub(r"[\W_]", "", of)

    assert letters(kept) == letters(text)


# --- matching --------------------------------------------------------------------------------


def test_what_reads_the_same_is_the_same_wherever_it_stands_and_the_nearest_is_the_changed_one() -> None:
    clauses = {
        3: (0, "We plan together."),
        5: (0, "Nobody has to tell their story."),
        8: (0, "We look back."),
    }
    text = [Block("we  LOOK back."), Block("Nobody must tell their story."), Block("Quite new.")]

    assert matching.match(text, clauses) == [8, 5, None]


def test_a_heading_is_never_taken_for_words() -> None:
    assert matching.match([Block("Planning it all together")], {1: (1, "Planning it together")}) == [None]


@given(
    words=st.lists(st.text("ab ", min_size=1), max_size=8),
    known=st.lists(st.text("ab ", min_size=1), max_size=8),
)
def test_no_clause_is_taken_twice(words: list[str], known: list[str]) -> None:
    found = matching.match([Block(w) for w in words], {n: (0, w) for n, w in enumerate(known)})

    taken = [serial for serial in found if serial is not None]
    assert len(found) == len(words)
    assert len(taken) == len(set(taken))


def test_a_text_that_is_wholly_rewritten_is_matched_quickly() -> None:
    words = [" ".join(f"w{n}x{m}" for m in range(40)) for n in range(MOST_CLAUSES)]
    start = time.process_time()
    found = matching.match([Block(w + " new") for w in words], {n: (0, w) for n, w in enumerate(words)})

    assert time.process_time() - start < 5
    assert found == list(range(MOST_CLAUSES))


# --- from the page to the draft --------------------------------------------------------------


def brought(client: Client, **sent: object) -> tuple[TextImport, str]:
    asked = client.post("/statement/draft/bring/", sent, follow=True)
    return TextImport.objects.get(), asked.content.decode()


@pytest.mark.django_db
@pytest.mark.clause("I0", "V3")
def test_the_page_shows_what_would_change_and_changes_nothing_before_it_is_told_to(
    cast: Cast, client_for: As
) -> None:
    first = published(cast, strength="fixed")
    drafting.begin(by=cast.administrator)
    ada = client_for(cast.administrator)

    made, page = brought(ada, text="We look back twice a year.\n\nWe always plan together.\n\nBrand new.")

    assert [row.state for row in importing.preview(made).rows] == ["same", "changed", "new"]
    assert "Before: We plan together." in page
    assert "These would go" in page
    draft = StatementVersion.objects.drafts().get()
    assert [text.words for text in draft.texts.in_order()] == list(FIRST)

    ada.post(f"/statement/draft/bring/{made.pk}/")

    told = {text.words: text for text in draft.texts.in_order()}
    assert list(told) == ["We look back twice a year.", "We always plan together.", "Brand new."]
    assert told["We always plan together."].clause == text_of(first, FIRST[1]).clause
    assert told["We always plan together."].strength == "fixed"
    assert told["Brand new."].clause.serial == 4
    assert ada.get(f"/statement/draft/bring/{made.pk}/").status_code == 404


@pytest.mark.django_db
def test_a_match_can_be_put_right_in_both_ways(cast: Cast, client_for: As) -> None:
    draft = drafted(cast, "We plan together.", "Tell nobody.")
    one, two = (text.clause.serial for text in draft.texts.in_order())
    ada = client_for(cast.administrator)
    made, _page = brought(ada, text="We always plan together.\n\nSomething else.")
    here = f"/statement/draft/bring/{made.pk}/"

    page = ada.get(f"{here}1/").content.decode()
    ada.post(f"{here}1/", {"serial": str(two)})
    ada.post(f"{here}0/", {"serial": ""})

    assert f"c{two}: " in page and f"c{one}: " not in page
    made.refresh_from_db()
    assert made.matches == [None, two]
    assert [row.state for row in importing.preview(made).rows] == [ChangeState.NEW, ChangeState.CHANGED]


@pytest.mark.django_db
def test_brought_again_with_other_headings_and_numbers_every_clause_keeps_its_number(cast: Cast) -> None:
    draft = drafting.begin(by=cast.administrator)
    importing.begin_with_example(draft=draft, by=cast.administrator)
    before = {text.words: text.clause.serial for text in draft.texts.in_order()}

    again = [Block(b.words, b.level, f"9{b.number}") for b in reversed(starter.blocks())]
    made = importing.bring(draft=draft, by=cast.administrator, blocks=again)
    importing.take_over(brought=made, by=cast.administrator)

    after = {text.words: text.clause.serial for text in draft.texts.in_order()}
    assert after == before
    assert list(after) == list(reversed(before))
    assert Clause.objects.count() == len(before)


@pytest.mark.django_db
def test_two_who_take_it_over_at_once_take_it_over_once(cast: Cast) -> None:
    made = importing.bring(draft=drafted(cast), by=cast.administrator, blocks=[Block("Once.")])
    importing.take_over(brought=made, by=cast.administrator)

    with pytest.raises(Conflict):
        importing.take_over(brought=made, by=cast.administrator)


@pytest.mark.django_db
@pytest.mark.parametrize("number", [MOST_CLAUSES - 1, MOST_CLAUSES, MOST_CLAUSES + 1])
def test_a_text_may_have_exactly_as_many_paragraphs_as_its_limit(number: int, cast: Cast) -> None:
    form = ImportForm({"text": "\n".join(["word"] * number)})

    assert form.is_valid() == (number <= MOST_CLAUSES)
    if form.is_valid():
        made = importing.bring(draft=drafted(cast), by=cast.administrator, blocks=form.cleaned_data["blocks"])
        importing.take_over(brought=made, by=cast.administrator)
        assert drafting.begin(by=cast.administrator).texts.count() == number


@pytest.mark.django_db
def test_a_full_statement_takes_no_further_clause(cast: Cast, client_for: As) -> None:
    made = importing.bring(draft=drafted(cast), by=cast.administrator, blocks=[Block("w")] * MOST_CLAUSES)
    importing.take_over(brought=made, by=cast.administrator)

    page = client_for(cast.administrator).post("/statement/draft/clauses/add/", {"words": "x", "level": "0"})

    assert "as many clauses as we can keep" in page.content.decode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "There is no text yet"),
        (b"   \n\n ", "There is no text yet"),
        (b"\xd0\xcf\x11\xe0" + b"old word", "We could not read this file"),
        (b"\xff\xfe\x00w", "We could not read this file"),
        (b"caf\xe9", "We could not read this file"),
        (b"words " * 2000, "longer than 6,000 characters"),
    ],
)
def test_what_cannot_be_read_gets_a_clear_sentence_and_the_pasted_words_stay(
    content: bytes, said: str
) -> None:
    file = SimpleUploadedFile("text.md", content)
    form = ImportForm({"text": ""}, {"file": file})

    assert not form.is_valid()
    assert said in str(form.errors)


def test_words_that_were_pasted_beside_a_bad_file_come_back() -> None:
    form = ImportForm({"text": "My words."}, {"file": SimpleUploadedFile("x.doc", b"\xd0\xcf\x11\xe0")})

    assert not form.is_valid()
    assert form["text"].value() == "My words."


def test_a_text_file_keeps_its_odd_letters() -> None:
    form = ImportForm({}, {"file": SimpleUploadedFile("t.md", "\ufeff# Ŵyneb\n\nمرحبا 👋🏽 é".encode())})

    assert form.is_valid()
    assert form.cleaned_data["blocks"] == [Block("Ŵyneb", 1), Block("مرحبا 👋🏽 é")]


@pytest.mark.django_db
def test_two_who_change_one_clause_at_once_the_second_sees_both_texts(cast: Cast, client_for: As) -> None:
    draft = drafted(cast, "One.")
    text = text_of(draft, "One.")
    ada, address = client_for(cast.administrator), f"/statement/draft/clauses/{text.clause.serial}/"
    rewrite(text, cast, "Theirs.")

    page = ada.post(address, {"words": "Mine.", "level": "0", "version": "1"}).content.decode()
    ada.post(address, {"words": "Mine.", "level": "0", "version": "2"})

    assert "Somebody else changed it meanwhile" in page
    assert "Theirs." in page and "Mine." in page
    assert draft.texts.get().words == "Mine."
