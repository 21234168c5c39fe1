"""Asking for a copy: a choice, a proof, and one click; only for those who may."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.contrib.sessions.models import Session
from django.test import Client

from concerns.models import Concern, Exclusion
from safeguarding import audit, clock, context
from safeguarding.exports import Export
from tests.cast import Cast

pytestmark = pytest.mark.django_db
ClientFor = Callable[..., Client]


def address(concern: Concern) -> str:
    return f"/concerns/{concern.reference}/record.pdf"


def exports() -> list[Export]:
    with context.system():
        return list(Export.objects.select_related("key"))


def test_one_choice_makes_an_export_and_leads_to_its_page(
    concern: Concern, cast: Cast, client_for: ClientFor
) -> None:
    response = client_for(cast.lead).post(address(concern), {"purpose": "hand_on"})

    (export,) = exports()
    assert response.headers["Location"] == f"/exports/{export.pk}/"


def test_the_purpose_is_recorded_and_its_words_are_not_in_the_audit(
    concern: Concern, cast: Cast, client_for: ClientFor
) -> None:
    client_for(cast.lead).post(address(concern), {"purpose": "other", "words": "Canary words"})

    asked = audit.AuditEntry.objects.get(verb="export_asked")
    assert (asked.about_id, asked.actor_id, asked.facts["purpose"]) == (concern.pk, cast.lead.pk, "other")
    assert "Canary" not in str(asked.facts)


def test_the_words_of_the_purpose_are_sealed(concern: Concern, cast: Cast, client_for: ClientFor) -> None:
    client_for(cast.lead).post(address(concern), {"purpose": "other", "words": "Canary words"})

    (export,) = exports()
    assert export.words == "Canary words"
    assert b"Canary" not in bytes(export.words_sealed)


def test_something_else_needs_a_few_words(concern: Concern, cast: Cast, client_for: ClientFor) -> None:
    page = client_for(cast.lead).post(address(concern), {"purpose": "other"}).content.decode()

    assert "Say in a few words what it is for." in page
    assert exports() == []


def test_no_choice_is_asked_for_again(concern: Concern, cast: Cast, client_for: ClientFor) -> None:
    page = client_for(cast.lead).post(address(concern), {"words": "For Dara"}).content.decode()

    assert "Please choose an answer: Why do you need this copy?" in page
    assert "For Dara" in page


def test_an_unknown_purpose_is_refused(concern: Concern, cast: Cast, client_for: ClientFor) -> None:
    client_for(cast.lead).post(address(concern), {"purpose": "curiosity", "state": "ready"})

    assert exports() == []


@pytest.mark.parametrize("kept_out", ["lead", "deputy", "administrator"])
def test_for_whom_it_does_not_exist_there_is_no_copy(
    kept_out: str, concern: Concern, cast: Cast, client_for: ClientFor
) -> None:
    person = getattr(cast, kept_out)
    with context.system():
        Exclusion.objects.create(concern=concern, person=person, why="involved", at=clock.now())
    client = client_for(person)

    assert client.get(address(concern)).status_code == 404
    assert client.post(address(concern), {"purpose": "look"}).status_code == 404
    assert exports() == []


def test_an_alternate_who_was_not_told_finds_nothing(
    concern: Concern, cast: Cast, client_for: ClientFor
) -> None:
    assert client_for(cast.alternate).get(address(concern)).status_code == 404


def test_an_old_session_proves_itself_and_its_answers_wait_sealed(
    concern: Concern, cast: Cast, client_for: ClientFor
) -> None:
    client = client_for(cast.lead)
    prove(client, seconds_ago=3600)

    response = client.post(address(concern), {"purpose": "other", "words": "Canary words"})

    assert response.headers["Location"].startswith("/account/reauthenticate/?next=%2Fconcerns%2F")
    assert "Canary" not in str(Session.objects.get(pk=client.session.session_key).get_decoded())
    assert exports() == []
    prove(client, seconds_ago=0)
    page = client.get(address(concern)).content.decode()
    assert 'value="Canary words"' in page


def test_what_waited_comes_back_until_it_is_sent(concern: Concern, cast: Cast, client_for: ClientFor) -> None:
    client, answers = client_for(cast.lead), {"purpose": "other", "words": "Canary words"}
    prove(client, seconds_ago=3600)
    client.post(address(concern), answers)
    prove(client, seconds_ago=0)

    for _again in range(2):
        assert 'value="Canary words"' in client.get(address(concern)).content.decode()
        assert exports() == []
    client.post(address(concern), answers)

    assert len(exports()) == 1
    assert 'value="Canary words"' not in client.get(address(concern)).content.decode()


def prove(client: Client, *, seconds_ago: int) -> None:
    session = client.session
    methods = session[AUTHENTICATION_METHODS_SESSION_KEY]
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [m | {"at": time.time() - seconds_ago} for m in methods]
    session.save()


def test_only_who_may_reveal_is_offered_the_name(concern: Concern, cast: Cast, client_for: ClientFor) -> None:
    offered = {
        name: "with_reporter" in client_for(getattr(cast, name)).get(address(concern)).content.decode()
        for name in ("lead", "deputy", "administrator")
    }

    assert offered == {"lead": True, "deputy": True, "administrator": False}


def test_an_administrator_who_sends_the_tick_anyway_gets_no_name(
    concern: Concern, cast: Cast, client_for: ClientFor
) -> None:
    client_for(cast.administrator).post(address(concern), {"purpose": "look", "with_reporter": "on"})

    (export,) = exports()
    assert export.options == {"with_reporter": False}


def test_ticking_the_name_is_an_audited_revealing(
    concern: Concern, cast: Cast, client_for: ClientFor
) -> None:
    client_for(cast.lead).post(address(concern), {"purpose": "look", "with_reporter": "on"})

    revealed = audit.AuditEntry.objects.get(verb="reporter_revealed")
    assert (revealed.about_id, revealed.actor_id) == (concern.pk, cast.lead.pk)


def test_a_copy_that_was_left_can_be_come_back_to(
    concern: Concern, cast: Cast, client_for: ClientFor
) -> None:
    client = client_for(cast.lead)
    client.post(address(concern), {"purpose": "look"})
    (export,) = exports()

    assert f"/exports/{export.pk}/" in client.get(address(concern)).content.decode()
    assert "/exports/" not in client_for(cast.deputy).get(address(concern)).content.decode()
