"""Words to the reporter, who reads them at /follow-up/; a mail only ever says that an answer waits."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db import transaction

from concerns.models import Concern, Message, ReporterIdentity
from concerns.services import versions
from safeguarding import audit, clock, outbox
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, authorise


def write(concern: Concern, *, by: Person, words: str, once: UUID | None = None) -> Message:
    message = Message(
        id=once or uuid4(),
        concern=concern,
        from_reporter=False,
        by=by,
        at=clock.now(),
        version=concern.version,
    )
    message.words = words
    message.save(force_insert=True)
    return message


def may_be_mailed(reporter: ReporterIdentity) -> bool:
    """They left an address, and did not ask to be left alone."""
    return bool(reporter.email) and not reporter.do_not_contact


def queue_mail(concern: Concern) -> None:
    """Tell the reporter that an answer waits, where they may be told. No words of it, and no reference."""
    reporter = ReporterIdentity.objects.filter(concern=concern).first()
    if reporter is None:
        return
    reporter.concern = concern
    if may_be_mailed(reporter):
        outbox.queue("answer_waiting", to=outbox.Hidden(reporter.email or ""), about_id=concern.pk)


@transaction.atomic
def reply(
    *, concern: Concern, by: Person, words: str, send_mail: bool = False, once: UUID | None = None
) -> Message:
    """Answer the reporter. Never waits. What they wrote counts as read."""
    authorise(by, Verb.TRIAGE_CONCERNS, concern)
    versions.touch(concern)
    if once and (done := Message.objects.filter(pk=once).first()):
        return done
    _mark_read(concern)
    message = write(concern, by=by, words=words, once=once)
    audit.record("replied", by=by, about=concern, message=str(message.pk))
    if send_mail:
        queue_mail(concern)
    return message


@transaction.atomic
def mark_read(*, concern: Concern, by: Person) -> int:
    """Say that what the reporter added was read. Returns how many messages; again is harmless."""
    authorise(by, Verb.TRIAGE_CONCERNS, concern)
    read = _mark_read(concern)
    if read:
        audit.record("replies_read", by=by, about=concern, messages=read)
    return read


def _mark_read(concern: Concern) -> int:
    waiting = Message.objects.filter(concern=concern, from_reporter=True, read_at=None)
    read = waiting.update(read_at=clock.now())
    Concern.objects.filter(pk=concern.pk).update(unread_replies=0)
    concern.unread_replies = 0
    return read
