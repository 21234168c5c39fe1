"""Decisions that somebody wrote and somebody else checked; challenges, and the code that leads back to one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from reviews.models import DecisionRecord
from reviews.services import deciding
from reviews.services.deciding import Told
from reviews.weighing import Basis, Choice, Verdict
from tests.cast import Cast


def told(cast: Cast, **said: Any) -> Told:
    plain = Told(
        situation="Somebody came late and wanted to join in.",
        options="Let them in, or ask them to wait for the pause.",
        chosen="They waited for the pause.",
        reason="The group had asked for a quiet start.",
        choice=Choice.TAKING_PART,
        basis=Basis.JUDGEMENT,
        doubter="nobody",
        checker=cast.deputy,
    )
    return replace(plain, **said)


def written(cast: Cast, **said: Any) -> DecisionRecord:
    by = said.pop("by", cast.facilitator)
    return deciding.write(told=told(cast, **said), by=by)


def checked(cast: Cast, **said: Any) -> DecisionRecord:
    """One that everybody with an account may read."""
    record = written(cast, **said)
    deciding.check(record=record, by=record.checker, version=1, verdict=Verdict.PASSES, words={})
    record.refresh_from_db()
    return record
