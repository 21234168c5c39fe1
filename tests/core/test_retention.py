"""What deletes itself, and exactly when: a moment before its time it is there, a moment after it is gone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from concerns.models import Concern, Draft
from concerns.services import drafts
from concerns.services.raising import Raised, raise_concern
from safeguarding import audit, clock, context, crypto, faults, limits, looks, outbox, retention
from safeguarding.crypto import RecordKey
from safeguarding.exports import Export, ExportFile, ExportState, Purpose
from safeguarding.faults import Fault
from safeguarding.limits import LimitHit
from safeguarding.outbox import MessageState, OutboxMessage
from tests.cast import Cast

pytestmark = pytest.mark.django_db
MOMENT = timedelta(seconds=1)


def a_session(now: datetime) -> timedelta:
    Session.objects.create(session_key="k" * 32, session_data="", expire_date=now + timedelta(hours=8))
    return timedelta(hours=8)


def a_limit(now: datetime) -> timedelta:
    with clock.at(now):
        limits.is_over(limits.Limit("test", 5, 60), "192.0.2.1")
    return LimitHit.objects.get().ends_at - now


def a_sent_message(now: datetime) -> timedelta:
    message = outbox.queue_rendered("test", ["subject", "text", ""], to="somebody@example.org")
    OutboxMessage.objects.filter(pk=message.pk).update(state=MessageState.SENT, ended_at=now)
    return outbox.KEPT_FOR


def a_fault(now: datetime) -> timedelta:
    Fault.objects.create(at=now, process="web", kind="ValueError", place="here")
    return timedelta(days=faults.KEPT_FOR_DAYS)


KINDS: dict[str, tuple[Callable[[datetime], timedelta], Callable[[], int]]] = {
    "sessions": (a_session, Session.objects.count),
    "limits": (a_limit, LimitHit.objects.count),
    "messages": (a_sent_message, OutboxMessage.objects.count),
    "faults": (a_fault, Fault.objects.count),
}


@pytest.mark.parametrize("kind", KINDS)
def test_it_stays_until_its_time_and_goes_after(kind: str) -> None:
    make, count = KINDS[kind]
    now = clock.now()
    kept_for = make(now)

    with context.system():
        before = (retention.purge(now=now + kept_for - MOMENT)[kind], count())
        after = (retention.purge(now=now + kept_for + MOMENT)[kind], count())

    assert (before, after) == ((0, 1), (1, 0))


def test_the_note_of_a_visit_goes_with_its_session(cast: Cast) -> None:
    now = clock.now()
    a_session(now)
    for key in ("k" * 32, "ended" * 6):
        UserSession.objects.create(user=cast.lead, session_key=key, ip="192.0.2.1", last_seen_at=now)

    with context.system():
        assert retention.purge(now=now)["visits"] == 1

    assert UserSession.objects.get().session_key == "k" * 32


def test_a_message_that_was_never_sent_is_never_deleted() -> None:
    outbox.queue_rendered("test", ["subject", "text", ""], to="somebody@example.org")

    with context.system():
        retention.purge(now=clock.now() + timedelta(days=4000))

    assert OutboxMessage.objects.count() == 1


def test_a_files_content_goes_and_its_line_stays(cast: Cast) -> None:
    now = clock.now()
    key = crypto.new_key()
    key.save(force_insert=True)
    with context.system():
        export = Export.objects.create(
            kind="record", about_id=cast.lead.pk, person=cast.lead, key=key, purpose=Purpose.values[0],
            name="record", state=ExportState.READY, created_at=now, ended_at=now,
        )  # fmt: skip
        file = ExportFile(export=export, ending="pdf", media_type="application/pdf", size=1, digest=b"d" * 32)
        file.content_sealed = key.seal("a page", bound_to="here")
        file.save(force_insert=True)
        retention.purge(now=now + timedelta(hours=24) - MOMENT)
        assert ExportFile.objects.get().content_sealed is not None
        retention.purge(now=now + timedelta(hours=24) + MOMENT)

        assert Export.objects.get().state == ExportState.EXPIRED
        assert ExportFile.objects.get().content_sealed is None
    assert not RecordKey.objects.filter(pk=key.pk).exists()


def test_a_draft_goes_with_its_key() -> None:
    draft = drafts.begin()

    drafts.purge(now=draft.expires_at - MOMENT)
    assert Draft.objects.count() == 1
    drafts.purge(now=draft.expires_at + MOMENT)

    assert (Draft.objects.count(), RecordKey.objects.filter(pk=draft.key_id).count()) == (0, 0)


@pytest.mark.clause("7.0a")
def test_a_concern_is_never_deleted_by_itself() -> None:
    raise_concern(raised=Raised(words="kept"), by=audit.Other.REPORTER)

    with clock.at(clock.now() + timedelta(days=4000)):
        looks.tidy()

    with context.system():
        assert Concern.objects.select_related("key").get().words == "kept"
