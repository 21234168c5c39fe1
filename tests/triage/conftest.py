"""Concerns to act on, and what a page's form would send."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from concerns.enums import AtRisk
from concerns.models import Concern
from concerns.services import closing, triage
from concerns.services.raising import Raised, raise_concern
from safeguarding import audit, context, outbox
from safeguarding.people.models import Person

WORDS = "The door was locked and nobody came."


def raised(**more: Any) -> Concern:
    """One concern, as a reporter sends it; `more` are columns of Raised."""
    return raise_concern(raised=Raised(**{"words": WORDS, **more}), by=audit.Other.REPORTER)


def acknowledged(by: Person, **more: Any) -> Concern:
    """One concern that somebody has taken on."""
    concern = raised(**more)
    with context.person(by):
        concern = Concern.objects.to_read().get(pk=concern.pk)
        triage.acknowledge(concern=concern, by=by)
    return concern


def closed(by: Person, *, acted: bool = True, **more: Any) -> Concern:
    """One concern that somebody has closed."""
    concern = acknowledged(by, **more)
    answers = closing.Answers(
        acted=acted, what_we_did="The lock is new.", what_they_say="Good.", still_at_risk=AtRisk.NO
    )
    with context.person(by):
        closing.close(concern=concern, by=by, answers=answers)
    return concern


def steps(concern: Concern) -> list[str]:
    """The acts that the timeline names, in order."""
    with context.system():
        return list(concern.entries.filter(kind="moved").order_by("entered_at").values_list("act", flat=True))


def words_of(concern: Concern, **which: Any) -> list[tuple[str | None, str | None]]:
    """Words and reasons of the entries that fit, in order."""
    with context.system():
        entries = concern.entries.filter(**which).order_by("entered_at")
        return [(entry.words, entry.reason) for entry in entries.select_related("concern__key")]


def queued(kind: str) -> list[str]:
    """To whom messages of a kind were written."""
    messages = outbox.OutboxMessage.objects.filter(kind=kind).order_by("created_at")
    return list(messages.values_list("to", flat=True))


def now_is(concern: Concern) -> Concern:
    """The concern as it stands in the database, whoever may see it."""
    with context.system():
        return Concern.objects.to_read().get(pk=concern.pk)


def url(name: str, concern: Concern, **more: Any) -> str:
    return reverse(name, kwargs={"reference": concern.reference, **more})


def hidden(html: str) -> dict[str, str]:
    """What a page's form carries."""
    return dict(re.findall(r'<input type="hidden" name="(version|once|sure_about)" value="([^"]*)"', html))


@pytest.fixture
def send() -> Callable[..., Any]:
    """Open an act's page as a browser would, fill it in, and send it."""

    def _send(client: Client, name: str, concern: Concern, answers: dict[str, Any], **where: Any) -> Any:
        address = url(name, concern, **where)
        carried = hidden(client.get(address).content.decode())
        return client.post(address, carried | answers)

    return _send
