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
from concerns.enums import NextStep, Pressing, State
from concerns.listing import MOST_COUNTED
from concerns.models import Concern
from concerns.querysets import OPENED
from safeguarding.audit import AuditEntry
from safeguarding.needs import Need
from safeguarding.outbox import OutboxMessage
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can

COLUMNS = (
    "reference",
    "state",
    "raised_at",
    "acknowledge_by",
    "pressing",
    "second_look_by",
    "closed_by",
    "assigned_to",
    "next_step",
    "next_step_on",
)
SHOWN = 6
FETCHED = 101  # of each kind: up to here the number is known without another query
Rows = QuerySet[Concern, dict[str, Any]]

_OPENED = Exists(AuditEntry.objects.filter(OPENED, about_id=OuterRef("pk")).order_by())


@dataclass(frozen=True)
class Needs:
    rows: tuple[Need, ...]
    count: int  # at most one more than listing.MOST_COUNTED


def of(person: Person, now: datetime) -> Needs:
    """The first rows of each kind and how many there are; counted again only when there are very many."""
    kinds = _kinds(person, now)
    fetched = [list(kind[:FETCHED]) for kind in kinds]
    found = {row["reference"]: row for rows in reversed(fetched) for row in rows}.values()
    pressing = sorted(found, key=lambda row: (_ORDER.index(_why(row, person, now)), row["acknowledge_by"]))
    rows = tuple(_need(_why(row, person, now), row, now) for row in pressing[:SHOWN])
    is_cut = any(len(rows) == FETCHED for rows in fetched)
    return Needs(rows, _count(kinds) if is_cut else len(found))


def _count(kinds: Sequence[Rows]) -> int:
    limit = MOST_COUNTED + 1
    first, *others = (kind.values("pk")[:limit] for kind in kinds)
    return Concern.objects.filter(pk__in=first.union(*others, all=True)).values("pk")[:limit].count()


def _kinds(person: Person, now: datetime) -> list[Rows]:
    """Each kind of need of what this person may see, in its own order, by an index of its own."""
    seen, kinds = Concern.objects.visible_to(person), []
    if can(person, Verb.TRIAGE_CONCERNS):
        pressing = seen.pressing(person).order_by("pressing", "acknowledge_by", "id")
        due = seen.with_step_due(now).filter(assigned_to=person).order_by("next_step_on", "id")
        kinds += [pressing.annotate(opened=_OPENED).values(*COLUMNS, "opened"), due.values(*COLUMNS)]
    if can(person, Verb.SEE_DELIVERY) and OutboxMessage.objects.in_trouble(now).exists():
        kinds.append(seen.not_delivered(now).order_by("id").values(*COLUMNS))
    return kinds


def _why(row: dict[str, Any], person: Person, now: datetime) -> str:
    """The most pressing of its reasons."""
    if not can(person, Verb.TRIAGE_CONCERNS):
        return "not_delivered"
    pressing = row["pressing"]
    if pressing and (pressing != Pressing.SECOND_LOOK or row["closed_by"] != person.pk):
        return Pressing(pressing).name.lower()
    is_due = row["next_step_on"] and row["next_step_on"] <= localdate(now) and row["state"] != State.CLOSED
    return "due" if is_due and row["assigned_to"] == person.pk else "not_delivered"


def _need(why: str, row: dict[str, Any], now: datetime) -> Need:
    what, act, url = _SAID[why](row, now)
    reference = row["reference"]
    age = ages.ago(row["raised_at"], now)
    return Need(what, reference, age, reverse(url, kwargs={"reference": reference}), act)


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
