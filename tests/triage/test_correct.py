"""/concerns/<reference>/note/<entry>/"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from concerns.enums import EntryKind
from concerns.models import Concern, Entry
from concerns.services import entries
from safeguarding import context
from safeguarding.people.models import Person
from tests.cast import Cast
from tests.triage.conftest import acknowledged, url
from tests.triage.questions import ActQuestions

pytestmark = pytest.mark.django_db
Send = Callable[..., Any]
As = Callable[..., Client]
NAME = "concern_correct"


def noted(concern: Concern, by: Person) -> Entry:
    with context.person(by):
        return entries.add_note(concern=concern, by=by, kind=EntryKind.SEEN, words="Two people saw it.")


class TestTheUsual(ActQuestions):
    name = NAME
    answers = {"words": "Three people saw it."}

    def address(self, cast: Cast, concern: Concern) -> str:
        return url(NAME, concern, entry=noted(concern, cast.deputy).pk)


@pytest.mark.clause("8.d")
def test_what_stood_stays_and_the_correction_stands_below_it(cast: Cast, client_for: As, send: Send) -> None:
    concern = acknowledged(cast.lead)
    note, client = noted(concern, cast.lead), client_for(cast.deputy)

    send(client, NAME, concern, {"words": "Three people saw it."}, entry=note.pk)

    page = client.get(url("concern", concern)).content.decode()
    assert (
        page.index("Two people saw it.") < page.index("Corrected later") < page.index("Three people saw it.")
    )
    assert "Dara, " in page[page.index("Corrected later") :]


def test_the_page_shows_what_is_corrected(cast: Cast, client_for: As) -> None:
    concern = acknowledged(cast.lead)
    note = noted(concern, cast.lead)

    page = client_for(cast.deputy).get(url(NAME, concern, entry=note.pk)).content.decode()

    assert "Two people saw it." in page


def test_steps_and_the_notes_of_other_concerns_are_not_found(cast: Cast, client_for: As) -> None:
    concern, other = acknowledged(cast.lead), acknowledged(cast.lead)
    elsewhere, client = noted(other, cast.lead), client_for(cast.lead)
    with context.system():
        step = concern.entries.get(kind=EntryKind.MOVED)

    statuses = [
        client.get(url(NAME, concern, entry=pk)).status_code for pk in (elsewhere.pk, step.pk, uuid4())
    ]

    assert statuses == [404, 404, 404]
