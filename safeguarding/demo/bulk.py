"""Many concerns at once, for measuring: every row valid and every word sealed, written in batches.

The one place that does not call the services: a hundred thousand of their transactions take hours.
Receipts are hashes of nothing: nobody holds one.
"""

from __future__ import annotations

import functools
import itertools
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import connection, models, transaction
from psycopg2.extras import execute_values

from concerns.enums import HowSoon, Kind, ReporterMode, RoleInConcern, State, Step, Under18
from concerns.models import Concern, InvolvedPerson, NameToken, ReporterIdentity, Telling
from concerns.references import new_reference
from concerns.services import names
from safeguarding import audit, clock, context, crypto
from safeguarding.contacts.models import Contact, ContactKind
from safeguarding.crypto import RecordKey
from safeguarding.people.models import Person
from safeguarding.permissions import Role

BATCH = 1000
YEARS = 5
NO_RECEIPT = "!"  # proves nothing: no digits match it
SOON, KINDS = list(HowSoon), list(Kind)
FIRST = "Ada Bo Cleo Dev Esme Finn Gia Hal Ivo Juno Kit Lux Mab Nell Orla Pip Quin Roe Sol Tess"
LAST = "Ashlowe Birchall Crane Dunmore Elmhurst Fenwright Gorsefield Hazelby Ivyton Larkmoor"
WORDS = (
    "Somebody was left out of the talk again, and nobody seemed to see it.",
    "The room was too loud and there was nowhere to go.",
    "I was asked the same thing three times, and each time it was harder to answer.",
    "A message was sent to the whole group that was meant for one person.",
)


class NobodyToActYet(Exception):
    """There is no lead or deputy whose concerns these could be."""


@dataclass
class Rows:
    """What one batch writes, parents before children."""

    keys: list[RecordKey] = field(default_factory=list)
    concerns: list[Concern] = field(default_factory=list)
    reporters: list[ReporterIdentity] = field(default_factory=list)
    involved: list[InvolvedPerson] = field(default_factory=list)
    tokens: list[NameToken] = field(default_factory=list)
    tellings: list[Telling] = field(default_factory=list)

    def write(self) -> None:
        written: Iterable[Sequence[models.Model]] = (
            self.keys,
            self.concerns,
            self.reporters,
            self.involved,
            self.tokens,
            self.tellings,
        )
        with transaction.atomic():
            for rows in written:
                _insert(rows)


def _insert(rows: Sequence[models.Model]) -> None:
    """As bulk_create, in a quarter of its time: what these columns hold, the driver knows how to write."""
    fields = [each for each in rows[0]._meta.concrete_fields if not each.generated]
    columns = ", ".join(f'"{each.column}"' for each in fields)
    statement = f'INSERT INTO "{rows[0]._meta.db_table}" ({columns}) VALUES %s'  # nosec B608: our own names
    values = [tuple(getattr(row, each.attname) for each in fields) for row in rows]
    with connection.cursor() as cursor:
        execute_values(cursor.cursor, statement, values, page_size=BATCH)


def sow(count: int, *, by: audit.Actor) -> None:
    """Write so many concerns, spread over five years: most of them closed, the newest open."""
    with context.system():
        handlers = list(Person.objects.holding(Role.LEAD, Role.DEPUTY))
        contact = Contact.objects.of_kind(ContactKind.LEAD).first()
        if not handlers or contact is None:
            raise NobodyToActYet
        audit.record("bulk_seeded", by=by, count=count)
        now = clock.now()
        for batch in _batches(count):
            rows = Rows()
            for number in batch:
                _one(rows, number, count, now, handlers, contact)
            rows.write()


def _batches(count: int) -> Iterator[range]:
    for start in range(0, count, BATCH):
        yield range(start, min(start + BATCH, count))


def _one(
    rows: Rows, number: int, count: int, now: datetime, handlers: Sequence[Person], contact: Contact
) -> None:
    raised_at = now - timedelta(days=365 * YEARS) * ((number + 1) / count)
    handler = handlers[number % len(handlers)]
    key = crypto.new_key()
    concern = Concern(key=key, **_columns(number, count, raised_at, handler))
    concern.words = f"{WORDS[number % len(WORDS)]} It is note {number}."
    rows.keys.append(key)
    rows.concerns.append(concern)
    _people(rows, concern, number)
    rows.tellings.append(
        Telling(
            concern=concern,
            contact=contact,
            person=contact.person,
            step=Step.FIRST,
            at=raised_at,
            message_id=uuid4(),  # its outbox row has outlived its time
        )
    )


def _columns(number: int, count: int, raised_at: datetime, handler: Person) -> dict[str, Any]:
    """One in fifty is open, and of those, one in ten not acknowledged; the newest first."""
    is_open, waits = number < max(1, count // 50), number < max(1, count // 500)
    soon = SOON[number % len(SOON)]
    acknowledged = None if waits else raised_at + timedelta(hours=1)
    closed = None if is_open else raised_at + timedelta(days=9)
    return {
        "reference": new_reference(),
        "state": State.WAITING if waits else State.OPEN if is_open else State.CLOSED,
        "kind": KINDS[number % len(KINDS)],
        "raised_at": raised_at,
        "told_at": raised_at,
        "how_soon_asked": soon,
        "how_soon": soon,
        "under_18": Under18.NO,
        "acknowledge_by": raised_at + timedelta(hours=2),
        "acknowledged_at": acknowledged,
        "acknowledged_by": handler if acknowledged else None,
        "assigned_to": handler if acknowledged else None,
        "closed_at": closed,
        "closed_by": handler if closed else None,
    }


def _people(rows: Rows, concern: Concern, number: int) -> None:
    """One person involved; and the name of whoever raised it, in one of four."""
    involved = InvolvedPerson(concern=concern, role=RoleInConcern.AFFECTED, added_at=concern.raised_at)
    involved.name = name = NAMES[(number * 7 + 3) % len(NAMES)]
    reporter = ReporterIdentity(
        concern=concern, receipt_hash=secrets.token_bytes(32), receipt_verifier=NO_RECEIPT
    )
    found = _tokens(name)
    if number % 4 == 0:
        reporter.mode, reporter.name = ReporterMode.FIRST_NAME, NAMES[number % len(NAMES)]
        found |= _tokens(NAMES[number % len(NAMES)])
    rows.involved.append(involved)
    rows.reporters.append(reporter)
    rows.tokens += [NameToken(concern=concern, token=token) for token in found]


@functools.lru_cache(maxsize=512)
def _tokens(name: str) -> frozenset[bytes]:
    return frozenset(names.tokens(name))


NAMES = tuple(f"{first} {last}" for first, last in itertools.product(FIRST.split(), LAST.split()))
