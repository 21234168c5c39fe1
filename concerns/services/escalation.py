"""The ladder: when nobody acknowledges in time, the deputies, then the alternates, then the outside contact.

Nothing of the ladder is stored but who was told. Each look derives, from the concern and its tellings,
who should have been told by now (docs/decisions/the-ladder.md), and tells whoever was not. A
unique row per concern, contact and step makes sure that each is told once, whoever looks.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from concerns.enums import Step, WhyTold
from concerns.models import Concern, Telling
from concerns.services import letters, routing
from safeguarding import audit, faults, outbox
from safeguarding.contacts import hours
from safeguarding.contacts.models import Contact, ContactKind

ORDER = {ContactKind.LEAD: 0, ContactKind.DEPUTY: 1, ContactKind.ALTERNATE: 2, ContactKind.OUTSIDE: 3}
RUNGS = (
    (ContactKind.DEPUTY, Step.DEPUTY),
    (ContactKind.ALTERNATE, Step.ALTERNATE),
    (ContactKind.OUTSIDE, Step.OUTSIDE),
)
BATCH = 40  # seconds after which one look leaves the rest to the next
SET_BACK = timedelta(minutes=5)  # so far may two clocks of one moment lie apart
AT_ONCE = 200  # concerns read together


@dataclass(frozen=True)
class Told:
    """One telling, and whether its mail came back."""

    contact: Contact
    step: str
    at: datetime
    undelivered: bool


@dataclass(frozen=True)
class Story:
    """All that the ladder asks of one concern."""

    times: Sequence[datetime]  # when each rung is due: the first is `acknowledge_by`
    told: Sequence[Told]
    kept_out: frozenset[UUID | None]

    def may_be_told(self, contact: Contact, step: str, now: datetime) -> bool:
        """Reachable, not kept out, not told at this step, and no mail to them came back."""
        mine = [told for told in self.told if told.contact.pk == contact.pk]
        spoilt = any(told.step == step or told.undelivered for told in mine)
        return not spoilt and contact.is_reachable(now) and contact.person_id not in self.kept_out


@dataclass(frozen=True)
class Next:
    contact: Contact
    step: Step
    why: WhyTold


def next_to_tell(story: Story, standing: Sequence[Contact], now: datetime) -> list[Next]:
    """Who must be told now. Pure: asked again with the same story and time, it answers the same.

    A rung with nobody on it is passed over and takes no time. A rung told before the first time (when
    it was raised, or because a mail came back) takes none either. A mail that came back makes the
    first rung above it due at once.
    """
    found: list[Next] = []
    place, came_back = 0, {ORDER[ContactKind(t.contact.kind)] for t in story.told if t.undelivered}
    for kind, step in RUNGS:
        told = [t.at for t in story.told if t.step == step]
        left = [c for c in standing if c.kind == kind and story.may_be_told(c, step, now)]
        if not told and not left:
            continue
        in_time = now < story.times[place]
        if not in_time or any(order < ORDER[kind] for order in came_back):
            why = WhyTold.NOT_DELIVERED if in_time else WhyTold.NOT_IN_TIME
            found += [Next(contact, step, why) for contact in left]
        came_back = {order for order in came_back if order >= ORDER[kind]}
        if not told or min(told) >= story.times[0]:
            place += 1
    return found


def escalate_due(*, now: datetime) -> int:
    """Tell whoever must be told by now. Returns how many were told. Safe beside any number of others."""
    standing = list(Contact.objects.current(now).order_by("order", "valid_from", "pk"))
    times, lost = hours.current(), _came_back()
    until, count = time.monotonic() + BATCH, 0
    for concern in _waiting(now):
        if time.monotonic() > until:
            break
        try:
            _begin_anew(concern, times, now)
            count += _tell(concern, next_to_tell(_story(concern, times, lost), standing, now))
        except Exception as fault:  # one that fails must not silence the others
            faults.note(fault, process="look", view="escalation")
    return count


def stop(concern: Concern) -> int:
    """Somebody acknowledged: take back what was not sent yet. Returns how many messages."""
    return outbox.withdraw(about_id=concern.pk, kinds=letters.UNTIL_ACKNOWLEDGED)


def _waiting(now: datetime) -> Iterator[Concern]:
    """Unacknowledged, and past its time, with a mail that came back, or raised by another clock."""
    came_back = Telling.objects.filter(message_id__in=outbox.OutboxMessage.objects.undelivered().values("pk"))
    late = Q(acknowledge_by__lte=now) | Q(pk__in=came_back.values("concern_id"))
    late |= Q(raised_at__gt=now + SET_BACK)
    waiting = Concern.objects.unacknowledged().filter(late).order_by("-acknowledge_by")
    yield from waiting.prefetch_related("tellings__contact", "exclusions").iterator(chunk_size=AT_ONCE)


def _begin_anew(concern: Concern, times: hours.Hours, now: datetime) -> None:
    """Raised later than now: the clock was set back. Its time runs from here, or nobody would hear in time."""
    if concern.raised_at <= now + SET_BACK:
        return
    asked = {"how_soon": concern.how_soon, "under_18": concern.under_18}
    due = routing.acknowledge_by(now=now, times=times, **asked)
    later = Concern.objects.unacknowledged().filter(pk=concern.pk, acknowledge_by__gt=due)
    with transaction.atomic():
        if later.update(acknowledge_by=due):
            concern.acknowledge_by = due
            audit.record("time_begun_anew", by=audit.Other.SYSTEM, about=concern)


def _story(concern: Concern, times: hours.Hours, lost: Mapping[UUID, str]) -> Story:
    tellings = concern.tellings.all()
    due = [concern.acknowledge_by]
    while len(due) < len(RUNGS):
        due.append(
            routing.acknowledge_by(
                now=due[-1], how_soon=concern.how_soon, under_18=concern.under_18, times=times
            )
        )
    return Story(
        times=due,
        told=[Told(t.contact, t.step, t.at, lost.get(t.message_id) == t.contact.email) for t in tellings],
        kept_out=frozenset(exclusion.person_id for exclusion in concern.exclusions.all()),
    )


def _came_back() -> dict[UUID, str]:
    """The messages that came back, and from which address: one that was mended since may be tried."""
    return dict(outbox.OutboxMessage.objects.undelivered().values_list("pk", "to"))


def _tell(concern: Concern, found: Sequence[Next]) -> int:
    if not found:
        return 0
    with transaction.atomic():
        locked = Concern.objects.unacknowledged().select_for_update().filter(pk=concern.pk).first()
        if locked is None:  # acknowledged this moment
            return 0
        told = set(locked.tellings.values_list("contact_id", "step"))
        new = [each for each in found if (each.contact.pk, each.step) not in told]
        for each in new:
            routing.tell(locked, each.contact, step=each.step, why=each.why)
        if new:
            steps, whys = sorted({str(n.step) for n in new}), sorted({str(n.why) for n in new})
            audit.record(
                "escalated", by=audit.Other.SYSTEM, about=locked, steps=steps, why=whys, told=len(new)
            )
    return len(new)
