"""What the five-pressure check of a review looks at: some checked decisions, of every kind, always the same."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from reviews.models import DecisionRecord
from reviews.services import deciding
from reviews.weighing import Choice
from safeguarding import clock
from tests.cast import Cast
from tests.decisions.conftest import checked, written

pytestmark = pytest.mark.django_db


def today() -> date:
    return timezone.localdate(clock.now())


@pytest.mark.clause("8.c")
def test_a_sample_has_every_kind_in_turn_and_is_always_the_same(cast: Cast) -> None:
    for choice in [Choice.CLOSING] * 5 + [Choice.HOST, Choice.GOING_AHEAD]:
        checked(cast, choice=choice)

    found = deciding.sample(today(), today(), 3)

    assert {record.choice for record in found} == {Choice.CLOSING, Choice.HOST, Choice.GOING_AHEAD}
    assert deciding.sample(today(), today(), 3) == found
    assert len(deciding.sample(today(), today(), 5)) == 5


def test_other_days_draw_others(cast: Cast) -> None:
    for _each in range(8):
        checked(cast)
    day = today()

    drawn = {tuple(r.pk for r in deciding.sample(day - timedelta(days=back), day, 2)) for back in range(12)}

    assert len(drawn) > 1


def test_nothing_unchecked_and_nothing_of_other_days_is_drawn(cast: Cast) -> None:
    written(cast)
    old = checked(cast)
    DecisionRecord.objects.filter(pk=old.pk).update(checked_on=today() - timedelta(days=30))

    assert deciding.sample(today() - timedelta(days=29), today(), 5) == []
    assert deciding.sample(today() - timedelta(days=30), today(), 5) == [old]
