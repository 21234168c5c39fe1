"""What time it is: the database's clock, so that every process agrees.

`at(moment)` stands still at a moment for a block: the demonstration tells a year's story with it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.db import connection

_standing_still: ContextVar[datetime | None] = ContextVar("standing_still", default=None)


def now() -> datetime:
    """The database's time, aware; one round trip."""
    still = _standing_still.get()
    if still is not None:
        return still
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        row = cursor.fetchone()
    moment: datetime = row[0]
    return moment


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    token = _standing_still.set(moment)
    try:
        yield
    finally:
        _standing_still.reset(token)
