"""Sealed words: they open whole or not at all (fault 45), whoever moves, cuts or flips them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from concerns.models import Concern
from concerns.services.raising import Raised, raise_concern
from safeguarding import audit, context, crypto
from safeguarding.crypto import CannotOpen, KeyRingFault, RecordKey

PLACE = "table.field:row"
words = st.text(st.characters(codec="utf-8"), max_size=300)
few = hypothesis_settings(max_examples=60, deadline=None)


@pytest.fixture
def ring_file(settings: Any, tmp_path: Path) -> Path:
    """A ring of this test's own, that it may spoil."""
    path = tmp_path / "keys" / "keyring.json"
    crypto.write_ring(path, crypto.new_ring())
    settings.KEY_RING_FILE = path
    return path


def spoil(path: Path, **changed: Any) -> None:
    path.chmod(0o600)
    path.write_text(json.dumps(json.loads(path.read_text()) | changed))
    path.chmod(0o400)


@given(words)
@few
def test_words_come_back_as_they_were(text: str) -> None:
    key = crypto.new_key()

    assert key.open(key.seal(text, bound_to=PLACE), bound_to=PLACE) == text


@given(words)
@few
def test_the_same_words_never_look_the_same_twice(text: str) -> None:
    key = crypto.new_key()

    assert key.seal(text, bound_to=PLACE) != key.seal(text, bound_to=PLACE)


@given(words, st.data())
@few
def test_one_flipped_bit_anywhere_and_nothing_opens(text: str, data: st.DataObject) -> None:
    key = crypto.new_key()
    sealed = bytearray(key.seal(text, bound_to=PLACE))
    where = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[where // 8] ^= 1 << where % 8

    with pytest.raises(CannotOpen):
        key.open(bytes(sealed), bound_to=PLACE)


def test_every_single_byte_counts() -> None:
    key = crypto.new_key()
    sealed = key.seal("a word", bound_to=PLACE)

    for place in range(len(sealed)):
        changed = sealed[:place] + bytes([sealed[place] ^ 0xFF]) + sealed[place + 1 :]
        with pytest.raises(CannotOpen):
            key.open(changed, bound_to=PLACE)


def test_cut_words_never_open_in_part() -> None:
    key = crypto.new_key()
    sealed = key.seal("a word and another", bound_to=PLACE)

    for length in range(len(sealed)):
        with pytest.raises(CannotOpen):
            key.open(sealed[:length], bound_to=PLACE)


@given(st.binary(max_size=80))
@few
def test_noise_never_opens_and_never_breaks(noise: bytes) -> None:
    with pytest.raises(CannotOpen):
        crypto.new_key().open(noise, bound_to=PLACE)


@pytest.mark.parametrize(
    "elsewhere", ["table.field:other", "table.other:row", "other.field:row", PLACE + "1"]
)
def test_words_moved_to_another_row_or_field_do_not_open(elsewhere: str) -> None:
    key = crypto.new_key()
    sealed = key.seal("a word", bound_to=PLACE)

    with pytest.raises(CannotOpen):
        key.open(sealed, bound_to=elsewhere)


def test_another_records_key_does_not_open_them() -> None:
    sealed = crypto.new_key().seal("a word", bound_to=PLACE)

    with pytest.raises(CannotOpen):
        crypto.new_key().open(sealed, bound_to=PLACE)


def test_another_key_with_the_same_number_does_not_open_them() -> None:
    mine, other = crypto.new_key(), crypto.new_key()
    other.pk = mine.pk

    with pytest.raises(CannotOpen):
        other.open(mine.seal("a word", bound_to=PLACE), bound_to=PLACE)


def raised(text: str = "The door was locked.") -> Concern:
    return raise_concern(raised=Raised(words=text), by=audit.Other.REPORTER)


@pytest.mark.django_db
def test_words_swapped_between_two_concerns_do_not_open() -> None:
    one, two = raised("one"), raised("two")
    one.words_sealed, one.key = two.words_sealed, two.key

    with pytest.raises(CannotOpen):
        _ = one.words


@pytest.mark.django_db
def test_words_moved_to_another_column_of_the_same_row_do_not_open() -> None:
    one = raised("one")
    one.details_sealed = one.words_sealed

    with pytest.raises(CannotOpen):
        _ = one.details


@pytest.mark.django_db
@pytest.mark.parametrize("text", [None, "", "  ", "\u202eright to left", "👩🏽‍🚀"])
def test_nothing_and_the_empty_word_survive_the_round_trip(text: str | None) -> None:
    concern = raised()
    concern.details = text

    assert concern.details == text
    assert (concern.details_sealed is None) == (text is None)


@pytest.mark.django_db
def test_the_row_holds_no_plain_word() -> None:
    concern = raised("the heron by the canal")

    assert b"heron" not in bytes(concern.words_sealed or b"")


@pytest.mark.django_db
def test_an_erased_key_closes_its_words_for_ever() -> None:
    concern = raised()
    concern.key.wrapped = crypto.new_key().wrapped
    del concern.key.__dict__["secret"]

    with pytest.raises(CannotOpen):
        _ = concern.words


# --- the ring ------------------------------------------------------------------------------


def test_a_missing_ring_is_a_clear_fault(ring_file: Path) -> None:
    ring_file.unlink()

    with pytest.raises(KeyRingFault, match="cannot be read: FileNotFoundError"):
        crypto.ring()


@pytest.mark.parametrize("mode", [0o440, 0o404, 0o444, 0o644, 0o660])
def test_a_ring_that_others_may_read_is_refused(ring_file: Path, mode: int) -> None:
    ring_file.chmod(mode)

    with pytest.raises(KeyRingFault, match="readable by its owner only"):
        crypto.ring()


@pytest.mark.parametrize(
    "changed",
    [
        {"current": 7},
        {"current": "one"},
        {"wrapping": {}},
        {"wrapping": {"1": "c2hvcnQ="}},
        {"wrapping": ["not", "a", "table"]},
        {"pepper": "not base64!"},
        {"pepper": None},
    ],
)
def test_a_spoilt_ring_is_refused_without_its_keys_in_the_words(
    ring_file: Path, changed: dict[str, Any]
) -> None:
    spoil(ring_file, **changed)

    with pytest.raises(KeyRingFault) as told:
        crypto.ring()

    content = json.loads(ring_file.read_text())
    assert not any(str(content[name]) in str(told.value) for name in crypto.PURPOSES if content[name])


def test_a_ring_that_uses_one_key_twice_is_refused(ring_file: Path) -> None:
    spoil(ring_file, pepper=json.loads(ring_file.read_text())["receipt"])

    with pytest.raises(KeyRingFault, match="two keys on the ring are the same"):
        crypto.ring()


def test_the_ring_is_written_for_its_owner_only(ring_file: Path) -> None:
    assert ring_file.stat().st_mode & 0o777 == 0o400


def test_a_replaced_ring_is_seen_at_once(ring_file: Path) -> None:
    before = crypto.ring().current
    crypto.write_ring(ring_file, crypto.add_wrapping_key(json.loads(ring_file.read_text())))

    assert (before, crypto.ring().current) == (1, 2)


@pytest.mark.django_db
def test_the_wrong_ring_opens_nothing(ring_file: Path) -> None:
    concern = raised()
    crypto.write_ring(ring_file, crypto.new_ring())

    with context.system(), pytest.raises(CannotOpen, match="no key on the ring opens what key 1 wrapped"):
        _ = Concern.objects.select_related("key").get(pk=concern.pk).words


@pytest.mark.django_db
def test_a_rotated_ring_still_opens_what_the_old_key_wrapped(ring_file: Path) -> None:
    concern = raised("kept")
    crypto.write_ring(ring_file, crypto.add_wrapping_key(json.loads(ring_file.read_text())))

    with context.system():
        assert Concern.objects.select_related("key").get(pk=concern.pk).words == "kept"


# --- the blind index -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"), [("Zoë  Brown", "zoe brown"), ("JOSÉ", "jose\u0301"), ("Straße", "STRASSE")]
)
def test_a_name_is_found_as_people_mean_it(one: str, other: str) -> None:
    assert crypto.blind(one) == crypto.blind(other)


def test_different_names_differ_and_tell_nothing() -> None:
    assert crypto.blind("Ann") != crypto.blind("Anna")
    assert len(crypto.blind("Ann")) == 16


def test_each_purpose_has_a_key_of_its_own() -> None:
    assert len({crypto.keyed_hash(purpose, "same") for purpose in crypto.PURPOSES}) == len(crypto.PURPOSES)


def test_tokens_are_long_and_never_repeat() -> None:
    tokens = {crypto.token() for _ in range(500)}

    assert len(tokens) == 500
    assert min(map(len, tokens)) >= 43


def test_a_wrapped_key_names_the_key_that_wrapped_it(ring_file: Path) -> None:
    key = RecordKey(id=UUID(int=1), wrapped=crypto.ring().wrap(b"k" * 32), wrapped_by=1)

    assert key.secret == b"k" * 32
