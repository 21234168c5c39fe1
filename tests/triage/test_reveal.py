"""/concerns/<reference>/who/, and where a reporter's name is shown at all"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from concerns.models import Concern
from concerns.services import identity
from concerns.services.raising import Reporter
from safeguarding import audit, context
from tests.cast import Cast
from tests.triage.conftest import acknowledged, hidden, steps, url, words_of

pytestmark = pytest.mark.django_db
Send = Callable[..., Any]
As = Callable[..., Client]
NAME = "concern_reveal"
WHO = Reporter(mode="contact", name="Robin Vale", email="robin@example.org", phone="020 7946 0017")
GIVEN = ("Robin", "Vale", "robin@example.org", "7946 0017")
WHY = {"reason": "I must ring them tonight."}


def of_the_deputy(cast: Cast, **more: Any) -> Concern:
    return acknowledged(cast.deputy, reporter=WHO, **more)


def seen(page: str) -> list[str]:
    return [given for given in GIVEN if given in page]


@pytest.mark.parametrize(("role", "sees"), [("deputy", GIVEN), ("lead", ()), ("administrator", ())])
def test_only_the_assigned_handler_sees_the_name(
    role: str, sees: tuple[str, ...], cast: Cast, client_for: As
) -> None:
    concern = of_the_deputy(cast)

    page = client_for(getattr(cast, role)).get(url("concern", concern)).content.decode()

    assert seen(page) == list(sees)


def test_an_alternate_who_was_told_does_not_see_it_either(cast: Cast, client_for: As) -> None:
    concern = of_the_deputy(cast, kept_out=[cast.lead])

    page = client_for(cast.alternate).get(url("concern", concern)).content.decode()

    assert "Given, and hidden here" in page
    assert seen(page) == []


def test_a_reason_shows_it_once(cast: Cast, client_for: As, send: Send) -> None:
    concern, client = of_the_deputy(cast), client_for(cast.lead)

    shown = send(client, NAME, concern, WHY).content.decode()

    assert seen(shown) == list(GIVEN)
    assert seen(client.get(url(NAME, concern)).content.decode()) == []
    assert seen(client.get(url("concern", concern)).content.decode()) == []


def test_the_act_and_its_reason_are_in_the_timeline_and_the_act_in_the_audit(
    cast: Cast, client_for: As, send: Send
) -> None:
    concern = of_the_deputy(cast)

    send(client_for(cast.lead), NAME, concern, WHY)

    row = audit.AuditEntry.objects.get(verb="reporter_revealed")
    assert (row.actor_id, row.about_id, row.facts) == (cast.lead.pk, concern.pk, {})
    assert words_of(concern, act="reporter_revealed") == [(None, WHY["reason"])]


def test_without_a_reason_nothing_is_shown(cast: Cast, client_for: As, send: Send) -> None:
    concern = of_the_deputy(cast)

    page = send(client_for(cast.lead), NAME, concern, {"reason": " "}).content.decode()

    assert seen(page) == []
    assert not audit.AuditEntry.objects.filter(verb="reporter_revealed").exists()


def test_sent_twice_it_stands_once_in_the_timeline(cast: Cast, client_for: As) -> None:
    concern, client = of_the_deputy(cast), client_for(cast.lead)
    data = hidden(client.get(url(NAME, concern)).content.decode()) | WHY

    statuses = [client.post(url(NAME, concern), data).status_code for _twice in range(2)]

    assert statuses == [200, 200]
    assert steps(concern) == ["acknowledged", "reporter_revealed"]


def test_those_who_only_read_may_not(cast: Cast, client_for: As) -> None:
    client, address = client_for(cast.administrator), url(NAME, of_the_deputy(cast))

    assert [client.get(address).status_code, client.post(address).status_code] == [403, 403]


def test_it_does_not_exist_for_someone_kept_out(cast: Cast, client_for: As) -> None:
    address = url(NAME, of_the_deputy(cast, kept_out=[cast.lead]))

    assert client_for(cast.lead).get(address).status_code == 404


def test_only_get_and_post_are_answered(cast: Cast, client_for: As) -> None:
    assert client_for(cast.lead).put(url(NAME, of_the_deputy(cast))).status_code == 405


def test_where_no_name_was_given_there_is_nothing_to_see(cast: Cast, client_for: As) -> None:
    concern = acknowledged(cast.deputy)

    page = client_for(cast.lead).get(url(NAME, concern)).content.decode()

    assert "Nothing is hidden here" in page


def test_the_service_gives_it_only_to_those_who_may(cast: Cast) -> None:
    concern = of_the_deputy(cast)

    with context.person(cast.lead):
        assert identity.reveal(concern=concern, by=cast.lead, reason="A call.").name == "Robin Vale"
