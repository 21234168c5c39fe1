"""Two versions beside one another: nothing is lost, nothing is invented, and what moved is said to have moved."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from reviews import differences
from reviews.differences import ClauseChange, Said
from reviews.enums import ChangeState
from reviews.models import Acknowledgement
from reviews.services import drafting, reading
from safeguarding.comparing import PieceState
from tests.cast import Cast
from tests.statement.conftest import FIRST, published, rewrite, text_of

As = Callable[..., Client]
WORDS = st.lists(st.sampled_from(["we", "plan", "é", "\n", "  ", ".", "together"]), max_size=4).map(" ".join)
SAID = st.builds(
    Said,
    serial=st.integers(1, 6),
    words=WORDS,
    level=st.integers(0, 2),
    number=st.sampled_from(["", "1", "a"]),
    strength=st.sampled_from(["", "fixed", "guidance"]),
    values=st.sampled_from([(), ("Kind",)]),
)
VERSIONS = st.lists(SAID, max_size=6, unique_by=lambda said: said.serial)


def words(change: ClauseChange, *states: PieceState) -> str:
    return "".join(piece.words for piece in change.pieces if piece.state in states)


@given(before=VERSIONS, after=VERSIONS)
def test_both_texts_and_their_order_can_be_built_again(before: list[Said], after: list[Said]) -> None:
    found = differences.between(before, after)

    new = [
        (change.here.serial, words(change, PieceState.SAME, PieceState.ADDED))
        for change in found
        if change.after
    ]
    assert new == [(said.serial, said.words) for said in after]
    there = sorted((change for change in found if change.was_at is not None), key=lambda c: c.was_at or 0)
    old = [(change.here.serial, words(change, PieceState.SAME, PieceState.TAKEN)) for change in there]
    assert old == [(said.serial, said.words) for said in before]


@given(before=VERSIONS, after=VERSIONS)
def test_each_clause_is_there_once_and_says_what_became_of_it(before: list[Said], after: list[Said]) -> None:
    found = differences.between(before, after)

    old, new = {said.serial: said for said in before}, {said.serial: said for said in after}
    assert sorted(change.here.serial for change in found) == sorted({*old, *new})
    for change in found:
        serial = change.here.serial
        assert (change.before, change.after) == (old.get(serial), new.get(serial))
        assert (change.state == ChangeState.NEW) == (serial not in old)
        assert (change.state == ChangeState.GONE) == (serial not in new)
        assert (change.state == ChangeState.CHANGED) == (
            serial in old and serial in new and old[serial] != new[serial]
        )


@given(before=VERSIONS, after=VERSIONS)
def test_those_that_did_not_move_stand_in_their_old_order(before: list[Said], after: list[Said]) -> None:
    found = differences.between(before, after)

    stayed = [c.was_at for c in found if c.before and c.after and not c.is_moved]
    assert stayed == sorted(stayed, key=lambda place: place or 0)


@given(version=VERSIONS)
def test_a_version_beside_itself_has_no_change(version: list[Said]) -> None:
    assert differences.only_changed(differences.between(version, version)) == []


def test_one_that_is_put_at_the_end_moves_alone() -> None:
    before = [Said(n, f"Clause {n}") for n in range(1, 6)]

    found = differences.between(before, [*before[1:], before[0]])

    assert [(c.here.serial, c.state) for c in differences.only_changed(found)] == [(1, ChangeState.MOVED)]


def test_a_rule_that_becomes_guidance_has_changed_though_it_reads_the_same() -> None:
    found = differences.between(
        [Said(1, "We plan.", strength="fixed")], [Said(1, "We plan.", strength="guidance")]
    )

    assert found[0].state == ChangeState.CHANGED
    assert [tuple(each) for each in found[0].aspects] == [("How binding it is", "a fixed rule", "guidance")]


# --- the page --------------------------------------------------------------------------------


def changed_twice(cast: Cast) -> None:
    published(cast)
    draft = drafting.begin(by=cast.administrator)
    rewrite(text_of(draft, FIRST[1]), cast, "We plan everything together.", reason="Small plans count too.")
    drafting.publish(draft=draft, by=cast.administrator, summary="Every plan.")


@pytest.mark.django_db
@pytest.mark.clause("V3")
def test_the_page_shows_what_changed_and_the_rest_when_asked(cast: Cast) -> None:
    changed_twice(cast)

    page = Client().get("/statement/versions/1/2/").content.decode()
    whole = Client().get("/statement/versions/1/2/?show=all").content.decode()

    assert "[added: </span>everything <" in page
    assert "Why: Small plans count too." in page
    assert "Every plan." in page
    assert (FIRST[0] in page, FIRST[0] in whole) == (False, True)


@pytest.mark.django_db
@pytest.mark.clause("8.f")
def test_a_member_reads_only_what_is_new_to_them_and_says_so_once(cast: Cast, client_for: As) -> None:
    first = published(cast)
    ceri = client_for(cast.co_producer)
    ceri.post("/statement/changes/", {"version": str(first.number)})
    draft = drafting.begin(by=cast.administrator)
    rewrite(text_of(draft, FIRST[1]), cast, "We plan everything together.")
    second = drafting.publish(draft=draft, by=cast.administrator, summary="Every plan.")

    home, page = (ceri.get(path).content.decode() for path in ("/", "/statement/changes/"))
    for _each in range(2):
        ceri.post("/statement/changes/", {"version": str(second.number)})

    assert "The statement has changed" in home
    assert "everything" in page and FIRST[0] not in page
    assert 'type="checkbox"' not in page
    assert Acknowledgement.objects.filter(person=cast.co_producer).count() == 2
    assert "The statement has changed" not in ceri.get("/").content.decode()


@pytest.mark.django_db
def test_who_has_never_read_it_reads_all_of_it_once(cast: Cast, client_for: As) -> None:
    changed_twice(cast)
    ceri = client_for(cast.co_producer)

    home, page = (ceri.get(path).content.decode() for path in ("/", "/statement/changes/"))

    assert "Please read the statement" in home
    assert all(words in page for words in (FIRST[0], FIRST[2], "We plan everything together."))


@pytest.mark.django_db
def test_a_version_published_meanwhile_is_not_taken_for_read(cast: Cast, client_for: As) -> None:
    published(cast)
    ceri = client_for(cast.co_producer)
    published(cast, "A new one.")

    page = ceri.post("/statement/changes/", {"version": "1"}).content.decode()

    assert "A new one." in page
    assert reading.last_read(cast.co_producer) is None
