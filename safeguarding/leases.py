"""Who works on a row: a lease, so that what a dead process held is given to another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import models

from safeguarding import clock

LEASE = timedelta(seconds=60)


def held(now: datetime) -> models.Q:
    """A lease longer than ours is from before the clock was set back."""
    return models.Q(leased_until__range=(now, now + LEASE))


def claim(find: Callable[[datetime], models.QuerySet[Any]], *, counted: str) -> Any | None:
    """Lease the first row that `find` gives at a time, and count the try; None when there is none.

    Call it in a transaction. Between our look at the clock and our lock another may have leased the row, by a
    later clock: so the clock is asked again once the row is ours.
    """
    while (row := find(clock.now()).select_for_update(skip_locked=True).first()) is not None:
        now = clock.now()
        if row.leased_until is None or not now <= row.leased_until <= now + LEASE:
            row.leased_until = now + LEASE
            setattr(row, counted, getattr(row, counted) + 1)
            row.save(update_fields=["leased_until", counted])
            return row
    return None
