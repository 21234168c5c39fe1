"""What plans take up from the statement: values and ways of working."""

from __future__ import annotations

from typing import Any

from safeguarding.people.models import Person
from safeguarding.permissions import Verb
from safeguarding.statement.models import Value, WayOfWorking
from tests.access.table import Row, Who
from tests.cast import Cast

FORM, POST = ("GET", "POST"), ("POST",)
STATEMENT = (Verb.EDIT_STATEMENT,)


def a_kind(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"kind": "way"}


def no_kind(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"kind": "rule"}


def a_way(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"kind": "way", "pk": WayOfWorking.objects.all()[0].pk}


def no_way(cast: Cast, someone: Person | None) -> dict[str, Any]:
    """A value is not found among the ways of working."""
    return {"kind": "way", "pk": Value.objects.all()[0].pk}


ROWS = (
    Row("ways", Who.SIGNED_IN),
    Row("way_add", STATEMENT, FORM, own=a_kind, other=no_kind),
    Row("way_change", STATEMENT, FORM, own=a_way, other=no_way),
    Row("way_end", STATEMENT, POST, own=a_way, other=no_way, gives=302),
)
