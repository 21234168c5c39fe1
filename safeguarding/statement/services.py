"""The only writer of values and ways of working."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from django.db import transaction
from django.db.models import Max

from safeguarding import audit, clock
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, authorise
from safeguarding.statement.models import Value, WayOfWorking

D = TypeVar("D", bound=Value | WayOfWorking)


class Overtaken(Exception):
    """Somebody else changed or ended it first."""


@transaction.atomic
def add(kind: type[D], *, by: Person, name: str, text: str) -> D:
    authorise(by, Verb.EDIT_STATEMENT)
    last = kind.objects.aggregate(last=Max("order"))["last"] or 0
    made = kind(name=name, text=text, order=last + 1, valid_from=clock.now(), written_by=by)
    made.save(force_insert=True)
    audit.record("statement_added", by=by, about=made)
    return made


@transaction.atomic
def change(*, thing: D, by: Person, name: str, text: str) -> D:
    """What stands afterwards; the same one when nothing is new. Raises Overtaken."""
    authorise(by, Verb.EDIT_STATEMENT)
    if (thing.name, thing.text) == (name, text):
        return thing
    now = clock.now()
    if not _end(thing, now):
        raise Overtaken
    made = type(thing)(name=name, text=text, order=thing.order, follows=thing, valid_from=now, written_by=by)
    made.save(force_insert=True)
    audit.record("statement_changed", by=by, about=made, before=str(thing.pk))
    return made


@transaction.atomic
def end(*, thing: Value | WayOfWorking, by: Person) -> None:
    """Twice is once."""
    authorise(by, Verb.EDIT_STATEMENT)
    if _end(thing, clock.now()):
        audit.record("statement_ended", by=by, about=thing)


def _end(thing: Value | WayOfWorking, now: datetime) -> bool:
    """Whether this call ended it."""
    return type(thing).objects.filter(pk=thing.pk, valid_to=None).update(valid_to=now) == 1
