"""Triage: those who may read concerns, and those who may act on them."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from concerns.enums import AtRisk, EntryKind
from concerns.models import Concern, Telling
from concerns.services import entries, triage
from concerns.services.closing import Answers, close
from concerns.services.raising import Raised, Reporter, raise_concern
from safeguarding import audit, context
from safeguarding.contacts.models import Contact
from safeguarding.people.models import Person
from safeguarding.permissions import READING, Verb
from tests.access.table import Row
from tests.cast import Cast

FORM = ("GET", "POST")


def a_concern(cast: Cast, person: Person | None, **more: Any) -> Concern:
    """One concern that everybody who may read at all may read: the alternate was told of it."""
    concern = raise_concern(raised=Raised(words="The door was locked.", **more), by=audit.Other.REPORTER)
    with context.system():
        contact = Contact.objects.get(person=cast.alternate)
        Telling.objects.get_or_create(
            concern=concern,
            contact=contact,
            defaults={
                "person": cast.alternate,
                "step": "alternate",
                "at": timezone.now(),
                "message_id": concern.pk,
            },
        )
    return concern


def one(cast: Cast, person: Person | None) -> dict[str, Any]:
    return {"reference": a_concern(cast, person).reference}


def kept_from(cast: Cast, person: Person | None) -> dict[str, Any]:
    """A concern that exists, for others."""
    return {"reference": a_concern(cast, person, kept_out=[person] if person else []).reference}


def with_a_note(cast: Cast, person: Person | None) -> dict[str, Any]:
    concern = a_concern(cast, person)
    with context.person(cast.lead):
        note = entries.add_note(concern=concern, by=cast.lead, kind=EntryKind.SEEN, words="A note.")
    return {"reference": concern.reference, "entry": note.pk}


def kept_from_with_a_note(cast: Cast, person: Person | None) -> dict[str, Any]:
    concern = a_concern(cast, person, kept_out=[person] if person else [])
    return {"reference": concern.reference, "entry": concern.pk}


def named(cast: Cast, person: Person | None) -> dict[str, Any]:
    concern = a_concern(cast, person, reporter=Reporter(mode="first_name", name="Robin"))
    return {"reference": concern.reference}


def closed(cast: Cast, person: Person | None) -> dict[str, Any]:
    concern = a_concern(cast, person)
    by = cast.deputy if person != cast.deputy else cast.lead
    answers = Answers(
        acted=False, what_we_did="Nothing.", what_they_say="They agree.", still_at_risk=AtRisk.NO
    )
    with context.person(by):
        triage.acknowledge(concern=concern, by=by)
        close(concern=concern, by=by, answers=answers)
    return {"reference": concern.reference}


def act(name: str, **more: Any) -> Row:
    """An act's page. An empty POST is answered with the page and what is missing."""
    return Row(f"concern_{name}", (Verb.TRIAGE_CONCERNS,), FORM, **{"own": one, "other": kept_from, **more})


ROWS = (
    Row("concerns", READING),
    Row("concerns_find", READING, ("POST",), gives=302),
    Row("concerns_found", READING),
    Row("concern", READING, own=one, other=kept_from),
    act("acknowledge"),
    act("assign"),
    act("how_soon"),
    act("kind"),
    act("next_step"),
    act("under_18"),
    act("hand_over"),
    act("note"),
    act("correct", own=with_a_note, other=kept_from_with_a_note),
    act("reply"),
    Row("concern_replies_read", (Verb.TRIAGE_CONCERNS,), ("POST",), own=one, other=kept_from, gives=302),
    act("decide"),
    act("person"),
    Row(
        "concern_reveal",
        (Verb.REVEAL_REPORTER,),
        FORM,
        own=named,
        other=kept_from,
        after_reauthentication=FORM,
    ),
    act("close"),
    act("second_look", own=closed),
    act("reopen", own=closed),
)
