"""Correcting a record of a review: who holds it, and who looks after the statement."""

from __future__ import annotations

from typing import Any

from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can
from tests.access.rows_holding import FORM, a_record
from tests.access.table import Row, Who
from tests.cast import Cast


def a_strangers_record(cast: Cast, someone: Person | None) -> dict[str, Any] | None:
    """Held by others; whoever looks after the statement may correct every one."""
    if someone is not None and can(someone, Verb.EDIT_STATEMENT):
        return None
    return a_record(cast, cast.lead if someone != cast.lead else cast.deputy)


ROWS = (Row("review_record_correct", Who.SIGNED_IN, FORM, own=a_record, other=a_strangers_record),)
