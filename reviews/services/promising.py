"""Promises: made in a review, accepted or not by their owner, asked about once on their day."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from reviews.holding_words import Accepted
from reviews.models import Promise, ReviewCycle
from reviews.services import gathering
from safeguarding import audit, clock, crypto, outbox
from safeguarding.people.models import Person

MORNING = time(9)  # no mail of these in the night
MADE, DUE = "promise_made", "promise_due"


def made_last(cycle: ReviewCycle) -> QuerySet[Promise]:
    """What the review before this one promised, in the order it was promised; none where there was none."""
    before = ReviewCycle.objects.filter(opens_on__lt=cycle.opens_on, gathering__promises__isnull=False)
    last = before.order_by("-opens_on").values("pk")[:1]
    return Promise.objects.filter(gathering__cycle__in=last).select_related("gathering__key", "person")


def of_last(cycle: ReviewCycle) -> QuerySet[Promise]:
    """The same, once its record is out: until then its words were asked about no names, and are not public."""
    return made_last(cycle).filter(gathering__record__isnull=False)


def token_of(pk: UUID) -> str:
    """The owner's own link, the same whenever it is asked for."""
    return crypto.keyed_hash("receipt", f"promise {pk}").hex()


def find(token: str) -> Promise | None:
    known = Promise.objects.select_related("gathering__key", "gathering__cycle", "person")
    return known.filter(link_hash=crypto.token_hash(token)).first()


@transaction.atomic
def make(
    *,
    cycle: ReviewCycle,
    by: Person,
    words: str,
    owner: str,
    due_on: date,
    person: Person | None = None,
    address: str = "",
    once: UUID | None = None,
) -> Promise:
    """Write it down; an owner who can be reached is asked whether they take it on. Sent twice is once."""
    meeting, pk = gathering.held_by(cycle, by), once or uuid4()
    if (there := Promise.objects.filter(pk=pk).first()) is not None:
        return there
    made = Promise(
        pk=pk,
        gathering=meeting,
        words=words,
        owner=owner,
        due_on=due_on,
        person=person,
        link_hash=crypto.token_hash(token_of(pk)),
        made_at=clock.now(),
        made_by=by,
    )
    made.address = address or None
    if person == by:
        made.accepted, made.accepted_at = Accepted.YES, made.made_at
    made.save(force_insert=True)
    audit.record("promise_made", by=by, about=meeting.cycle, promise=str(pk))
    if not made.accepted:
        _mail(MADE, made, _owner_of(made))
    return made


@transaction.atomic
def accept(*, promise: Promise, accepted: str, by: Person | None = None) -> None:
    """Its owner takes it on, or cannot: whoever has its link. The last word counts."""
    row = _locked(promise)
    row.accepted, row.accepted_at = accepted, clock.now()
    row.save(update_fields=["accepted", "accepted_at"])
    audit.record(
        "promise_answered", by=by or audit.Other.VISITOR, about=row.gathering.cycle, promise=str(row.pk)
    )


@transaction.atomic
def say_kept(*, promise: Promise, kept: str, words: str = "", by: Person | None = None) -> None:
    """Whether it was kept, and if not, why. The last word counts."""
    row = _locked(promise)
    row.kept, row.kept_at, row.kept_words = kept, clock.now(), words or None
    row.save(update_fields=["kept", "kept_at", "kept_words_sealed"])
    audit.record("promise_kept", by=by or audit.Other.VISITOR, about=row.gathering.cycle, kept=kept)
    outbox.withdraw(about_id=row.pk, kinds=[DUE])


def _locked(promise: Promise) -> Promise:
    found = Promise.objects.select_for_update(of=("self",)).select_related(
        "gathering__key", "gathering__cycle"
    )
    return found.get(pk=promise.pk)


def send_due(*, now: datetime) -> int:
    """Ask about each promise whose day has come, once. Returns how many mails. Safe beside others."""
    local = timezone.localtime(now)
    if local.time() < MORNING:
        return 0
    due = Promise.objects.due(local.date()).order_by("due_on", "pk")
    return sum(_ask(pk, now) for pk in due.values_list("pk", flat=True))


@transaction.atomic
def _ask(pk: UUID, now: datetime) -> int:
    """Whoever writes `asked_at` first sends; nobody else."""
    if not Promise.objects.due(timezone.localdate(now)).filter(pk=pk).update(asked_at=now):
        return 0
    promise = Promise.objects.select_related("gathering__key", "gathering__cycle", "person").get(pk=pk)
    readers = _owner_of(promise) or _holders(promise)
    audit.record("promise_asked", by=audit.Other.SYSTEM, about=promise.gathering.cycle, promise=str(pk))
    return _mail(DUE, promise, readers)


Reader = tuple[str, UUID | None]  # an address, and the account it belongs to


def _owner_of(promise: Promise) -> list[Reader]:
    if promise.person is not None:
        return [(promise.person.email, promise.person.pk)] if promise.person.is_active else []
    return [(outbox.Hidden(promise.address), None)] if promise.address else []


def _holders(promise: Promise) -> list[Reader]:
    """Where its owner has no mail, those who held the review ask them."""
    standing = promise.gathering.cycle.holders.standing().select_related("person").order_by("since", "pk")
    return [(holder.person.email, holder.person.pk) for holder in standing]


def _mail(kind: str, promise: Promise, readers: list[Reader]) -> int:
    """Never its words: a link only."""
    path = f"promised/{token_of(promise.pk)}/"
    for to, person_id in readers:
        outbox.queue(kind, to=to, person_id=person_id, about_id=promise.pk, path=path, due_on=promise.due_on)
    return len(readers)
