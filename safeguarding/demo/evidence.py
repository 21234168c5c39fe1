"""The demonstration's evidence: a pack for each review that opened, with some words read for it, and some not."""

from __future__ import annotations

from datetime import datetime, timedelta

from reviews.models import ReviewCycle
from reviews.packs import Outcome, Source
from reviews.services import packing, passing_words
from safeguarding import clock, context
from safeguarding.people.models import Person

CALMER = "We learnt to begin more slowly."


def pack(people: dict[str, Person], *, now: datetime) -> None:
    """In the order of the reviews: what was counted for one is not counted anew for the next."""
    for cycle in ReviewCycle.objects.opened().order_by("opens_on"):
        assert cycle.opened_at is not None
        moment = min(cycle.opened_at + timedelta(days=5), now)
        with clock.at(moment), context.system():
            _read(cycle, people["dot"])
            packing.ask(cycle=cycle, by=people["priya"])
            packing.make_due()


def _read(cycle: ReviewCycle, by: Person) -> None:
    """Who holds it reads two of what waits: one stands as it is, one in other words."""
    if not passing_words.may_read(cycle, by):
        return
    waiting = [each for each in passing_words.waiting(by, None, most=20) if each.at <= clock.now()]
    for text in waiting[:2]:
        instead = text.source != Source.SUGGESTION
        outcome = Outcome.INSTEAD if instead else Outcome.AS_IT_IS
        words = CALMER if instead else text.words
        stays = passing_words.standing_out(words)
        passing_words.read(
            cycle=cycle, text=text, by=by, outcome=outcome, instead=CALMER if instead else "", stays=stays
        )
