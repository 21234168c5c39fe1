"""/concerns/<reference>/kind/"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from concerns.enums import Kind
from tests.cast import Cast
from tests.triage.conftest import acknowledged, now_is, steps, url
from tests.triage.questions import ActQuestions

pytestmark = pytest.mark.django_db
NAME = "concern_kind"


class TestTheUsual(ActQuestions):
    name = NAME
    answers = {"kind": Kind.QUESTION}


@pytest.mark.clause("7.4")
def test_staff_sort_it_and_nobody_used_the_wrong_form(
    cast: Cast, client_for: Callable[..., Client], send: Callable[..., Any]
) -> None:
    concern, client = acknowledged(cast.lead), client_for(cast.lead)

    send(client, NAME, concern, {"kind": Kind.WENT_WELL})

    assert now_is(concern).kind == Kind.WENT_WELL
    assert steps(concern) == ["acknowledged", "sorted"]
    assert "Nobody chose the wrong form." in client.get(url(NAME, concern)).content.decode()


def test_an_answer_is_needed(cast: Cast, client_for: Callable[..., Client], send: Callable[..., Any]) -> None:
    concern = acknowledged(cast.lead)

    page = send(client_for(cast.lead), NAME, concern, {}).content.decode()

    assert "Please choose an answer: What is it?" in page
