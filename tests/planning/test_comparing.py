"""Two texts beside one another: nothing is lost, nothing is invented, and only what differs is shown."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from safeguarding import comparing
from safeguarding.comparing import Line, LineState, PieceState
from tests.cast import Cast
from tests.planning.agreeing import put, standard, write

WORDS = st.lists(st.sampled_from(["the", "stairs", "are", "steep", "é", "\n", "  ", "\t", ".", ""])).map(
    "".join
)
LINES = st.dictionaries(st.sampled_from("abcdef"), WORDS.filter(str.strip), max_size=6)


def side(pieces: list[comparing.Piece], *states: PieceState) -> str:
    return "".join(piece.words for piece in pieces if piece.state in states)


@given(before=st.one_of(WORDS, st.text()), after=st.one_of(WORDS, st.text()))
def test_same_and_new_give_the_new_text_and_same_and_gone_the_old(before: str, after: str) -> None:
    found = comparing.pieces(before, after)

    assert side(found, PieceState.SAME, PieceState.ADDED) == after
    assert side(found, PieceState.SAME, PieceState.TAKEN) == before


MANY = [f"word{n}" for n in range(100)]
WORST = [
    ("a b " * 1000, "b a a " * 666),
    ("a b " * 99, "b a a " * 66),
    ("a " * 2000, "a " * 1999),
    (" ".join(MANY * 6), " ".join(sorted(MANY * 6))),
]


@pytest.mark.parametrize(("before", "after"), WORST)
def test_no_text_as_long_as_its_limit_holds_a_page_up(before: str, after: str) -> None:
    """The first of these took seven minutes before long texts were told apart more coarsely."""
    start = time.process_time()
    found = comparing.pieces(before, after)

    assert time.process_time() - start < 1
    assert side(found, PieceState.SAME, PieceState.ADDED) == after


def lines(words: dict[str, str]) -> list[Line]:
    return [Line(key, key.upper(), text) for key, text in words.items()]


@given(before=LINES, after=LINES)
def test_each_line_of_either_is_there_once_and_says_what_became_of_it(
    before: dict[str, str], after: dict[str, str]
) -> None:
    found = comparing.compare(lines(before), lines(after))

    assert sorted(line.key for line in found) == sorted({*before, *after})
    for line in found:
        old, new = before.get(line.key), after.get(line.key)
        states = {None: LineState.GONE, old: LineState.SAME}
        expected = LineState.NEW if old is None else states.get(new, LineState.CHANGED)
        assert line.state == expected
    assert [line.key for line in found if line.key in after] == list(after)


@given(before=LINES, after=LINES)
def test_only_what_differs_is_shown(before: dict[str, str], after: dict[str, str]) -> None:
    shown = comparing.only_changed(comparing.compare(lines(before), lines(after)))

    differ = {key for key in {*before, *after} if before.get(key) != after.get(key)}
    assert {line.key for line in shown} == differ


def test_what_is_gone_stands_where_it_stood() -> None:
    found = comparing.compare(lines({"a": "1", "b": "2", "c": "3"}), lines({"a": "1", "c": "3"}))

    assert [(line.key, line.state) for line in found] == [("a", "same"), ("b", "gone"), ("c", "same")]


@pytest.mark.django_db
@pytest.mark.clause("V2")
def test_the_page_says_in_words_what_was_added_and_taken_out(
    cast: Cast, client_for: Callable[..., Client]
) -> None:
    assessment = standard(cast, "The steep stairs")
    frozen = put(assessment, cast.facilitator)
    write(assessment, cast.facilitator, good="The wide stairs", safe="Being heard")
    later = put(assessment, cast.facilitator)

    ceri = client_for(cast.co_producer)
    there = f"/assessments/{assessment.pk}/versions/"
    pages = [
        ceri.get(f"{there}{frozen.version}/{each}").content.decode() for each in ("", f"{later.version}/")
    ]

    for page in pages:
        assert "[taken out: </span>steep <" in page
        assert "[added: </span>wide <" in page
        assert page.count(">changed</strong>") == page.count(">new</strong>") == 1
    assert f"{there}{frozen.version}/{later.version}/" in ceri.get(there).content.decode()
