"""Coming back with a receipt: how it stands, what was answered, adding more. Only ever one's own concern."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import F

from concerns import details, receipts
from concerns.enums import ReporterMode, RoleInConcern
from concerns.models import Concern, Exclusion, Message, ReporterIdentity, Telling
from concerns.services import entries, names, routing, versions
from concerns.services.raising import Involved, add_involved
from safeguarding import audit, clock, context, outbox
from safeguarding.audit import AuditEntry
from safeguarding.contacts.models import Contact
from safeguarding.outbox import MessageState, OutboxMessage
from safeguarding.people.models import Person
from safeguarding.permissions import Role

NEWS = "reporter_added"  # the message that tells staff of something new
LOOKED = ("read", "exported")
READING_ROLES = (Role.LEAD, Role.DEPUTY, Role.ALTERNATE, Role.ADMINISTRATOR)
_NOTHING = {"mode": ReporterMode.ANONYMOUS, "do_not_contact": False, "show_words": False}
REACH_COLUMNS = ("mode", "do_not_contact", "show_words", "name", "email", "phone", "safe_ways")


@dataclass(frozen=True)
class Standing:
    """What the person who raised a concern may see of it."""

    concern: Concern
    reporter: ReporterIdentity
    messages: Sequence[Message]
    told: Sequence[Telling]
    notified_at: datetime | None  # the first message to somebody who acts on it has left us
    opened_at: datetime | None
    lookers: Sequence[tuple[Role | None, int]]

    @property
    def original(self) -> str | None:
        """Their own words, if they chose to be shown them."""
        return self.concern.words if self.reporter.show_words else None

    @property
    def unread(self) -> int:
        return sum(1 for m in self.messages if not m.from_reporter and m.read_at is None)


def find(receipt: str) -> UUID | None:
    """The concern of a receipt. A miss costs the same as a hit; the caller has counted the try."""
    with context.system():
        found = receipts.find(receipt)
    return found.concern_id if found else None


def standing(concern_id: UUID) -> Standing | None:
    with context.reporter(concern_id):
        concern = Concern.objects.select_related("key", "reporter").filter(pk=concern_id).first()
        if concern is None:
            return None
        reporter = concern.reporter
        reporter.concern = concern
        told = list(concern.tellings.select_related("contact").order_by("at"))
        return Standing(
            concern=concern,
            reporter=reporter,
            messages=_messages(concern),
            told=told,
            notified_at=_notified_at(told),
            opened_at=concern.opened_at,
            lookers=_lookers(concern),
        )


def _messages(concern: Concern) -> list[Message]:
    found = list(concern.messages.order_by("at", "pk"))
    for message in found:
        message.concern = concern  # its key opens them all
    return found


def _notified_at(told: Sequence[Telling]) -> datetime | None:
    """When the first message left us: from the outbox, or kept from it before it forgot."""
    sent = OutboxMessage.objects.filter(pk__in=[t.message_id for t in told], state=MessageState.SENT)
    times = [t.sent_at for t in told if t.sent_at] + [m.ended_at for m in sent if m.ended_at]
    return min(times, default=None)


def _lookers(concern: Concern) -> list[tuple[Role | None, int]]:
    """How many people have looked, by their role now; None for somebody who has none any more."""
    rows = AuditEntry.objects.about(concern).filter(verb__in=LOOKED, actor_id__isnull=False)
    people = Person.objects.filter(pk__in=rows.order_by().values("actor_id")).prefetch_related("grants")
    counts = Counter(next((r for r in READING_ROLES if r in p.roles), None) for p in people)
    return sorted(counts.items(), key=lambda pair: str(pair[0]))


def mark_read(*, concern_id: UUID) -> int:
    """The person has our replies before them. Returns how many were new."""
    with context.reporter(concern_id), transaction.atomic():
        unread = Message.objects.filter(concern_id=concern_id, from_reporter=False, read_at=None)
        return unread.update(read_at=clock.now())


def add_words(*, concern_id: UUID, words: str, once: UUID) -> Message:
    """Add something to what was raised. `once` is the form's own id: sent twice, it is added once."""
    with context.reporter(concern_id), transaction.atomic():
        concern = Concern.objects.select_for_update(of=("self",)).select_related("key").get(pk=concern_id)
        pk = uuid5(concern_id, str(once))
        there = Message.objects.filter(pk=pk).first()
        return there or _add(concern, pk, words)


def _add(concern: Concern, pk: UUID, words: str) -> Message:
    _news(concern)
    message = Message(pk=pk, concern=concern, from_reporter=True, at=clock.now(), version=concern.version)
    message.words = words
    message.save(force_insert=True)
    audit.record("reporter_added", by=audit.Other.REPORTER, about=concern)
    return message


def add_section(*, concern_id: UUID, section: str, answers: Mapping[str, Any], once: UUID) -> Message | None:
    """Add one of the small pages after sending; nothing when nothing was answered."""
    if not details.given(section, {section: answers}):
        return None
    return add_words(concern_id=concern_id, words=details.as_message(section, answers), once=once)


def add_person(*, concern_id: UUID, involved: Involved, once: UUID) -> None:
    """Name somebody after sending. One of our own is kept out from now on, and somebody else is told."""
    with context.reporter(concern_id), transaction.atomic():
        concern = Concern.objects.select_for_update(of=("self",)).select_related("key").get(pk=concern_id)
        pk = uuid5(concern_id, str(once))
        if Message.objects.filter(pk=pk).exists():
            return
        add_involved(concern, involved, added_by=None)
        if involved.person is not None:
            _replace(concern)
        _add(concern, pk, _person_in_words(involved))


def _person_in_words(involved: Involved) -> str:
    role = dict(RoleInConcern.choices).get(involved.role, "")
    return f"{involved.name} ({role})"


def _replace(concern: Concern) -> None:
    """Tell whoever now stands in for somebody who is kept out, unless they were told already."""
    excluded = set(Exclusion.objects.filter(concern=concern).values_list("person_id", flat=True))
    told = set(concern.tellings.values_list("contact_id", flat=True))
    if concern.assigned_to_id in excluded:
        Concern.objects.filter(pk=concern.pk).update(assigned_to=None)
        concern.assigned_to = None
    for person_id in excluded:
        outbox.withdraw(about_id=concern.pk, person_id=person_id)
    for contact in routing.first_route(now=clock.now(), excluded=excluded).contacts:
        if contact.pk not in told:
            routing.tell(concern, contact, step=routing.STEP_OF[contact.kind])


def change_reach(*, concern_id: UUID, reach: Mapping[str, Any]) -> None:
    """Change how the person is known and how to reach them safely. The same again changes nothing."""
    with context.reporter(concern_id), transaction.atomic():
        concern = Concern.objects.select_related("key").get(pk=concern_id)
        reporter = ReporterIdentity.objects.select_for_update().get(concern=concern)
        reporter.concern = concern
        wanted = {name: reach.get(name) or _NOTHING.get(name) for name in REACH_COLUMNS}
        if all(getattr(reporter, name) == value for name, value in wanted.items()):
            return
        for name, value in wanted.items():
            setattr(reporter, name, value)
        reporter.save(update_fields=[_column(name) for name in REACH_COLUMNS])
        if reporter.name:
            names.index(concern, reporter.name)
        _news(concern)
        entries.step(concern, "reach_changed", by=None)
        audit.record("reporter_changed_contact", by=audit.Other.REPORTER, about=concern, mode=reporter.mode)


def _column(name: str) -> str:
    return name if name in _NOTHING else f"{name}_sealed"


def _news(concern: Concern) -> None:
    """Mark it as answered, so that nobody acts past it unseen, and tell whoever has it.

    One waiting mail a person is enough.
    """
    versions.touch(concern)
    Concern.objects.filter(pk=concern.pk).update(unread_replies=F("unread_replies") + 1)
    waiting = OutboxMessage.objects.filter(kind=NEWS, about_id=concern.pk, state=MessageState.QUEUED)
    already = set(waiting.values_list("to", flat=True))
    for email, person_id in _handlers(concern):
        if email not in already:
            outbox.queue(
                NEWS, to=email, person_id=person_id, about_id=concern.pk, reference=concern.reference
            )


def _handlers(concern: Concern) -> list[tuple[str, UUID | None]]:
    """Who has it: the person it is assigned to, else everyone who was told; never anyone kept out.

    Told at an older address counts. Where nobody of them is a contact any more, those who would get it now.
    """
    excluded = set(Exclusion.objects.filter(concern=concern).values_list("person_id", flat=True))
    assigned = concern.assigned_to
    if assigned is not None and assigned.is_active and assigned.pk not in excluded:
        return [(assigned.email, assigned.pk)]
    now = clock.now()
    told = set(concern.tellings.values_list("contact_id", "person_id"))
    rows, people = {contact for contact, _person in told}, {person for _contact, person in told} - {None}
    left = [c for c in Contact.objects.current(now) if c.person_id not in excluded]
    known = [c for c in left if c.pk in rows or c.person_id in people]
    contacts = known or routing.first_route(now=now, excluded=excluded).contacts
    return [(contact.email, contact.person_id) for contact in contacts]


def keep_outcomes(*, now: datetime) -> int:
    """Before the outbox forgets: note on each telling when its message was sent. Returns how many."""
    recent = Telling.objects.filter(sent_at=None, at__gt=now - outbox.KEPT_FOR - timedelta(days=2))
    sent = OutboxMessage.objects.filter(
        pk__in=list(recent.values_list("message_id", flat=True)), state=MessageState.SENT
    )
    return sum(
        Telling.objects.filter(message_id=pk, sent_at=None).update(sent_at=at)
        for pk, at in sent.values_list("pk", "ended_at")
    )
