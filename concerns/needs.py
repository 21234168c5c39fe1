"""What needs this person now: not acknowledged, replies waiting, not delivered, a second look, a step that is due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from concerns import ages
from concerns.enums import NextStep, State
from concerns.listing import MOST_COUNTED
from concerns.models import Concern
from concerns.querysets import OPENED, ConcernQuerySet
from safeguarding.audit import AuditEntry
from safeguarding.outbox import OutboxMessage
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can

COLUMNS = (
    "reference",
    "state",
    "raised_at",
    "acknowledge_by",
    "acknowledged_at",
    "unread_replies",
    "second_look_by",
    "closed_by",
    "assigned_to",
    "next_step",
    "next_step_on",
)
SHOWN = 6
FETCHED = 21  # of each kind: up to here the number is known without another query


_OPENED = Exists(AuditEntry.objects.filter(OPENED, about_id=OuterRef("pk")).order_by())


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
    found = list(_among(kinds, person, FETCHED).annotate(opened=_OPENED).values(*COLUMNS, "opened"))
    pressing = sorted(found, key=lambda row: (_ORDER.index(_why(row, person, now)), row["acknowledge_by"]))
    rows = tuple(_need(_why(row, person, now), row, now) for row in pressing[:SHOWN])
    if len(found) < FETCHED:  # then no kind can have been cut off
        return Needs(rows, len(found))
    limit = MOST_COUNTED + 1
    return Needs(rows, _among(kinds, person, limit).order_by().values("pk")[:limit].count())


def _among(kinds: Sequence[QuerySet[Any, Any]], person: Person, limit: int) -> ConcernQuerySet:
    """The concerns of all kinds, no more than `limit` of each.

    What may be seen is asked once, around them all; the database's own policy holds inside too.
    """
    first, *others = (kind[:limit] for kind in kinds)
    return Concern.objects.visible_to(person).filter(pk__in=first.union(*others, all=True))


def _kinds(person: Person, now: datetime) -> list[QuerySet[Any, Any]]:
    """The keys of each kind of need, each in its own order."""
    kinds: list[QuerySet[Any, Any]] = []
    if can(person, Verb.TRIAGE_CONCERNS):
        concerns = Concern.objects
        second, due = concerns.second_look_wanted(), concerns.with_step_due(now)
        kinds = [
            concerns.unacknowledged().order_by("acknowledge_by", "id").values("pk"),
            concerns.with_replies_waiting().order_by("raised_at", "id").values("pk"),
            second.exclude(closed_by=person).order_by("second_look_by", "id").values("pk"),
            due.filter(assigned_to=person).order_by("next_step_on", "id").values("pk"),
        ]
    if can(person, Verb.SEE_DELIVERY):
        troubled = OutboxMessage.objects.in_trouble(now).exclude(about_id=None).order_by()
        kinds.append(troubled.values("about_id").distinct())
    return kinds


def _why(row: dict[str, Any], person: Person, now: datetime) -> str:
    """The most pressing of its reasons."""
    if not can(person, Verb.TRIAGE_CONCERNS):
        return "not_delivered"
    if row["acknowledged_at"] is None:
        return "waiting"
    if row["unread_replies"]:
        return "replies"
    if row["second_look_by"] and row["closed_by"] != person.pk:
        return "second_look"
    is_due = row["next_step_on"] and row["next_step_on"] <= localdate(now) and row["state"] != State.CLOSED
    return "due" if is_due and row["assigned_to"] == person.pk else "not_delivered"


def _need(why: str, row: dict[str, Any], now: datetime) -> Need:
    what, act, url = _SAID[why](row, now)
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
_ORDER = list(_SAID)
