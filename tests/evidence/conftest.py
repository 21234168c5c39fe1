"""Words that somebody has read for the pack."""

from __future__ import annotations

from typing import Any

from reviews.models import Suggestion, WordsRead
from reviews.packs import Outcome, Source
from reviews.services import passing_words
from safeguarding import clock, crypto
from safeguarding.people.models import Person
from tests.statement.conftest import suggested


def passed(words: str, *, by: Person, **said: Any) -> Suggestion:
    """A suggestion whose words may stand as they are."""
    made, _code = suggested(words, **said)
    key = crypto.new_key()
    key.save(force_insert=True)
    WordsRead.objects.create(
        key=key,
        source=Source.SUGGESTION,
        source_id=made.pk,
        words_hash=passing_words.hash_of(words),
        outcome=Outcome.AS_IT_IS,
        at=clock.now(),
        by=by,
    )
    return made
