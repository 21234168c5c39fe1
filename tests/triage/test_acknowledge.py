"""/concerns/<reference>/acknowledge/"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from concerns.enums import State
from concerns.models import Message
from safeguarding import audit, context
from tests.cast import Cast
from tests.triage.conftest import WORDS, hidden, now_is, raised, url

pytestmark = pytest.mark.django_db
Send = Callable[..., Any]
As = Callable[..., Client]
NAME = "concern_acknowledge"


@pytest.mark.clause("7.0d")
def test_acknowledging_stops_the_clock_and_says_whose_it_is(cast: Cast, client_for: As, send: Send) -> None:
    concern = raised()

    response = send(client_for(cast.lead), NAME, concern, {"reply": "Thank you."})

    after = now_is(concern)
    assert response.status_code == 302
    assert response["Location"] == url("concern", concern)
    assert (after.state, after.acknowledged_by, after.assigned_to) == (State.OPEN, cast.lead, cast.lead)
    assert after.acknowledged_at is not None


@pytest.mark.clause("V4")
def test_acknowledging_offers_a_kind_first_reply_and_sends_it_as_changed(
    cast: Cast, client_for: As, send: Send
) -> None:
    concern = raised()
    client = client_for(cast.lead)

    page = client.get(url(NAME, concern)).content.decode()
    send(client, NAME, concern, {"reply": "Thank you, Robin."})

    assert "Thank you for telling us." in page
    with context.system():
        assert [m.words for m in Message.objects.select_related("concern__key")] == ["Thank you, Robin."]


def test_the_offered_reply_says_nothing_that_may_be_untrue(cast: Cast, client_for: As) -> None:
    """Two clicks acknowledge without a reading, and the person who raised it sees whether it was opened."""
    page = client_for(cast.lead).get(url(NAME, raised())).content.decode()

    assert "One of us is looking after this now." in page
    assert not re.search(r"\bread what\b|\bhave read\b", page)


def test_an_emptied_reply_is_not_sent(cast: Cast, client_for: As, send: Send) -> None:
    concern = raised()

    send(client_for(cast.lead), NAME, concern, {"reply": " "})

    with context.system():
        assert not Message.objects.exists()


def test_acknowledging_is_in_the_audit_with_ids_only(cast: Cast, client_for: As, send: Send) -> None:
    concern = raised()

    send(client_for(cast.lead), NAME, concern, {"reply": "Thank you."})

    row = audit.AuditEntry.objects.get(verb="acknowledged")
    assert (row.actor_id, row.about_id, row.facts) == (cast.lead.pk, concern.pk, {"replied": True})


def test_a_second_click_changes_nothing_and_is_no_conflict(cast: Cast, client_for: As) -> None:
    concern, client = raised(), client_for(cast.lead)
    data = hidden(client.get(url(NAME, concern)).content.decode()) | {"reply": "Thank you."}

    first, second = client.post(url(NAME, concern), data), client.post(url(NAME, concern), data)

    assert (first.status_code, second.status_code) == (302, 302)
    with context.system():
        assert Message.objects.count() == 1


def test_who_comes_second_sees_who_was_first_and_keeps_their_words(cast: Cast, client_for: As) -> None:
    concern, lead, deputy = raised(), client_for(cast.lead), client_for(cast.deputy)
    theirs = hidden(deputy.get(url(NAME, concern)).content.decode())
    lead.post(url(NAME, concern), hidden(lead.get(url(NAME, concern)).content.decode()) | {"reply": ""})

    response = deputy.post(url(NAME, concern), theirs | {"reply": "My own long answer"})

    page = response.content.decode()
    assert response.status_code == 409
    assert "Lena has acknowledged this already." in page
    assert "My own long answer" in page


def test_the_page_says_when_it_is_acknowledged_already(cast: Cast, client_for: As, send: Send) -> None:
    concern = raised()
    send(client_for(cast.lead), NAME, concern, {"reply": ""})

    page = client_for(cast.deputy).get(url(NAME, concern)).content.decode()

    assert "Lena has acknowledged this already." in page
    assert "<textarea" not in page


def test_an_administrator_may_not_acknowledge(cast: Cast, client_for: As) -> None:
    concern = raised()

    assert client_for(cast.administrator).post(url(NAME, concern)).status_code == 403


def test_for_someone_kept_out_there_is_nothing_to_acknowledge(cast: Cast, client_for: As) -> None:
    concern = raised(kept_out=[cast.lead])

    assert client_for(cast.lead).get(url(NAME, concern)).status_code == 404


def test_the_page_shows_no_narrative(cast: Cast, client_for: As) -> None:
    concern = raised()

    assert WORDS not in client_for(cast.lead).get(url(NAME, concern)).content.decode()
