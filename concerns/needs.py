"""What needs this person now: not acknowledged, replies waiting, not delivered, a second look, a step that is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.db.models import BooleanField, Exists, OuterRef, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from concerns import ages
from concerns.enums import NextStep
from concerns.listing import MOST_COUNTED
from concerns.models import Concern
from concerns.querysets import OPENED, ConcernQuerySet
from safeguarding.audit import AuditEntry
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can

SHOWN = 6
FETCHED = 21  # of each kind: up to here the number is known without another query


@dataclass(frozen=True)
class Need:
    """One plain row with one button."""

    reference: str
    what: str
    age: str
    href: str
    act: str


@dataclass(frozen=True)
class Needs:
    rows: tuple[Need, ...]
    count: int  # at most one more than listing.MOST_COUNTED


def of(person: Person, now: datetime) -> Needs:
    """The first rows and how many there are: one query, and a second only when there are very many."""
    kinds = _kinds(person, now)
    if not kinds:
        return Needs((), 0)
    slices = [_slice(kind, why, order)[:FETCHED] for why, (kind, order) in kinds.items()]
    fetched = list(slices[0].union(*slices[1:], all=True))
    first: dict[UUID, dict[str, Any]] = {}
    for row in sorted(fetched, key=lambda row: list(kinds).index(row["why"])):
        first.setdefault(row["pk"], row)
    is_whole = len(fetched) < FETCHED  # then no kind can have been cut off
    rows = tuple(_need(row, now) for row in list(first.values())[:SHOWN])
    return Needs(rows, len(first) if is_whole else _count(kinds))


def _kinds(person: Person, now: datetime) -> dict[str, tuple[ConcernQuerySet, str]]:
    """Each kind of need in order of weight, and how its rows are ordered."""
    concerns = Concern.objects.visible_to(person)
    kinds: dict[str, tuple[ConcernQuerySet, str]] = {}
    if can(person, Verb.TRIAGE_CONCERNS):
        second = concerns.second_look_wanted().exclude(closed_by=person)
        kinds = {
            "waiting": (concerns.unacknowledged(), "acknowledge_by"),
            "replies": (concerns.with_replies_waiting(), "raised_at"),
            "second_look": (second, "second_look_by"),
            "due": (concerns.with_step_due(now).filter(assigned_to=person), "next_step_on"),
        }
    if can(person, Verb.SEE_DELIVERY):
        kinds["not_delivered"] = (concerns.not_delivered(now), "raised_at")
    return kinds


def _slice(concerns: ConcernQuerySet, why: str, order: str) -> QuerySet[Any, dict[str, Any]]:
    columns = ("reference", "raised_at", "acknowledge_by", "second_look_by", "next_step", "next_step_on")
    opened = (
        Exists(AuditEntry.objects.filter(OPENED, about_id=OuterRef("pk")).order_by())
        if why == "waiting"
        else Value(True, output_field=BooleanField())
    )
    marked = concerns.order_by(order, "id").annotate(why=Value(why), opened=opened)
    return cast("QuerySet[Any, dict[str, Any]]", marked.values("pk", "why", "opened", *columns))


def _count(kinds: dict[str, tuple[ConcernQuerySet, str]]) -> int:
    limit = MOST_COUNTED + 1
    keys = [kind.order_by().values("pk")[:limit] for kind, _order in kinds.values()]
    return min(keys[0].union(*keys[1:]).count(), limit)


def _need(row: dict[str, Any], now: datetime) -> Need:
    what, act, url = _SAID[row["why"]](row, now)
    reference = row["reference"]
    age = ages.ago(row["raised_at"], now)
    return Need(reference, what, age, reverse(url, kwargs={"reference": reference}), act)


Said = tuple[str, str, str]


def _waiting(row: dict[str, Any], now: datetime) -> Said:
    overdue = row["acknowledge_by"] < now
    if row["opened"]:
        what = _("Overdue: nobody has acknowledged it") if overdue else _("Opened, not acknowledged yet")
    else:
        what = _("Overdue: nobody has opened it") if overdue else _("New: nobody has opened it")
    return what, _("Acknowledge"), "concern_acknowledge"


def _replies(row: dict[str, Any], now: datetime) -> Said:
    return _("A reply is waiting"), _("Read it"), "concern"


def _second_look(row: dict[str, Any], now: datetime) -> Said:
    day = ages.when(row["second_look_by"], day_only=True)
    return (
        _("Closed, and a second look is wanted by %(day)s") % {"day": day},
        _("Look"),
        "concern_second_look",
    )


def _due(row: dict[str, Any], now: datetime) -> Said:
    step = NextStep(row["next_step"]).label if row["next_step"] else _("a next step")
    return _("Due: %(step)s") % {"step": step}, _("Open"), "concern"


def _not_delivered(row: dict[str, Any], now: datetime) -> Said:
    return _("A message was not delivered"), _("See which"), "concern"


_SAID = {
    "waiting": _waiting,
    "replies": _replies,
    "second_look": _second_look,
    "due": _due,
    "not_delivered": _not_delivered,
}
