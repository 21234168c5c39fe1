"""/ : two doors for a visitor; for somebody who signed in, what needs them today, and what they may open."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from concerns.services.raising import Raised, raise_concern
from safeguarding import audit
from safeguarding.permissions import Role
from tests.cast import Cast

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
EVERYONE = {
    "start",
    "raise_start",
    "follow_up",
    "help",
    "privacy",
    "accessibility",
    "who_can_see_what",
    "raise_blank_form",
}
ACCOUNT = {"account", "mfa_index", "account_change_password", "usersessions_list"}
TIMES = {"contact_hours", "contact_holidays", "contact_help", "contact_history"}
LIBRARY = {"prompts", "ways"}
READER = {"concerns", "contacts", "concerns_enter", "delivery"}
MUST_BE_REACHED: dict[Role, set[str]] = {
    Role.CO_PRODUCER: EVERYONE | ACCOUNT,
    Role.FACILITATOR: EVERYONE | ACCOUNT | {"prompts"},
    Role.LEAD: EVERYONE | ACCOUNT | READER | TIMES,
    Role.DEPUTY: EVERYONE | ACCOUNT | READER | TIMES,
    Role.ALTERNATE: EVERYONE | ACCOUNT | READER,
    Role.ADMINISTRATOR: EVERYONE
    | ACCOUNT
    | READER
    | TIMES
    | {"people", "invitations", "invite", "faults"}
    | LIBRARY,
}
NOT_FOLLOWED = ("/leave/", "/static/")  # one ends the session, the other is no page
MOST = 80  # pages of one walk


def home(client: Client) -> str:
    return client.get("/").content.decode()


def links(html: str) -> set[str]:
    """The addresses of this site that a page leads to, without their queries."""
    found = (re.split(r"[?#]", href)[0] for href in re.findall(r'<a [^>]*href="([^"]*)"', html))
    return {href for href in found if href.startswith("/") and not href.startswith(NOT_FOLLOWED)}


def walk(client: Client) -> dict[str, int]:
    """Every page that links lead to from the start, with its status."""
    seen: dict[str, int] = {}
    waiting = ["/"]
    while waiting and len(seen) < MOST:
        path = waiting.pop(0)
        if path in seen:
            continue
        answer = client.get(path)
        seen[path] = answer.status_code
        if answer.status_code == 200 and "html" in answer.headers["Content-Type"]:
            waiting += sorted(links(answer.content.decode()) - seen.keys())
    return seen


def test_a_visitor_finds_two_doors_and_nothing_of_a_concern() -> None:
    page = home(Client())

    doors = re.findall(r'app-door__link[^>]*href="([^"]*)"|href="([^"]*)"[^>]*app-door__link', page)
    assert [a or b for a, b in doors] == [reverse("raise_start"), reverse("follow_up")]
    assert "need you" not in page


@pytest.mark.parametrize("role", ["lead", "deputy"])
def test_who_may_act_finds_what_needs_them(role: str, cast: Cast, client_for: As) -> None:
    concern = raise_concern(raised=Raised(words="The door was locked."), by=audit.Other.REPORTER)

    page = home(client_for(getattr(cast, role)))

    assert "1 thing needs you" in page
    assert concern.reference in page


@pytest.mark.parametrize("role", ["co_producer", "facilitator", "alternate", "administrator"])
def test_who_may_not_act_on_it_finds_nothing_of_it(role: str, cast: Cast, client_for: As) -> None:
    concern = raise_concern(raised=Raised(words="The door was locked."), by=audit.Other.REPORTER)

    assert concern.reference not in home(client_for(getattr(cast, role)))


def test_before_the_second_step_it_says_how_to_take_it(cast: Cast, client_for: As) -> None:
    concern = raise_concern(raised=Raised(words="The door was locked."), by=audit.Other.REPORTER)

    page = home(client_for(cast.lead, second_factor=False))

    assert "One more step before you see concerns" in page
    assert concern.reference not in page


@pytest.mark.parametrize("role", Role, ids=str)
def test_links_lead_to_all_that_a_role_may_open_and_to_nothing_it_may_not(
    role: Role, cast: Cast, client_for: As
) -> None:
    seen = walk(client_for(cast.everyone()[role]))

    assert MUST_BE_REACHED[role] - {name for name in MUST_BE_REACHED[role] if reverse(name) in seen} == set()
    assert {path: status for path, status in seen.items() if status in (403, 404, 405, 500)} == {}


def test_an_alternate_is_three_clicks_from_being_away(cast: Cast, client_for: As) -> None:
    client = client_for(cast.alternate)

    contacts = client.get("/contacts/").content.decode()

    assert "/contacts/" in links(home(client))
    assert any(re.fullmatch(r"/contacts/[0-9a-f-]+/away/", link) for link in links(contacts))
