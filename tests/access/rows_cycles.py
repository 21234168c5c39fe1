"""The reviews of the statement: anybody reads them; who arranges or holds one says what became of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from reviews.models import ReviewCycle, ReviewHolder
from safeguarding import clock
from safeguarding.people.models import Person
from safeguarding.permissions import Verb
from tests.access.table import Row, Who
from tests.cast import Cast

FORM = ("GET", "POST")
ARRANGE = (Verb.ARRANGE_REVIEWS,)


def a_cycle(*, days_ago: int = 10, opened: bool = True) -> ReviewCycle:
    day = timezone.localdate(clock.now()) - timedelta(days=days_ago)
    found = ReviewCycle.objects.filter(opens_on=day).first()
    return found or ReviewCycle.objects.create(
        opens_on=day, closes_on=day + timedelta(days=41), opened_at=clock.now() if opened else None
    )


def any_cycle(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"pk": a_cycle().pk}


def hold(cycle: ReviewCycle, person: Person, cast: Cast) -> None:
    """Once, however many rows ask for it."""
    named = {"since": clock.now(), "named_by": cast.administrator}
    ReviewHolder.objects.get_or_create(cycle=cycle, person=person, until=None, defaults=named)


def held_by_them(cast: Cast, someone: Person | None) -> dict[str, Any]:
    cycle = a_cycle()
    if someone is not None:
        hold(cycle, someone, cast)
    return {"pk": cycle.pk}


def missed_by_them(cast: Cast, someone: Person | None) -> dict[str, Any]:
    cycle = a_cycle(days_ago=60)
    if someone is not None:
        hold(cycle, someone, cast)
    return {"pk": cycle.pk}


def not_open(cast: Cast, someone: Person | None) -> dict[str, Any]:
    """Nobody says of a review that is still ahead that it was held."""
    return {"pk": a_cycle(days_ago=-20, opened=False).pk}


ROWS = (
    Row("reviews", Who.PUBLIC),
    Row("reviews_calendar", Who.PUBLIC, public_cache="days that anybody may read, asked for by programmes"),
    Row("review", Who.PUBLIC, own=any_cycle),
    Row("review_holders", ARRANGE, FORM, own=any_cycle, post_gives=302),  # nobody may be named
    Row("review_held", Who.SIGNED_IN, FORM, own=held_by_them, other=not_open),
    Row("review_not_held", Who.SIGNED_IN, FORM, own=missed_by_them, other=not_open),
)
