"""Every act shows again what was typed in it and could not be sent, as it was typed."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from concerns.enums import EntryKind, HowSoon, NextStep
from concerns.models import Concern
from safeguarding.people.kept import KeptWords
from tests.cast import Cast, sign_in
from tests.triage.conftest import acknowledged, closed, hidden, raised, steps, url
from tests.triage.test_conflicts import ACTS

As = Callable[..., Client]
Send = Callable[..., Any]
MINE = "The heron by the locked door told me twice."
BACK = "Here is what you had written. It was not sent yet."
TYPED: dict[str, dict[str, str]] = {
    "concern_acknowledge": {"reply": MINE},
    "concern_how_soon": {"how_soon": HowSoon.NO_RUSH, "reason": MINE},
    "concern_next_step": {"step": NextStep.WAIT, "words": MINE},
    "concern_hand_over": {"words": MINE},
    "concern_under_18": {"answer": "no", "reason": MINE},
    "concern_note": {"kind": EntryKind.SEEN, "words": MINE},
    "concern_reply": {"words": MINE},
    "concern_decide": {"decided": MINE, "reason": "My own reason"},
    "concern_person": {"name": MINE, "role": "affected"},
    "concern_close": {"what_we_did": MINE, "what_they_say": "My own reason", "still_at_risk": "no"},
    "concern_reopen": {"reason": MINE},
}


def for_act(name: str, cast: Cast) -> Concern:
    """A concern whose door to this act is open."""
    if name == "concern_acknowledge":
        return raised()
    return closed(cast.deputy) if name == "concern_reopen" else acknowledged(cast.lead)


def sent_too_late(client: Client, address: str, answers: dict[str, str]) -> dict[str, str]:
    """What was sent sixteen minutes after the page was opened; then one reads where to sign in."""
    data = hidden(client.get(address).content.decode()) | answers
    with time_machine.travel(time.time() + 16 * 60, tick=False):
        client.get(client.post(address, data).headers["Location"])
    return data


@pytest.mark.django_db
@pytest.mark.parametrize("name", TYPED)
def test_what_was_typed_in_an_act_comes_back_in_it(name: str, cast: Cast, client_for: As) -> None:
    concern, client = for_act(name, cast), client_for(cast.lead)
    before = steps(concern)
    data = sent_too_late(client, url(name, concern), TYPED[name])

    page = sign_in(client, cast.lead).get(url(name, concern)).content.decode()

    assert (BACK in page, steps(concern)) == (True, before)
    assert hidden(page)["once"] == data["once"]
    for value in TYPED[name].values():
        ticked = f'value="{value}" checked' in page.replace("\n", " ")
        assert ticked or f'value="{value}"' in page or f">{value}<" in page.replace("\n", "")


@pytest.mark.django_db
def test_sent_from_there_it_is_done_and_nothing_is_kept(cast: Cast, client_for: As) -> None:
    concern, client = acknowledged(cast.lead), client_for(cast.lead)
    address = url("concern_decide", concern)
    data = sent_too_late(client, address, TYPED["concern_decide"])

    response = sign_in(client, cast.lead).post(address, data)

    assert (response.status_code, KeptWords.objects.count()) == (302, 0)
    assert BACK not in client.get(address).content.decode()


@pytest.mark.django_db
def test_who_acted_meanwhile_is_shown_before_it_is_saved(cast: Cast, client_for: As, send: Send) -> None:
    concern, client = acknowledged(cast.lead), client_for(cast.lead)
    address = url("concern_decide", concern)
    sent_too_late(client, address, TYPED["concern_decide"])
    send(client_for(cast.deputy), "concern_next_step", concern, {"step": NextStep.CHECK_IN})
    page = sign_in(client, cast.lead).get(address).content.decode()

    response = client.post(address, hidden(page) | TYPED["concern_decide"])

    page = response.content.decode()
    assert response.status_code == 409
    assert "Next step: check how people are" in page
    assert (MINE in page, KeptWords.objects.count()) == (True, 1)


@pytest.mark.django_db
def test_behind_a_closed_door_the_words_stand_to_be_copied(cast: Cast, client_for: As, send: Send) -> None:
    concern, client = acknowledged(cast.lead), client_for(cast.lead)
    address = url("concern_decide", concern)
    sent_too_late(client, address, TYPED["concern_decide"])
    send(client_for(cast.deputy), "concern_close", concern, ACTS["concern_close"])

    page = sign_in(client, cast.lead).get(address).content.decode()

    assert "This is closed." in page
    assert page.index("What you wrote") < page.index(MINE)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [1280, 320])
def test_in_a_browser_one_signs_in_and_is_back_where_one_was(
    width: int,
    cast: Cast,
    client_for: As,
    browser_context: BrowserContext,
    live_server: LiveServer,
    axe: Callable[[Page], list[str]],
) -> None:
    concern, client = acknowledged(cast.lead), client_for(cast.lead)
    sent_too_late(client, url("concern_note", concern), TYPED["concern_note"])
    value = sign_in(client, cast.lead).cookies[settings.SESSION_COOKIE_NAME].value
    browser_context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}]
    )
    page = browser_context.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(live_server.url + url("concern_note", concern))

    assert page.get_by_label("Your note").input_value() == MINE
    assert page.get_by_role("status").first.inner_text().startswith(BACK)
    assert axe(page) == []
    page.get_by_role("button", name="Save the note").click()

    page.get_by_text("Your note is in the record.").wait_for()
    assert not KeptWords.objects.exists()
