"""/concerns/<reference>/assign/"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from concerns.services import triage
from safeguarding import context
from tests.cast import Cast
from tests.triage.conftest import acknowledged, closed, now_is, queued, steps, url
from tests.triage.questions import ActQuestions

pytestmark = pytest.mark.django_db
Send = Callable[..., Any]
As = Callable[..., Client]
NAME = "concern_assign"


class TestTheUsual(ActQuestions):
    name = NAME

    @property
    def answers(self) -> dict[str, Any]:  # type: ignore[override]
        from safeguarding.people.models import Person

        return {"to": str(Person.objects.get(email="dara@example.org").pk)}


def test_giving_it_to_another_tells_them_without_content(cast: Cast, client_for: As, send: Send) -> None:
    concern = acknowledged(cast.lead)

    send(client_for(cast.lead), NAME, concern, {"to": str(cast.deputy.pk)})

    assert now_is(concern).assigned_to == cast.deputy
    assert queued("concern_assigned") == ["dara@example.org"]
    assert steps(concern) == ["acknowledged", "assigned"]


def test_taking_it_oneself_mails_nobody(cast: Cast, client_for: As, send: Send) -> None:
    concern = acknowledged(cast.deputy)

    send(client_for(cast.lead), NAME, concern, {"to": str(cast.lead.pk)})

    assert now_is(concern).assigned_to == cast.lead
    assert queued("concern_assigned") == []


def test_only_those_who_may_see_and_act_are_offered(cast: Cast, client_for: As) -> None:
    concern = acknowledged(cast.lead, kept_out=[cast.deputy])

    page = client_for(cast.lead).get(url(NAME, concern)).content.decode()

    offered = {name for name in ("Lena", "Dara", "Alex", "Ada", "Farah") if name in page}
    assert offered == {"Lena", "Alex"}  # the alternate was told, since the deputy is kept out


def test_nobody_kept_out_can_be_given_it_by_hand(cast: Cast, client_for: As, send: Send) -> None:
    concern = acknowledged(cast.lead, kept_out=[cast.deputy])

    response = send(client_for(cast.lead), NAME, concern, {"to": str(cast.deputy.pk)})

    assert response.status_code == 200
    assert now_is(concern).assigned_to == cast.lead


def test_the_service_refuses_somebody_who_may_not_see_it(cast: Cast) -> None:
    concern = acknowledged(cast.lead, kept_out=[cast.deputy])

    with context.person(cast.lead), pytest.raises(PermissionDenied):
        triage.assign(concern=concern, by=cast.lead, to=cast.deputy)


def test_a_closed_one_is_opened_again_first(cast: Cast, client_for: As) -> None:
    concern = closed(cast.lead)

    assert "open it again first" in client_for(cast.lead).get(url(NAME, concern)).content.decode()
