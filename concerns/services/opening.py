"""What reading and searching leave behind, written before any content is sent."""

from __future__ import annotations

from collections.abc import Collection

from concerns.models import Concern
from safeguarding import audit
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can


def note_reading(*, concern: Concern, by: Person) -> None:
    """One row each time a record is read. The first by somebody who may act is when it was opened."""
    audit.record("read", by=by, about=concern, may_act=can(by, Verb.TRIAGE_CONCERNS))


def note_search(*, by: Person, tokens: Collection[bytes], found: int) -> None:
    """One row for each search by name: keyed hashes, never the name."""
    audit.record("searched", by=by, hashes=sorted(token.hex() for token in tokens), found=found)
