"""Rotating the wrapping key: only the wrapping changes, a stopped run goes on, a key in use stays."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from concerns.models import Concern
from concerns.services.raising import Raised, raise_concern
from safeguarding import audit, context, crypto, embedded
from safeguarding.crypto import RecordKey
from tests.conftest import CLUSTER, Clone

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ring_file(settings: Any, tmp_path: Path) -> Path:
    path = tmp_path / "keyring.json"
    crypto.write_ring(path, crypto.new_ring())
    settings.KEY_RING_FILE = path
    return path


def run(name: str, *words: str) -> str:
    out = StringIO()
    call_command(name, *words, stdout=out)
    return out.getvalue()


def raised(number: int) -> list[Concern]:
    return [raise_concern(raised=Raised(words=f"words {n}"), by=audit.Other.REPORTER) for n in range(number)]


def words() -> list[str]:
    with context.system():
        return sorted(str(c.words) for c in Concern.objects.select_related("key"))


def test_add_key_makes_a_new_current_key(ring_file: Path) -> None:
    assert run("add_key") == "key 2 is current; copy the ring, then run rewrap_keys\n"
    assert (crypto.ring().current, set(crypto.ring().wrapping)) == (2, {1, 2})
    assert ring_file.stat().st_mode & 0o777 == 0o400


def test_every_key_moves_and_every_word_stays() -> None:
    raised(3)
    with context.system():
        before = list(Concern.objects.order_by("pk").values_list("words_sealed", flat=True))
    run("add_key")

    run("rewrap_keys", "--batch", "2")

    assert set(RecordKey.objects.values_list("wrapped_by", flat=True)) == {2}
    assert words() == ["words 0", "words 1", "words 2"]
    with context.system():
        assert list(Concern.objects.order_by("pk").values_list("words_sealed", flat=True)) == before


def test_a_stopped_run_goes_on_where_it_was() -> None:
    raised(4)
    run("add_key")
    crypto.rewrap(batch=2)
    in_the_middle = words()
    left = RecordKey.objects.filter(wrapped_by=1).count()

    said = run("rewrap_keys", "--batch", "1")

    assert in_the_middle == words() == [f"words {n}" for n in range(4)]
    assert said == f"{left} keys are now wrapped by key 2\n"


def test_running_it_again_does_nothing() -> None:
    raised(1)
    run("add_key")
    run("rewrap_keys")

    assert run("rewrap_keys") == "0 keys are now wrapped by key 2\n"


def test_an_unused_old_key_is_retired() -> None:
    raised(1)
    run("add_key")

    assert "key 1 is off the ring" in run("rewrap_keys", "--retire", "1")
    assert set(crypto.ring().wrapping) == {2}
    assert words() == ["words 0"]


@pytest.mark.django_db(transaction=True)
def test_a_key_still_in_use_is_not_retired(clone: Clone) -> None:
    """Another process holds one record just now: its key stays with the old one, and so does the ring."""
    held = raised(2)[0].key_id
    run("add_key")
    other = CLUSTER.connect(role=embedded.APP, database=clone.name)
    other.autocommit = False
    with other.cursor() as cursor:
        cursor.execute("SELECT 1 FROM safeguarding_recordkey WHERE id = %s FOR UPDATE", [str(held)])

    with pytest.raises(CommandError, match="key 1 still wraps 1 records; it stays"):
        run("rewrap_keys", "--retire", "1")
    other.rollback()  # closing alone lets go a moment later
    other.close()

    assert 1 in crypto.ring().wrapping
    assert run("rewrap_keys", "--retire", "1").startswith("1 keys are now wrapped by key 2")


def test_the_current_key_is_not_retired() -> None:
    with pytest.raises(CommandError, match="key 1 is the current one"):
        run("rewrap_keys", "--retire", "1")


def test_a_key_that_is_not_there_is_not_retired() -> None:
    with pytest.raises(CommandError, match="there is no key 9"):
        run("rewrap_keys", "--retire", "9")


def test_with_the_wrong_ring_it_stops_and_changes_nothing(ring_file: Path) -> None:
    raised(1)
    wrong = crypto.add_wrapping_key(crypto.new_ring())
    crypto.write_ring(ring_file, json.loads(json.dumps(wrong)))

    with pytest.raises(crypto.CannotOpen):
        run("rewrap_keys")

    assert set(RecordKey.objects.values_list("wrapped_by", flat=True)) == {1}


@pytest.mark.clause("8.d")
def test_each_step_is_audited() -> None:
    raised(1)
    run("add_key")
    run("rewrap_keys", "--retire", "1")

    verbs = audit.AuditEntry.objects.exclude(verb="concern_raised").values_list("verb", flat=True)
    assert list(verbs) == ["key_added", "keys_rewrapped", "key_retired"]
