"""How telling us was: asked once of each receipt, kept apart from the case, read by others than its handlers.

An answer and the mark that a receipt was asked have nothing in common, not even their place in the
database: with each answer both tables are written anew, in the order of their random names.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from concerns.models import Concern
from reviews.models import ProcessAnswer, ProcessAsked, ReviewCycle
from reviews.models.process import KEY
from safeguarding import audit, clock, context, crypto
from safeguarding.crypto import RecordKey
from safeguarding.people.models import Person
from safeguarding.permissions import Role

ASKED_FOR = timedelta(days=183)  # after it was closed; so its handlers are known of the halves that count
HANDLING = (Role.LEAD, Role.DEPUTY)


@dataclass(frozen=True)
class Said:
    """Each may be left out: then nothing of it is kept."""

    heard: str = ""
    safe: str = ""
    words: str = ""

    @property
    def is_something(self) -> bool:
        return bool(self.heard or self.safe or self.words)


def asks(concern: Concern) -> bool:
    """Closed not long ago, and not asked before."""
    closed = concern.closed_at if concern.is_closed else None
    if closed is None or closed < clock.now() - ASKED_FOR:
        return False
    return not ProcessAsked.objects.filter(pk=_mark(concern)).exists()


def _mark(concern: Concern) -> bytes:
    return crypto.keyed_hash("receipt", f"how it was {concern.pk}")


@transaction.atomic
def answer(*, concern: Concern, said: Said) -> bool:
    """Keep what they say, without a way back to the concern. False where its receipt was asked before."""
    RecordKey.objects.select_for_update().get(pk=crypto.service_key(KEY).pk)  # one at a time
    if not asks(concern):
        return False
    ProcessAsked.objects.create(pk=_mark(concern))
    if said.is_something:
        made = ProcessAnswer(half=half_of(timezone.localdate(clock.now())), heard=said.heard, safe=said.safe)
        made.words = said.words or None
        made.save(force_insert=True)
        _mix()
        audit.record("process_answered", by=audit.Other.VISITOR)
    return True


def _mix() -> None:
    """So that the order in which the database keeps them tells nothing either."""
    for kind in (ProcessAnswer, ProcessAsked):
        rows = list(kind.objects.order_by("pk"))
        kind.objects.all().delete()
        kind.objects.bulk_create(rows)  # type: ignore[arg-type]  # each list is of its own kind


def half_of(day: date) -> date:
    return date(day.year, 1 if day.month < 7 else 7, 1)


def _after(half: date) -> date:
    return date(half.year, 7, 1) if half.month == 1 else date(half.year + 1, 1, 1)


def readable_by(person: Person, now: datetime) -> dict[date, list[ProcessAnswer]]:
    """By half-year, the newest first. Only once it is over: whoever looks every day would see who came when."""
    halves = ProcessAnswer.objects.order_by("-half").values_list("half", flat=True).distinct()
    seen = [half for half in halves if may_read(person, half, now)]
    return {half: list(ProcessAnswer.objects.filter(half=half).order_by("pk")) for half in seen}


def may_read(person: Person, half: date, now: datetime) -> bool:
    """The alternate and whoever holds the review; never a lead or a deputy, nor who worked on one it can be of."""
    roles = person.roles if person.is_active else ()
    if any(role in HANDLING for role in roles) or half >= half_of(timezone.localdate(now)):
        return False
    holds = ReviewCycle.objects.unsettled().held_by(person).exists()
    return (holds or Role.ALTERNATE in roles) and not _worked_on_one(person, half)


def _worked_on_one(person: Person, half: date) -> bool:
    """On any concern of which the receipt was asked in this half-year, as far as can be."""
    zone = timezone.get_current_timezone()
    begins = datetime(half.year, half.month, half.day, tzinfo=zone) - ASKED_FOR
    ends = datetime(_after(half).year, _after(half).month, 1, tzinfo=zone)
    worked = Q(assigned_to=person) | Q(closed_by=person) | Q(acknowledged_by=person) | Q(closings__by=person)
    worked |= Q(entries__by=person)
    with context.system():
        closed = Concern.objects.filter(closings__at__gte=begins, closings__at__lt=ends)
        return Concern.objects.filter(worked, pk__in=closed.values("pk")).exists()
