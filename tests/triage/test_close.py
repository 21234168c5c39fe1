"""/concerns/<reference>/close/"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from concerns.enums import AtRisk, State
from concerns.forms.closing import CloseForm
from concerns.models import Closing, Concern, Telling
from concerns.services import closing
from safeguarding import audit, context
from safeguarding.contacts.models import Contact, ContactKind
from safeguarding.people.models import Person
from safeguarding.statement.pressures import Pressure
from tests.cast import Cast
from tests.triage.conftest import acknowledged, now_is, queued, raised, steps, url
from tests.triage.questions import ActQuestions

pytestmark = pytest.mark.django_db
Send = Callable[..., Any]
As = Callable[..., Client]
NAME = "concern_close"
THREE = {
    "what_we_did": "The lock is new.",
    "what_they_say": "They like it.",
    "still_at_risk": AtRisk.NO,
    "risk_words": "",
}
NOT_ACTING = THREE | {"what_we_did": "There is no lock.", "not_acting": "on"}


class TestTheUsual(ActQuestions):
    name = NAME
    answers = THREE


@pytest.mark.clause("7.0d")
def test_three_answers_close_it(cast: Cast, client_for: As, send: Send) -> None:
    concern, client = acknowledged(cast.lead), client_for(cast.lead)

    send(client, NAME, concern, THREE)

    after, page = now_is(concern), client.get(url("concern", concern)).content.decode()
    assert (after.state, after.closed_by, after.second_look_by) == (State.CLOSED, cast.lead, None)
    assert steps(concern) == ["acknowledged", "closed"]
    for words in ("The lock is new.", "They like it.", "Is anyone still at risk?"):
        assert words in page


@pytest.mark.parametrize("missing", ["what_we_did", "what_they_say", "still_at_risk"])
def test_each_of_the_three_is_needed(missing: str, cast: Cast, client_for: As, send: Send) -> None:
    concern = acknowledged(cast.lead)

    page = send(client_for(cast.lead), NAME, concern, THREE | {missing: ""}).content.decode()

    assert "Please look at this again" in page
    assert now_is(concern).state == State.OPEN


def test_pressures_are_asked_only_when_not_acting(cast: Cast, client_for: As, send: Send) -> None:
    concern, client = acknowledged(cast.lead), client_for(cast.lead)

    first = client.get(url(NAME, concern)).content.decode()
    asked = send(client, NAME, concern, NOT_ACTING).content.decode()

    assert "pressures" not in first
    assert "Tick what weighed on it, or “None of these”." in asked
    assert "There is no lock." in asked
    assert asked.count('name="pressures"') == len(Pressure) + 1


def test_no_resources_is_not_one_of_the_reasons(cast: Cast) -> None:
    assert not any("resource" in str(label) or "money" in str(label) for _value, label in Pressure.choices)


@pytest.mark.clause("8.c")
@pytest.mark.clause("8.d")
def test_not_acting_keeps_the_pressures_and_asks_somebody_else_to_look(
    cast: Cast, client_for: As, send: Send
) -> None:
    concern = acknowledged(cast.lead)
    client = client_for(cast.lead)
    answers = NOT_ACTING | {"pressures": [Pressure.INSTINCT, Pressure.EXPEDIENCE]}

    send(client, NAME, concern, answers)

    after, page = now_is(concern), client.get(url("concern", concern)).content.decode()
    assert after.second_look_by is not None and after.closed_at is not None
    assert timedelta(days=9) < after.second_look_by - after.closed_at < timedelta(days=15)
    assert queued("second_look") == ["dara@example.org"]
    assert "It was a gut feeling" in page
    assert "Why we did not act" in page


@pytest.mark.parametrize(("ticked", "kept"), [(["none"], []), (["instinct"], ["instinct"])])
def test_none_of_these_is_an_answer(
    ticked: list[str], kept: list[str], cast: Cast, client_for: As, send: Send
) -> None:
    concern = acknowledged(cast.lead)

    send(client_for(cast.lead), NAME, concern, NOT_ACTING | {"pressures": ticked})

    with context.system():
        assert Closing.objects.get().pressures == kept


def test_none_of_these_and_one_of_them_is_asked_again(cast: Cast, client_for: As, send: Send) -> None:
    concern = acknowledged(cast.lead)

    page = send(
        client_for(cast.lead), NAME, concern, NOT_ACTING | {"pressures": ["none", "instinct"]}
    ).content.decode()

    assert "Tick “None of these” alone" in page


@pytest.mark.parametrize("at_risk", [AtRisk.YES, AtRisk.NOT_SURE])
def test_risk_that_stays_needs_words_and_a_second_look(
    at_risk: AtRisk, cast: Cast, client_for: As, send: Send
) -> None:
    concern, client = acknowledged(cast.lead), client_for(cast.lead)

    asked = send(client, NAME, concern, THREE | {"still_at_risk": at_risk}).content.decode()
    send(client, NAME, concern, THREE | {"still_at_risk": at_risk, "risk_words": "Their sister is there."})

    assert "Say what keeps them safe now" in asked
    assert now_is(concern).second_look_by is not None


def closed_without_acting(concern: Concern, by: Person) -> None:
    answers = closing.Answers(
        acted=False, what_we_did="No lock.", what_they_say="Fine.", still_at_risk=AtRisk.NO
    )
    with context.person(by):
        closing.close(concern=concern, by=by, answers=answers)


def test_the_second_look_never_goes_to_somebody_kept_out(cast: Cast) -> None:
    concern = acknowledged(cast.lead, kept_out=[cast.deputy])

    closed_without_acting(concern, cast.lead)

    assert queued("second_look") == ["alex@example.org"]


def test_an_alternate_who_is_asked_to_look_can_see_it(cast: Cast, client_for: As) -> None:
    concern = acknowledged(cast.lead)
    Contact.objects.filter(kind=ContactKind.DEPUTY).update(away_until="2100-01-01T00:00Z")
    before = client_for(cast.alternate).get(url("concern", concern)).status_code

    closed_without_acting(concern, cast.lead)

    assert before == 404
    assert client_for(cast.alternate).get(url("concern", concern)).status_code == 200
    with context.system():
        assert Telling.objects.filter(concern=concern, person=cast.alternate).exists()


def test_where_nobody_else_is_left_the_outside_contact_is_asked(cast: Cast) -> None:
    concern = acknowledged(cast.lead, kept_out=[cast.deputy, cast.alternate])

    closed_without_acting(concern, cast.lead)

    assert queued("second_look") == ["outside@example.org"]


def test_what_is_not_acknowledged_cannot_be_closed(cast: Cast, client_for: As) -> None:
    page = client_for(cast.lead).get(url(NAME, raised())).content.decode()

    assert "Acknowledge it first" in page


def test_a_reply_nobody_read_is_named_before_closing(cast: Cast, client_for: As) -> None:
    from concerns.services import following_up

    concern = acknowledged(cast.lead)
    following_up.add_words(concern_id=concern.pk, words="It still jams.", once=concern.pk)

    page = client_for(cast.lead).get(url(NAME, concern)).content.decode()

    assert "A reply from the person who raised it has not been read yet." in page


def test_the_answers_are_written_once(cast: Cast) -> None:
    concern = acknowledged(cast.lead)
    closed_without_acting(concern, cast.lead)

    with context.system(), pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        Closing.objects.update(acted=True)


def test_the_audit_holds_no_words(cast: Cast) -> None:
    concern = acknowledged(cast.lead)
    closed_without_acting(concern, cast.lead)

    facts = audit.AuditEntry.objects.get(verb="closed").facts
    assert facts | {"closing": ""} == {"acted": False, "at_risk": "no", "closing": "", "second_look": True}


def test_the_page_has_three_answers_and_one_box(cast: Cast) -> None:
    form = CloseForm(concern=acknowledged(cast.lead), by=cast.lead)

    assert [field.name for field in form.visible_fields()] == [
        "what_we_did",
        "not_acting",
        "what_they_say",
        "still_at_risk",
        "risk_words",
    ]
