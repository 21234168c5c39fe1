"""Decisions: read by everybody with an account once checked; before that by their writer and their checker."""

from __future__ import annotations

from typing import Any

from reviews.services import deciding
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can
from tests.access.table import Row, Who
from tests.cast import Cast
from tests.decisions.conftest import checked, written

FORM, POST = ("GET", "POST"), ("POST",)
WRITE, CHECK = (Verb.RECORD_DECISIONS,), (Verb.CHECK_DECISIONS,)


def _another(cast: Cast, someone: Person | None) -> Person:
    return cast.lead if someone == cast.deputy else cast.deputy


def a_checked_one(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"pk": checked(cast).pk}


def not_checked(cast: Cast, someone: Person | None) -> dict[str, Any]:
    """Somebody else's, and somebody else is asked to check it."""
    by = cast.alternate if someone == cast.facilitator else cast.facilitator
    return {"pk": written(cast, by=by, checker=_another(cast, someone)).pk}


def their_own(cast: Cast, someone: Person | None) -> dict[str, Any]:
    writes = someone if someone and can(someone, Verb.RECORD_DECISIONS) else cast.facilitator
    return {"pk": written(cast, by=writes, checker=_another(cast, writes)).pk}


def asked_to_check(cast: Cast, someone: Person | None) -> dict[str, Any]:
    checks = someone if someone and can(someone, Verb.CHECK_DECISIONS) else cast.deputy
    return {"pk": written(cast, checker=checks).pk}


def a_look(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"pk": deciding.look_back(record=checked(cast), by=cast.facilitator, again="yes", words="Yes.").pk}


def no_look(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"pk": checked(cast).pk}


ROWS = (
    Row("decisions", Who.SIGNED_IN),
    Row("decisions_find", Who.SIGNED_IN, FORM),
    Row("decisions_to_check", CHECK),
    Row("decision_write", WRITE, FORM),
    Row("decision", Who.SIGNED_IN, own=a_checked_one, other=not_checked),
    Row("decision_change", WRITE, FORM, own=their_own, other=not_checked),
    Row("decision_check", CHECK, FORM, own=asked_to_check, other=not_checked),
    Row("decision_look_back", WRITE, FORM, own=a_checked_one, other=not_checked),
    Row("decision_look_pass", CHECK, POST, own=a_look, other=no_look, gives=302),
)
