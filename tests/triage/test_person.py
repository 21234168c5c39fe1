"""/concerns/<reference>/person/"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from concerns.enums import RoleInConcern
from concerns.models import Concern, InvolvedPerson
from concerns.services import involving, names
from concerns.services.raising import Involved
from safeguarding import context, outbox
from safeguarding.contacts.models import Contact, ContactKind
from safeguarding.people.models import Person
from tests.cast import Cast
from tests.triage.conftest import acknowledged, now_is, queued, raised, url
from tests.triage.questions import ActQuestions

pytestmark = pytest.mark.django_db
Send = Callable[..., Any]
As = Callable[..., Client]
NAME = "concern_person"
JO = {"name": "Jo Marsh", "role": RoleInConcern.SAW_IT}


class TestTheUsual(ActQuestions):
    name = NAME
    answers = JO


def ours(person: Person, *, sure: bool = False) -> dict[str, str]:
    """The answers that name one of our own; the second time, after the page said what follows."""
    answers = {"person": str(person.pk), "role": RoleInConcern.INVOLVED, "name": ""}
    return answers | ({"sure_about": str(person.pk)} if sure else {})


def add(concern: Concern, by: Person, person: Person) -> involving.Consequence | None:
    involved = Involved(name=person.preferred_name, role=RoleInConcern.INVOLVED, person=person)
    with context.person(by):
        return involving.add_person(concern=concern, by=by, involved=involved)


@pytest.mark.clause("7.1b")
def test_a_person_has_a_role_and_who_they_are_to_the_person_affected(
    cast: Cast, client_for: As, send: Send
) -> None:
    concern, client = raised(), client_for(cast.lead)
    answers = JO | {"relationship": "peer", "relationship_words": "from the choir"}

    send(client, NAME, concern, answers)

    page = client.get(url("concern", concern)).content.decode()
    assert "<strong>Jo Marsh</strong>: saw or heard it (a peer: from the choir)" in page


def test_their_name_is_found_and_kept_sealed(cast: Cast, client_for: As, send: Send) -> None:
    concern = raised()

    send(client_for(cast.lead), NAME, concern, JO)

    with context.system():
        assert Concern.objects.named(names.sought("marsh")).get() == concern
        assert b"Marsh" not in bytes(InvolvedPerson.objects.get().name_sealed)


@pytest.mark.clause("7.1c")
def test_naming_one_of_ours_says_first_what_it_does_and_changes_nothing(
    cast: Cast, client_for: As, send: Send
) -> None:
    concern = acknowledged(cast.deputy)

    page = send(client_for(cast.lead), NAME, concern, ours(cast.deputy)).content.decode()

    assert "the record will no longer exist for Dara" in page
    assert "It is theirs now." in page
    assert "Alex, alternate contact, outside the team" in page[page.index("written to at once") :]
    assert now_is(concern).is_visible_to(cast.deputy)


@pytest.mark.clause("V0")
def test_sent_again_it_is_kept_from_them_and_the_next_person_is_told(
    cast: Cast, client_for: As, send: Send
) -> None:
    concern, client = acknowledged(cast.deputy), client_for(cast.lead)

    send(client, NAME, concern, ours(cast.deputy, sure=True))

    assert client_for(cast.deputy).get(url("concern", concern)).status_code == 404
    assert client_for(cast.alternate).get(url("concern", concern)).status_code == 200
    assert now_is(concern).assigned_to is None
    assert "alex@example.org" in queued("concern_waiting")


def test_being_sure_of_one_person_is_not_being_sure_of_another(
    cast: Cast, client_for: As, send: Send
) -> None:
    concern = acknowledged(cast.deputy)
    answers = ours(cast.alternate) | {"sure_about": str(cast.deputy.pk)}

    page = send(client_for(cast.lead), NAME, concern, answers).content.decode()

    assert "the record will no longer exist for Alex" in page


def test_naming_oneself_hands_it_over_and_leads_away(cast: Cast, client_for: As, send: Send) -> None:
    concern, client = acknowledged(cast.lead), client_for(cast.lead)

    warned = send(client, NAME, concern, ours(cast.lead)).content.decode()
    response = send(client, NAME, concern, ours(cast.lead, sure=True))

    assert "This is you." in warned
    assert response["Location"] == "/concerns/"
    assert client.get(url("concern", concern)).status_code == 404
    assert now_is(concern).assigned_to is None


def test_the_last_one_inside_leaves_it_to_the_outside_contact(cast: Cast, client_for: As, send: Send) -> None:
    concern = acknowledged(cast.lead, kept_out=[cast.deputy, cast.alternate])
    client = client_for(cast.lead)

    warned = send(client, NAME, concern, ours(cast.lead)).content.decode()
    send(client, NAME, concern, ours(cast.lead, sure=True))

    assert "Nobody on the inside is left for it." in warned
    assert "outside@example.org" in queued("concern_waiting")


def test_a_mail_that_waits_for_them_is_taken_back(cast: Cast) -> None:
    concern = raised()

    add(concern, cast.lead, cast.deputy)

    states = dict(outbox.OutboxMessage.objects.filter(about_id=concern.pk).values_list("to", "state"))
    assert (states["dara@example.org"], states["lena@example.org"]) == ("withdrawn", "queued")


def test_keeping_out_a_co_producer_tells_nobody_new(cast: Cast) -> None:
    concern = raised()

    after = add(concern, cast.lead, cast.co_producer)

    assert after is not None
    assert after.told_next == ()
    assert sorted(contact.name for contact in after.know_already) == ["Dara", "Lena"]


def test_nobody_is_told_twice(cast: Cast) -> None:
    concern = raised()
    add(concern, cast.lead, cast.deputy)
    add(concern, cast.lead, cast.facilitator)

    assert queued("concern_waiting").count("alex@example.org") == 1


def test_somebody_who_is_away_is_not_who_takes_over(cast: Cast) -> None:
    concern = raised()
    Contact.objects.filter(kind=ContactKind.ALTERNATE).update(away_until="2100-01-01T00:00Z")
    Contact.objects.filter(kind=ContactKind.LEAD).update(away_until="2100-01-01T00:00Z")

    after = add(concern, cast.lead, cast.deputy)

    assert after is not None
    assert [contact.kind for contact in after.told_next] == [ContactKind.OUTSIDE]


def test_a_name_or_one_of_ours_is_needed(cast: Cast, client_for: As, send: Send) -> None:
    page = send(client_for(cast.lead), NAME, raised(), JO | {"name": " "}).content.decode()

    assert "Choose one of our own people, or write a name or a few words." in page
