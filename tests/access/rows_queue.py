"""Mail that did not arrive."""

from __future__ import annotations

from typing import Any

from concerns.models import Concern
from concerns.services.raising import Raised, raise_concern
from safeguarding import audit, clock, context, outbox
from safeguarding.outbox import MessageState, OutboxMessage
from safeguarding.people.models import Person
from safeguarding.permissions import Verb
from tests.access.table import Row
from tests.cast import Cast


def refused_message(concern: Concern) -> dict[str, Any]:
    """One mail about a concern, refused for good."""
    with context.system():
        message = outbox.queue_rendered(
            "concern_waiting", ["s", "t", ""], to="office@example.org", about_id=concern.pk
        )
        ended = {"state": MessageState.NOT_DELIVERED, "ended_at": clock.now()}
        OutboxMessage.objects.filter(pk=message.pk).update(**ended)
    return {"pk": message.pk}


def own(cast: Cast, person: Person | None) -> dict[str, Any]:
    """About a concern that this person was told of."""
    kept_out = [cast.lead] if person == cast.alternate else []
    return refused_message(
        raise_concern(raised=Raised(words="x", kept_out=kept_out), by=audit.Other.REPORTER)
    )


def other(cast: Cast, person: Person | None) -> dict[str, Any] | None:
    """About a concern that does not exist for this person."""
    kept_out = [person] if person else []
    return refused_message(
        raise_concern(raised=Raised(words="x", kept_out=kept_out), by=audit.Other.REPORTER)
    )


SEES = (Verb.SEE_DELIVERY,)
ROWS = (
    Row("delivery", SEES),
    Row("delivery_again", SEES, ("POST",), own=own, other=other, gives=302),
    Row("delivery_settle", SEES, ("POST",), own=own, other=other, gives=302),
)
