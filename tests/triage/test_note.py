"""/concerns/<reference>/note/"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from concerns.enums import EntryKind
from concerns.models import Entry
from safeguarding import audit, context
from tests.cast import Cast
from tests.triage.conftest import closed, raised, url, words_of
from tests.triage.questions import ActQuestions

pytestmark = pytest.mark.django_db
Send = Callable[..., Any]
As = Callable[..., Client]
NAME = "concern_note"
SEEN = {"kind": EntryKind.SEEN, "words": "Two people saw the lock."}


class TestTheUsual(ActQuestions):
    name = NAME
    answers = SEEN


@pytest.mark.clause("7.0d")
@pytest.mark.clause("7.1")
def test_what_was_seen_and_what_we_make_of_it_are_kept_apart(cast: Cast, client_for: As, send: Send) -> None:
    concern, client = raised(), client_for(cast.lead)

    send(client, NAME, concern, SEEN)
    send(client, NAME, concern, {"kind": EntryKind.JUDGEMENT, "words": "It may jam."})

    assert words_of(concern, kind=EntryKind.SEEN) == [("Two people saw the lock.", None)]
    assert words_of(concern, kind=EntryKind.JUDGEMENT) == [("It may jam.", None)]


def test_the_record_shows_when_it_happened_was_told_written_and_entered(
    cast: Cast, client_for: As, send: Send
) -> None:
    concern, client = raised(), client_for(cast.lead)
    times = {
        "happened_at_day_day": "1",
        "happened_at_day_month": "3",
        "happened_at_day_year": "2024",
        "told_at_day_day": "2",
        "told_at_day_month": "3",
        "told_at_day_year": "2024",
        "told_at_time": "4.15pm",
        "written_at_day_day": "3",
        "written_at_day_month": "March",
        "written_at_day_year": "2024",
    }

    send(client, NAME, concern, SEEN | times)

    page = client.get(url("concern", concern)).content.decode()
    for said in ("1 March 2024<", "2 March 2024, 16:15<", "3 March 2024<"):
        assert f"<dd>{said}/dd>" in page


@pytest.mark.parametrize("wrong", ["half past", "25:00", "\x00"])
def test_a_time_that_is_none_is_answered_in_words_and_the_note_stays(
    wrong: str, cast: Cast, client_for: As, send: Send
) -> None:
    concern = raised()

    page = send(client_for(cast.lead), NAME, concern, SEEN | {"told_at_time": wrong}).content.decode()

    assert "Two people saw the lock." in page
    assert '<details class="govuk-details" open>' in page
    assert words_of(concern, kind=EntryKind.SEEN) == []


def test_a_note_never_waits_for_somebody_elses_act(cast: Cast, client_for: As, send: Send) -> None:
    concern, lead, deputy = raised(), client_for(cast.lead), client_for(cast.deputy)
    from tests.triage.conftest import hidden

    mine = hidden(lead.get(url(NAME, concern)).content.decode())
    send(deputy, NAME, concern, SEEN)

    assert lead.post(url(NAME, concern), mine | SEEN).status_code == 302
    assert len(words_of(concern, kind=EntryKind.SEEN)) == 2


def test_a_closed_concern_still_takes_notes(cast: Cast, client_for: As, send: Send) -> None:
    concern = closed(cast.lead)

    assert send(client_for(cast.lead), NAME, concern, SEEN).status_code == 302


def test_a_note_is_written_once(cast: Cast, client_for: As, send: Send) -> None:
    concern = raised()
    send(client_for(cast.lead), NAME, concern, SEEN)

    with context.system(), pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        Entry.objects.filter(kind=EntryKind.SEEN).update(facts={})


def test_the_audit_names_the_entry_and_no_words(cast: Cast, client_for: As, send: Send) -> None:
    concern = raised()
    send(client_for(cast.lead), NAME, concern, SEEN)

    with context.system():
        entry = Entry.objects.get(kind=EntryKind.SEEN)
    assert audit.AuditEntry.objects.get(verb="note_added").facts == {"entry": str(entry.pk), "kind": "seen"}
