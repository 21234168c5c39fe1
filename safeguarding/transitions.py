"""A change of state is a compare-and-swap: it happens once, and a second actor learns what changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)


class Conflict(Exception):
    """Somebody else changed the object first; `current` is what stands now."""

    def __init__(self, current: models.Model) -> None:
        super().__init__(f"{type(current).__name__} changed meanwhile")
        self.current = current


class NotAllowed(Exception):
    """The table of transitions has no such step."""


def move(
    obj: M, *, to: str, table: Mapping[str, frozenset[str]], version: int | None = None, **columns: Any
) -> None:
    """Move `obj.state` to `to` and save the named columns, if nobody moved it first.

    With `version`, for a versioned row, nobody may have changed anything else first either.
    Raises NotAllowed when the table has no such step, Conflict when the row stands elsewhere.
    """
    here = str(obj.state)  # type: ignore[attr-defined]
    if version is not None and obj.version != version:  # type: ignore[attr-defined]
        raise Conflict(obj)
    if to not in table[here]:
        raise NotAllowed(f"{type(obj).__name__} cannot go from {here} to {to}")
    expected: dict[str, Any] = {"state": here}
    if version is not None:
        expected["version"], columns["version"] = version, version + 1
    _swap(obj, expected, {"state": to, **columns})


def change(obj: M, *, version: int, **columns: Any) -> None:
    """Save named columns of a versioned row, if it still has the version its editor saw."""
    _swap(obj, {"version": version}, {"version": version + 1, **columns})


def _swap(obj: models.Model, expected: dict[str, Any], columns: dict[str, Any]) -> None:
    rows = type(obj)._default_manager.filter(pk=obj.pk, **expected).update(**columns)
    if rows != 1:
        obj.refresh_from_db()
        raise Conflict(obj)
    for name, value in columns.items():
        setattr(obj, name, value)
