"""Before a change leaves people without an answer, it is asked for twice; then an alarm sounds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from safeguarding.contacts import standing
from safeguarding.contacts.models import Contact
from safeguarding.contacts.standing import Gap


class NotSureYet(Exception):
    """The change opens a grave gap, and nobody said yes to that. Says who would get concerns then."""

    def __init__(self, gaps: Sequence[Gap], receivers: Sequence[Contact]) -> None:
        super().__init__("the change opens a gap")
        self.gaps, self.receivers = tuple(gaps), tuple(receivers)


class Refused(Exception):
    """A change that cannot be; the message says why, in words for a person."""


def locked(now: datetime) -> list[Contact]:
    """The current contacts, held until commit: two who leave at once must see one another."""
    pks = (
        Contact.objects.filter(valid_to=None).order_by("pk").select_for_update().values_list("pk", flat=True)
    )
    list(pks)
    return standing.current(now)


def opens(rows: Sequence[Contact], after: Sequence[Contact], now: datetime) -> list[Gap]:
    """The grave gaps that a change from `rows` to `after` opens."""
    before = standing.gaps_of(rows, now)
    return [gap for gap in standing.gaps_of(after, now) if gap.is_urgent and gap not in before]


def check(
    contact: Contact, *, now: datetime, sure: bool, changed: Callable[[Contact], Contact | None]
) -> None:
    """Raises NotSureYet when a change opens a grave gap and nobody is sure."""
    rows = locked(now)
    changed_rows = [changed(row) if row.pk == contact.pk else row for row in rows]
    after = [row for row in changed_rows if row is not None]
    opened = opens(rows, after, now)
    if opened and not sure:
        raise NotSureYet(opened, standing.receivers(after, now).contacts)
