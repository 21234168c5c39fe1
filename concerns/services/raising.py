"""Raising: one transaction writes the concern, its words, its messages and its audit row."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction

from concerns import receipts
from concerns.enums import Channel, HowSoon, ReporterMode, Under18, WhyExcluded
from concerns.models import Concern, Draft, Exclusion, InvolvedPerson, ReporterIdentity
from concerns.references import new_reference
from concerns.services import names, passing_on, routing
from riskassessment.models import Activity
from safeguarding import audit, clock, context, crypto, outbox
from safeguarding.contacts import hours
from safeguarding.contacts.standing import Receivers
from safeguarding.people.models import Person


@dataclass(frozen=True)
class Involved:
    """Somebody named in a concern: a name, or one of our own people, with a role in this concern."""

    name: str
    role: str
    relationship: str = ""  # a value of Relationship
    relationship_words: str = ""
    person: Person | None = None


@dataclass(frozen=True)
class Reporter:
    mode: str = ReporterMode.ANONYMOUS
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    safe_ways: str | None = None
    do_not_contact: bool = False
    show_words: bool = False
    on_behalf: bool = False
    person: Person | None = None


@dataclass(frozen=True)
class Raised:
    """What somebody sends. `words` may be None when they would rather not write it."""

    words: str | None
    rather_not_write: bool = False
    how_soon: str = HowSoon.NOT_SURE
    under_18: str = Under18.NOT_SAID
    activity: Activity | None = None
    reporter: Reporter = field(default_factory=Reporter)
    involved: Sequence[Involved] = ()
    kept_out: Sequence[Person] = ()  # unticked by the reporter
    details: dict[str, Any] = field(default_factory=dict)
    channel: str = Channel.WEB
    told_at: datetime | None = None
    entered_by: Person | None = None
    held_for_review: bool = False


class DraftGone(Exception):
    """The draft was wiped, and nothing was ever sent from it."""


def raise_concern(
    *, raised: Raised, by: audit.Actor, draft: Draft | None = None, once: UUID | None = None
) -> Concern:
    """Write it all or nothing. Sending the same draft, or the same `once`, again returns what it made.

    Raises DraftGone when the draft was wiped meanwhile. One moment for everything that is written.
    """
    concern_id = draft.idempotency if draft else once or uuid4()
    with outbox.ready(), clock.at(clock.now()), context.reporter(concern_id), transaction.atomic():
        sent = _already_sent(draft) if draft else _already_entered(once)
        if sent is not None:
            return sent
        times = hours.current()
        concern = _concern(concern_id, raised, times)
        _reporter(concern, raised.reporter)
        excluded = _people(concern, raised)
        route = routing.first_route(now=concern.raised_at, excluded=excluded)
        _tell(concern, route, times)
        kept_out = bool(excluded or raised.details.get("kept_out"))
        passing_on.pass_on(
            concern_id=concern_id, words=raised.words, details=raised.details, is_kept_from_somebody=kept_out
        )
        if draft is not None:
            Draft.objects.filter(pk=draft.pk).update(concern_id=concern.pk)
        audit.record("concern_raised", by=by, about=concern, told=len(route.contacts), channel=raised.channel)
    return concern


def _already_sent(draft: Draft) -> Concern | None:
    """The lock makes a second click wait for the first, and then find what it wrote."""
    locked = Draft.objects.select_for_update().filter(pk=draft.pk).first()
    if locked is not None and locked.concern_id is None:
        return None
    sent = Concern.objects.select_related("key").filter(pk=draft.idempotency).first()
    if sent is None:
        raise DraftGone
    return sent


def _already_entered(once: UUID | None) -> Concern | None:
    if once is None:
        return None
    with connection.cursor() as cursor:  # a second click waits for the first
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [once.int >> 65])
    return Concern.objects.select_related("key").filter(pk=once).first()


def _tell(concern: Concern, route: Receivers, times: hours.Hours) -> None:
    """A message for each; one digest an hour for what is held or comes in a flood: see `routing.tell`."""
    for contact in route.contacts:
        step = routing.STEP_OF[contact.kind]
        routing.tell(concern, contact, step=step, times=times)


def _concern(concern_id: UUID, raised: Raised, times: hours.Hours) -> Concern:
    now = clock.now()
    key = crypto.new_key()
    key.save(force_insert=True)
    concern = Concern(
        id=concern_id,
        reference=new_reference(),
        key=key,
        channel=raised.channel,
        raised_at=now,
        told_at=min(raised.told_at or now, now),
        entered_by=raised.entered_by,
        rather_not_write=raised.rather_not_write,
        how_soon_asked=raised.how_soon,
        how_soon=raised.how_soon,
        under_18=raised.under_18,
        activity=raised.activity,
        held_for_review=raised.held_for_review,
        acknowledge_by=routing.acknowledge_by(
            now=now, how_soon=raised.how_soon, under_18=raised.under_18, times=times
        ),
    )
    concern.words = raised.words or None
    concern.details = json.dumps(raised.details) if raised.details else None
    concern.save(force_insert=True)
    return concern


def _reporter(concern: Concern, reporter: Reporter) -> None:
    receipt = receipts.receipt_for(concern.pk)
    identity = ReporterIdentity(
        concern=concern,
        mode=reporter.mode,
        person=reporter.person,
        on_behalf=reporter.on_behalf,
        do_not_contact=reporter.do_not_contact,
        show_words=reporter.show_words,
        receipt_hash=receipts.finder(receipt),
        receipt_verifier=receipts.verifier(receipt),
    )
    identity.name, identity.email = reporter.name or None, reporter.email or None
    identity.phone, identity.safe_ways = reporter.phone or None, reporter.safe_ways or None
    identity.save(force_insert=True)
    if reporter.name:
        names.index(concern, reporter.name)


def _people(concern: Concern, raised: Raised) -> set[UUID]:
    """Write who is involved and who is kept out; returns the ids of those for whom it does not exist."""
    for involved in raised.involved:
        add_involved(concern, involved, added_by=raised.entered_by)
    for person in raised.kept_out:
        exclude(concern, person, why=WhyExcluded.UNTICKED)
    ours = {involved.person.pk for involved in raised.involved if involved.person is not None}
    return ours | {person.pk for person in raised.kept_out}


def add_involved(concern: Concern, involved: Involved, *, added_by: Person | None) -> InvolvedPerson:
    """Write one person in a concern; one of our own is kept out of it from that moment."""
    row = InvolvedPerson(
        concern=concern,
        person=involved.person,
        role=involved.role,
        relationship=involved.relationship,
        added_at=clock.now(),
        added_by=added_by,
    )
    row.name, row.relationship_words = involved.name, involved.relationship_words or None
    row.save(force_insert=True)
    names.index(concern, involved.name)
    if involved.person is not None:
        exclude(concern, involved.person, why=WhyExcluded.INVOLVED)
    return row


def exclude(concern: Concern, person: Person, *, why: WhyExcluded) -> None:
    Exclusion.objects.get_or_create(concern=concern, person=person, defaults={"why": why, "at": clock.now()})
