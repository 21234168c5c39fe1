"""One row ends and another begins: who was the contact, and at which address, stays readable for ever."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from safeguarding.contacts.models import Contact

COPIED = ("kind", "person", "name", "role_title", "email", "phone", "order", "shown_publicly")
COPIED_STATE = ("confirmed_at", "confirm_hash", "confirm_sent_at", "new_email", "away_until")


def succeed(contact: Contact, *, now: datetime, **columns: Any) -> Contact:
    """End a row and begin its successor, the same but for the given columns."""
    copied = {name: getattr(contact, name) for name in (*COPIED, *COPIED_STATE)}
    contact.valid_to, contact.confirm_hash, contact.new_email = now, None, ""
    contact.save(update_fields=["valid_to", "confirm_hash", "new_email"])
    successor = Contact(id=uuid.uuid4(), valid_from=now, **copied | columns)
    successor.save(force_insert=True)
    return successor
