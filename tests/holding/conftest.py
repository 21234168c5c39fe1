"""A statement that stands, a review that is open, and the two who hold it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from reviews.models import Clause, ClauseDecision, ReviewCycle, ReviewRecord, Suggestion, TakingPart
from reviews.services import cycles, drafting, gathering, recording, settling, taking_part
from reviews.services.recording import Told
from reviews.services.settling import Choice
from reviews.services.taking_part import Said
from safeguarding import clock
from safeguarding.people.models import Person
from tests.access.rows_cycles import a_cycle
from tests.cast import Cast
from tests.statement.conftest import published, suggested

STORY, PLAN, BACK = "Nobody has to tell their story.", "We plan together.", "We look back twice a year."


def today() -> date:
    return timezone.localdate(clock.now())


def day_fields(name: str, day: date) -> dict[str, Any]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


@pytest.fixture
def cycle(cast: Cast) -> ReviewCycle:
    """Held by a co-producer and a facilitator; about a statement of three clauses."""
    published(cast, STORY, PLAN, BACK)
    return held_by(a_cycle(), cast, cast.co_producer, cast.facilitator)


def held_by(cycle: ReviewCycle, cast: Cast, *people: Person) -> ReviewCycle:
    cycles.name_holders(cycle=cycle, by=cast.administrator, people=people)
    return cycle


def clause(words: str) -> Clause:
    stands = drafting.in_force()
    assert stands is not None
    return stands.texts.get(words=words).clause


def about(words: str, said: str = "Say it shorter.") -> tuple[Suggestion, str]:
    """A visitor's suggestion on a clause, and the code that leads back to it."""
    return suggested(said, clause=clause(words))


def decided(
    cycle: ReviewCycle,
    by: Person,
    words: str,
    what: str = "keep",
    *,
    seen: int = 0,
    answers: Sequence[Suggestion] = (),
    **said: Any,
) -> ClauseDecision:
    if what == "change":
        said = {"after": "We plan it all together.", "reason": "It was not clear."} | said
    if what == "discuss":
        said = {"again_on": today() + timedelta(days=30)} | said
    choice = Choice(what, answers=answers, **said)
    return settling.decide(cycle=cycle, by=by, clause=clause(words), choice=choice, seen=seen)


def guest_in(
    cycle: ReviewCycle, by: Person, words: str = "It is good.", of: str = PLAN
) -> tuple[TakingPart, str]:
    """Somebody who came in by the code and wrote about one clause, and their own link."""
    code = gathering.open_code_of(cycle) or gathering.open_code(cycle=cycle, by=by)
    once = uuid4()
    taking_part.say_with_code(code=code, said=[Said(clause(of), "keep", words)], once=once)
    token = taking_part.token_for(once)
    guest = taking_part.guest_of(token)
    assert guest is not None
    return guest, token


def told(summary: str = "We kept most of it.", said_did: str = "") -> Told:
    return Told(held_on=today(), summary=summary, said_did=said_did)


def out(cycle: ReviewCycle, by: Person, **said: str) -> ReviewRecord:
    return recording.publish(cycle=cycle, by=by, told=told(**said))
