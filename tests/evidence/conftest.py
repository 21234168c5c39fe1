"""Words that somebody has read for the pack."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from reviews.models import ReviewHolder, Suggestion
from reviews.packs import Outcome, Source
from reviews.services import passing_words
from safeguarding import clock
from safeguarding.people.models import Person
from tests.access.rows_cycles import a_cycle
from tests.statement.conftest import suggested


def reading(source: Source, pk: UUID, *, by: Person, outcome: str = Outcome.AS_IT_IS, **said: Any) -> None:
    """Somebody who holds a review reads what waits."""
    cycle = a_cycle()
    if not cycle.is_held_by(by):
        ReviewHolder.objects.create(cycle=cycle, person=by, since=clock.now(), named_by=by)
    text = passing_words.found(source, pk, by)
    assert text is not None
    passing_words.read(cycle=cycle, text=text, by=by, outcome=outcome, **said)


def passed(words: str, *, by: Person, **said: Any) -> Suggestion:
    """A suggestion whose words may stand as they are."""
    made, _code = suggested(words, **said)
    reading(Source.SUGGESTION, made.pk, by=by)
    return made
