"""Making, finding and ending the code of a room, whatever it is for. Who may, and what is noted, says each of them."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models

from riskassessment.models.room_codes import Code, RoomCode
from safeguarding import clock, codes, crypto
from safeguarding.people.models import Person

LENGTH = 6


def _hash(kind: type[RoomCode], code: str) -> bytes:
    return crypto.keyed_hash("receipt", f"{kind.hashed_as} {code}")


def find(among: models.QuerySet[Code], typed: str) -> Code | None:
    """The code that was typed, however it was typed."""
    code = codes.typed(typed, length=LENGTH)
    return among.filter(code_hash=_hash(among.model, code)).first() if code else None


def make(new: Code, *, by: Person) -> Code:
    """Give a new row its code, and keep it for a day."""
    code, new.made_at, new.made_by = codes.pick(LENGTH), clock.now(), by
    new.ends_at = new.made_at + timedelta(hours=settings.JOIN_CODE_HOURS)
    new.code_hash, new.code = _hash(type(new), code), code
    new.save(force_insert=True)
    return new


def end(among: models.QuerySet[Code], *, by: Person) -> int:
    """Those that nobody ended before; returns how many."""
    return among.filter(ended_at=None).update(ended_at=clock.now(), ended_by=by)
