"""One pack for each opening, whoever looks, and whatever dies in between."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections

from reviews.models import EvidencePack, FigureReleased
from reviews.services import packing
from safeguarding import clock, context, leases
from safeguarding.audit import AuditEntry
from tests.access.rows_cycles import a_cycle
from tests.access.rows_evidence import held, packed
from tests.cast import Cast


def look(_number: int) -> None:
    """As one scheduler does, beside others."""
    with context.system():
        packing.keep(now=clock.now())
    connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_schedulers_that_look_at_once_make_one_pack_and_tell_each_figure_once(cast: Cast) -> None:
    a_cycle()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(look, range(8)))

    pack = EvidencePack.objects.get()
    assert pack.is_made and pack.tries == 1
    assert AuditEntry.objects.filter(verb="pack_made").count() == 1
    told = list(FigureReleased.objects.values_list("measure", flat=True))
    assert len(told) == len(set(told)) > 0


@pytest.mark.django_db
def test_what_a_dead_worker_held_is_made_by_the_next_one(cast: Cast) -> None:
    now = clock.now()
    EvidencePack.objects.create(
        cycle=a_cycle(), version=1, asked_at=now, tries=1, leased_until=now + leases.LEASE
    )

    with context.system():
        packing.keep(now=now)
        before = packing.newest(a_cycle())
        with clock.at(now + leases.LEASE + timedelta(seconds=1)):
            packing.keep(now=clock.now())

    assert before is None
    assert packing.newest(a_cycle()) is not None


@pytest.mark.django_db
def test_who_sees_a_pack_is_the_same_for_one_and_for_many(cast: Cast) -> None:
    packs = [packed(a_cycle()), packed(held())]

    for person in (None, cast.co_producer):
        seen = set(EvidencePack.objects.visible_to(person))
        assert seen == {pack for pack in packs if pack.is_visible_to(person)}

    assert set(EvidencePack.objects.visible_to(None)) == {packs[1]}


@pytest.mark.django_db
def test_nobody_asks_for_a_pack_before_its_review_opens(cast: Cast) -> None:
    ahead = a_cycle(days_ago=-20, opened=False)

    with pytest.raises(packing.NotOpen):
        packing.ask(cycle=ahead, by=cast.lead)
    assert packing.ask(cycle=a_cycle(), by=cast.lead) == packing.ask(cycle=a_cycle(), by=cast.lead)
