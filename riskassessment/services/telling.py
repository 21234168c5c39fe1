"""Mail that a plan needs somebody: once for each thing, and in one mail a day for all plans that need them.

What still waits is folded into the next. After one was sent, whatever comes the same day waits for the morning.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from riskassessment.models import Agreement, Assessment, FrozenVersion, MailStop, News, PlanInvitation
from riskassessment.models.telling import NewsKind
from riskassessment.services.rounds import Round, Voice
from safeguarding import audit, clock, crypto, outbox
from safeguarding.outbox import MessageState, OutboxMessage
from safeguarding.people.models import Person

INVITED, SEVERAL = "plan_invitation", "plans_waiting"
KINDS = {kind: f"plan_{kind}" for kind in NewsKind}
MORNING = time(9)
DAYS_BACK = timedelta(days=3)  # what is looked at again: none waits longer than to the next morning


def token_of(invitation: PlanInvitation) -> str:
    """The guest's own link: made again for each mail, kept nowhere. No other page can be made to give it."""
    return crypto.keyed_hash("receipt", f"invitation {invitation.pk}").hex()


@dataclass(frozen=True)
class Reader:
    """Somebody whom a mail can reach: by their account, or at the address that they were invited by."""

    person: Person | None = None
    invitation: PlanInvitation | None = None

    @classmethod
    def of(cls, invitation: PlanInvitation) -> Reader:
        return cls(person=invitation.person) if invitation.person else cls(invitation=invitation)

    @property
    def voice(self) -> Voice:
        return Voice(person=self.person, guest=self.invitation.guest if self.invitation else None)

    @property
    def order(self) -> str:
        """Everybody locks their readers in this order."""
        return self.person.pk.hex if self.person else self._address_hash.hex()

    @property
    def to(self) -> str:
        if self.person is not None:
            return str(self.person.email)
        return outbox.Hidden((self.invitation.address if self.invitation else "") or "")

    @property
    def _address_hash(self) -> bytes:
        return bytes(self.invitation.address_hash or b"") if self.invitation else b""

    def lock(self) -> None:
        """Two plans that are put at the same time take turns."""
        if self.person is not None:
            Person.objects.get_queryset().select_for_update(no_key=True).get(pk=self.person.pk)
        else:
            list(self._invitations().select_for_update().order_by("pk").values_list("pk"))

    def news(self) -> models.QuerySet[News]:
        """Of all plans: one address may be invited to several, with a link for each."""
        if self.person is not None:
            return News.objects.filter(person=self.person)
        return News.objects.filter(guest__in=self._invitations().values("guest"))

    def _invitations(self) -> models.QuerySet[PlanInvitation]:
        return PlanInvitation.objects.filter(address_hash=self._address_hash, guest__isnull=False)


def say_put(here: Round, *, by: Person) -> int:
    """To everybody who was invited, has an address and has not answered. Returns how many."""
    assert here.frozen is not None
    heard = set(here.assessment.could_not.values_list("person_id", "guest_id"))
    readers = [r for r in _invited(here.assessment) if r.voice.key not in heard and r.person != by]
    silent = [r for r in readers if here.is_asked(r.voice) and here.of(r.voice) not in here.lapsed]
    return tell(here.frozen, NewsKind.PUT, silent)


def say_changed(frozen: FrozenVersion, agreements: Iterable[Agreement]) -> int:
    """To whoever's agreement lapsed. A guest who joined by a code left no address. Returns how many."""
    invited = {r.voice.guest: r for r in _invited(frozen.assessment) if r.invitation}
    people = [Reader(a.person) if a.person else invited.get(a.guest) for a in agreements]
    return tell(frozen, NewsKind.CHANGED, [reader for reader in people if reader])


def say_ended(frozen: FrozenVersion, *, by: Person) -> int:
    """To everybody who was invited and has an address. Returns how many."""
    readers = [reader for reader in _invited(frozen.assessment) if reader.person != by]
    return tell(frozen, NewsKind.ENDED, readers)


def _invited(assessment: Assessment) -> Iterator[Reader]:
    for row in assessment.invitations.standing().select_related("person", "guest"):
        row.assessment = assessment
        yield Reader.of(row)


def tell(frozen: FrozenVersion, kind: NewsKind, readers: Iterable[Reader]) -> int:
    """Whoever wants no mail of the plan, or has no address, is left alone. Returns how many are told."""
    stopped = set(frozen.assessment.mail_stops.values_list("person_id", "guest_id"))
    there = [r for r in readers if r.to and r.voice.key not in stopped and _is_active(r.person)]
    with outbox.ready():
        return sum(_tell(frozen, kind, reader) for reader in sorted(there, key=lambda reader: reader.order))


def _is_active(person: Person | None) -> bool:
    return person is None or person.is_active


def _tell(frozen: FrozenVersion, kind: NewsKind, reader: Reader) -> int:
    reader.lock()
    defaults = {"at": clock.now()}
    row, made = News.objects.get_or_create(
        frozen=frozen, kind=kind, **reader.voice.columns, defaults=defaults
    )
    if not made:
        return 0
    waiting, is_told_today = _take_back(reader)
    others = [news for news in waiting if news.frozen.assessment_id != frozen.assessment_id]
    _mail(reader, [*others, row], _tomorrow() if is_told_today else clock.now())
    return 1


def _take_back(reader: Reader) -> tuple[list[News], bool]:
    """What waited to be sent, which is free again; and whether a mail went, or is going, today."""
    recent = reader.news().filter(at__gt=clock.now() - DAYS_BACK, message__isnull=False)
    rows = list(recent.select_related("frozen__assessment__key"))
    mails = {row.message for row in rows if row.message}
    free = {pk for pk in mails if outbox.withdraw(about_id=pk)}
    told = OutboxMessage.objects.filter(pk__in=mails - free)
    gone = told.exclude(state=MessageState.WITHDRAWN).values_list("due_at", flat=True)
    today = timezone.localdate(clock.now())
    return [row for row in rows if row.message in free], any(timezone.localdate(at) == today for at in gone)


def _tomorrow() -> datetime:
    day = timezone.localdate(clock.now()) + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, MORNING))


def _mail(reader: Reader, news: list[News], due_at: datetime) -> None:
    items = [_item(reader, each) for each in news]
    pk = uuid.uuid4()
    kind = KINDS[NewsKind(news[0].kind)] if len(news) == 1 else SEVERAL
    told: dict[str, Any] = {"items": items, "path": items[0]["path"], "is_guest": reader.person is None}
    person_id = reader.person.pk if reader.person else None
    outbox.queue(kind, to=reader.to, person_id=person_id, about_id=pk, pk=pk, due_at=due_at, **told)
    News.objects.filter(pk__in=[each.pk for each in news]).update(message=pk)


def _item(reader: Reader, news: News) -> dict[str, str]:
    if reader.person is not None:
        path = f"assessments/{news.frozen.assessment_id}/agreeing/"
    else:
        path = f"joined/{token_of(PlanInvitation.objects.get(guest=news.guest_id))}/"
    return {"says": news.get_kind_display(), "path": path}


@transaction.atomic
def stop(*, assessment: Assessment, voice: Voice) -> None:
    """No more mail about this plan, and what waits is taken back. Twice is once."""
    defaults = {"at": clock.now()}
    _row, made = MailStop.objects.get_or_create(assessment=assessment, **voice.columns, defaults=defaults)
    if not made:
        return
    for invitation in assessment.invitations.filter(**voice.columns).select_related("person", "guest"):
        invitation.assessment = assessment
        outbox.withdraw(about_id=invitation.pk, kinds=[INVITED])
        forget(assessment, Reader.of(invitation))
    if voice.person is not None:
        forget(assessment, Reader(person=voice.person))
    audit.record("mail_stopped", by=voice.person or audit.Other.VISITOR, about=assessment)


def forget(assessment: Assessment, reader: Reader) -> None:
    """What waits for them is mailed without this plan."""
    reader.lock()
    waiting, is_told_today = _take_back(reader)
    others = [news for news in waiting if news.frozen.assessment_id != assessment.pk]
    if others:
        _mail(reader, others, _tomorrow() if is_told_today else clock.now())


@transaction.atomic
def want(*, assessment: Assessment, voice: Voice) -> None:
    """Mail about this plan again, from now on. Twice is once."""
    stops = MailStop.objects.filter(assessment=assessment, **voice.columns)
    if stops.delete()[0]:
        audit.record("mail_wanted", by=voice.person or audit.Other.VISITOR, about=assessment)


def stopped_by(person: Person) -> list[MailStop]:
    """For their own settings: the plans of which they want no mail."""
    rows = MailStop.objects.filter(person=person, assessment__in=Assessment.objects.visible_to(person))
    return list(rows.select_related("assessment__activity").order_by("at", "pk"))
