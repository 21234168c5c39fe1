"""The evidence of a review: for whoever signed in; for anybody once the review was held."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from reviews.models import EvidencePack, ReviewCycle, Suggestion
from reviews.packs import Source
from reviews.services import packing
from safeguarding import clock, context
from safeguarding.people.models import Person
from tests.access.rows_cycles import FORM, a_cycle, held_by_them
from tests.access.table import Row, Who
from tests.cast import Cast
from tests.statement.conftest import suggested


def packed(cycle: ReviewCycle) -> EvidencePack:
    """The newest pack of a review, made by a worker."""
    EvidencePack.objects.get_or_create(cycle=cycle, version=1, defaults={"asked_at": clock.now()})
    with context.system():
        packing.make_due()
    pack = packing.newest(cycle)
    assert pack is not None
    return pack


def held() -> ReviewCycle:
    cycle = a_cycle(days_ago=30)
    if cycle.held_on is None:
        cycle.held_on = timezone.localdate(clock.now())
        cycle.save(update_fields=["held_on"])
    return cycle


def of_one_held(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"pk": packed(held()).cycle_id}


def of_one_open(cast: Cast, someone: Person | None) -> dict[str, Any] | None:
    """A visitor sees no evidence while the review is open."""
    return None if someone else {"pk": packed(a_cycle()).cycle_id}


def first_of_one_held(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return of_one_held(cast, someone) | {"version": 1}


def first_of_one_open(cast: Cast, someone: Person | None) -> dict[str, Any] | None:
    there = of_one_open(cast, someone)
    return there and there | {"version": 1}


def somebody_elses(cast: Cast, someone: Person | None) -> dict[str, Any]:
    """One that is not open yet: nobody makes evidence for it."""
    return {"pk": a_cycle(days_ago=-20, opened=False).pk}


def both_of_one_held(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return first_of_one_held(cast, someone) | {"other": 1}


def both_of_one_open(cast: Cast, someone: Person | None) -> dict[str, Any] | None:
    there = first_of_one_open(cast, someone)
    return there and there | {"other": 1}


def data_of_one_held(cast: Cast, someone: Person | None) -> dict[str, Any]:
    """What the checksum is of: a file that nobody has to ask for."""
    return first_of_one_held(cast, someone) | {"ending": "json"}


def data_of_one_open(cast: Cast, someone: Person | None) -> dict[str, Any] | None:
    there = first_of_one_open(cast, someone)
    return there and there | {"ending": "json"}


def not_made(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"pk": packed(a_cycle()).cycle_id, "version": 9}


def words_for_them(cast: Cast, someone: Person | None) -> dict[str, Any]:
    """A visitor's suggestion, for whoever holds the review."""
    made = Suggestion.objects.first() or suggested("Say it shorter.")[0]
    return held_by_them(cast, someone) | {"kind": Source.SUGGESTION, "entry": made.pk}


def words_of_their_own(cast: Cast, someone: Person | None) -> dict[str, Any] | None:
    """Nobody passes what they wrote themselves."""
    if someone is None:
        return None
    made, _code = suggested("Mine.", by=someone)
    return words_for_them(cast, someone) | {"entry": made.pk}


ROWS = (
    Row("evidence", Who.PUBLIC, own=of_one_held, other=of_one_open),
    Row("evidence_version", Who.PUBLIC, own=first_of_one_held, other=first_of_one_open),
    Row(
        "evidence_again",
        Who.SIGNED_IN,
        ("POST",),
        own=held_by_them,
        other=somebody_elses,
        gives=302,
        post_gives=302,
    ),
    Row("evidence_compare", Who.PUBLIC, own=both_of_one_held, other=both_of_one_open),
    Row("evidence_file", Who.PUBLIC, own=data_of_one_held, other=data_of_one_open),
    Row(
        "evidence_files",
        Who.SIGNED_IN,
        ("POST",),
        own=first_of_one_held,
        other=not_made,
        gives=302,
        post_gives=302,
    ),
    Row("review_figures", Who.PUBLIC, own=of_one_held, other=somebody_elses),
    Row("words_to_read", Who.SIGNED_IN, own=held_by_them, other=somebody_elses),
    Row("words_read", Who.SIGNED_IN, FORM, own=words_for_them, other=words_of_their_own),
)
