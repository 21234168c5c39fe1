"""A concern's version: who changes it says what they saw, and a second person learns what changed."""

from __future__ import annotations

from typing import Any

from django.db.models import F

from concerns.enums import TRANSITIONS, State
from concerns.models import Concern
from safeguarding import transitions


def expect(concern: Concern, version: int | None) -> int:
    """The version the actor saw (None: the one at hand). Raises Conflict when the concern has moved on."""
    if version is not None and version != concern.version:
        raise transitions.Conflict(concern)
    return concern.version


def expect_not_closed(concern: Concern) -> None:
    """Raises NotAllowed on a closed concern: it must be reopened first."""
    if concern.is_closed:
        raise transitions.NotAllowed("it is closed")


def change(concern: Concern, version: int | None, **columns: Any) -> None:
    """Save named columns, if nobody changed the concern since `version`."""
    transitions.change(concern, version=expect(concern, version), **columns)


def move(concern: Concern, version: int | None, *, to: State, **columns: Any) -> None:
    """Move the state and save named columns, if nobody changed the concern since `version`."""
    transitions.move(concern, to=to, table=TRANSITIONS, version=expect(concern, version), **columns)


def touch(concern: Concern) -> None:
    """Give the concern its next version, whatever it is now: for what never waits and is only added.

    Waits for whoever is changing it at this moment. Raises NotAllowed when it is not there for the person.
    """
    if Concern.objects.filter(pk=concern.pk).update(version=F("version") + 1) != 1:
        raise transitions.NotAllowed("the concern is not there")
    concern.version = Concern.objects.values_list("version", flat=True).get(pk=concern.pk)
