"""/concerns/<reference>/decision/"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from concerns.enums import EntryKind
from safeguarding import audit
from tests.cast import Cast
from tests.triage.conftest import acknowledged, url, words_of
from tests.triage.questions import ActQuestions

pytestmark = pytest.mark.django_db
Send = Callable[..., Any]
As = Callable[..., Client]
NAME = "concern_decide"
DECIDED = {"decided": "We change the lock.", "reason": "It jams."}


class TestTheUsual(ActQuestions):
    name = NAME
    answers = DECIDED


@pytest.mark.clause("V2")
@pytest.mark.clause("8.d")
def test_a_decision_stands_in_the_record_with_its_reason(cast: Cast, client_for: As, send: Send) -> None:
    concern, client = acknowledged(cast.lead), client_for(cast.lead)

    send(client, NAME, concern, DECIDED)

    page = client.get(url("concern", concern)).content.decode()
    assert words_of(concern, kind=EntryKind.DECISION) == [("We change the lock.", "It jams.")]
    assert page.index("A decision") < page.index("We change the lock.") < page.index("It jams.")


@pytest.mark.parametrize("missing", ["decided", "reason"])
def test_both_are_needed_and_neither_is_lost(missing: str, cast: Cast, client_for: As, send: Send) -> None:
    concern = acknowledged(cast.lead)
    kept = next(words for name, words in DECIDED.items() if name != missing)

    page = send(client_for(cast.lead), NAME, concern, DECIDED | {missing: " "}).content.decode()

    assert "Please fill this in" in page
    assert kept in page


def test_the_audit_holds_no_words(cast: Cast, client_for: As, send: Send) -> None:
    send(client_for(cast.lead), NAME, acknowledged(cast.lead), DECIDED)

    assert list(audit.AuditEntry.objects.get(verb="decided").facts) == ["entry"]
