"""A pack comes by itself when a review opens, once; and is never changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import Error, transaction
from django.test import Client

from reviews.models import EvidencePack, Suggestion
from reviews.packs import MOST_TRIES, Outcome, Source
from reviews.services import packing
from safeguarding import clock, looks
from tests.access.rows_cycles import a_cycle
from tests.access.rows_evidence import packed
from tests.cast import Cast
from tests.evidence.conftest import passed, reading
from tests.statement.conftest import published, suggested

pytestmark = pytest.mark.django_db
As = Callable[..., Client]


@pytest.mark.clause("8.f")
def test_a_review_that_opened_has_its_pack_by_the_next_look(cast: Cast) -> None:
    cycle = a_cycle()

    looks.periodic()

    pack = packing.newest(cycle)
    assert pack is not None and pack.version == 1
    assert hashlib.sha256(pack.body.encode()).hexdigest() == pack.checksum


def test_looking_again_makes_no_second_pack(cast: Cast) -> None:
    a_cycle()

    looks.periodic()
    looks.periodic()

    assert EvidencePack.objects.count() == 1


@pytest.mark.clause("8.d")
@pytest.mark.parametrize("act", ["change", "delete"])
def test_the_database_refuses_to_change_a_pack(act: str, cast: Cast) -> None:
    pack = packed(a_cycle())
    rows = EvidencePack.objects.filter(pk=pack.pk)

    with pytest.raises(Error, match="never changed"), transaction.atomic():
        rows.update(body="{}") if act == "change" else rows.delete()

    assert packing.newest(pack.cycle).body == pack.body  # type: ignore[union-attr]


def test_a_new_version_leaves_the_first_as_it_is(cast: Cast) -> None:
    first = packed(a_cycle())
    published(cast)
    suggested("Say it shorter.")

    packing.ask(cycle=first.cycle, by=cast.lead)
    second = packed(first.cycle)

    assert (first.version, second.version) == (1, 2)
    assert EvidencePack.objects.get(pk=first.pk).body == first.body != second.body


def test_a_suggestion_about_a_clause_leads_to_it_before_its_words_are_read(cast: Cast) -> None:
    clause = published(cast).texts.in_order()[0].clause
    suggested("Ask Marguerite first.", clause=clause)

    pack = packed(a_cycle())

    assert packing.clauses_with_evidence(pack.cycle) == {clause.serial}
    assert "Marguerite" not in pack.body


def test_a_pack_that_fails_three_times_says_so_and_is_tried_again_when_asked(
    cast: Cast, client_for: As
) -> None:
    """Words that cannot be opened: their column was damaged, and is mended from a copy."""
    made = passed("Say it shorter.", by=cast.administrator)
    rows, whole = Suggestion.objects.filter(pk=made.pk), made.words_sealed
    rows.update(words_sealed=b"damaged")
    path = f"/statement/reviews/{a_cycle().pk}/evidence/"
    for minute in range(MOST_TRIES):
        with clock.at(clock.now() + timedelta(minutes=2 * minute)):
            looks.periodic()
    lead = client_for(cast.lead)

    failed = lead.get(path).content.decode()
    rows.update(words_sealed=whole)
    looks.periodic()
    still = lead.get(path).content.decode()
    lead.post(f"{path}again/")
    looks.periodic()

    assert "It could not be made." in failed and "Try again" in failed
    assert "It could not be made." in still
    assert "This is version 1." in lead.get(path).content.decode()


def test_two_versions_are_laid_side_by_side(cast: Cast, client_for: As) -> None:
    cycle, reader = a_cycle(), client_for(cast.co_producer)
    published(cast)
    made = passed("Say it shorter.", by=cast.administrator)
    packed(cycle)
    reading(Source.SUGGESTION, made.pk, by=cast.deputy, outcome=Outcome.LEFT_OUT)
    passed("Say it twice.", by=cast.administrator)
    packing.ask(cycle=cycle, by=cast.lead)
    packed(cycle)
    path = f"/statement/reviews/{cycle.pk}/evidence/"

    page = " ".join(reader.get(f"{path}1/2/").content.decode().split())

    assert f"{path}1/2/" in reader.get(path).content.decode()
    assert "<ins>" in page and "Say it twice. (not answered)" in page.split("<ins>")[1]
    assert "Say it shorter. (not answered)" in page.split("<del>")[1]
