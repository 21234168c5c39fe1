"""The demonstration's own pages: there with DEMO=1 on this machine, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from safeguarding.demo.urls import DEMO
from safeguarding.people.models import Person
from tests.cast import Cast

pytestmark = pytest.mark.django_db
PATHS = ("/demo/", "/demo/mailbox/", "/demo/mailbox/0123456789ab-01234567/")


def step_in(client: Client, person: Person) -> str:
    return client.post(f"/demo/as/{person.pk}/").headers.get("Location", "")


@pytest.mark.parametrize("path", PATHS)
def test_without_the_switch_there_is_no_demonstration(path: str) -> None:
    assert Client().get(path).status_code == 404


def test_without_the_switch_nobody_steps_into_shoes(cast: Cast) -> None:
    client = Client()

    assert client.post(f"/demo/as/{cast.lead.pk}/").status_code == 404
    assert client.post("/demo/prove/").status_code == 404
    assert "_auth_user_id" not in client.session


def test_each_view_asks_again_for_the_switch(cast: Cast, settings: pytest.MonkeyPatch) -> None:
    settings.ROOT_URLCONF = "tests.demo.urls"  # type: ignore[attr-defined]
    client = Client()

    got = {path: client.get(path).status_code for path in PATHS}
    got["step in"] = client.post(f"/demo/as/{cast.lead.pk}/").status_code

    assert set(got.values()) == {404}


def test_another_machine_gets_nothing(demo: None, cast: Cast) -> None:
    client = Client(REMOTE_ADDR="192.0.2.7")

    got = [client.get(path).status_code for path in PATHS]
    got.append(client.post(f"/demo/as/{cast.lead.pk}/").status_code)

    assert set(got) == {404}


def test_each_address_is_tried_above() -> None:
    assert sorted(pattern.name or "" for pattern in DEMO) == [
        "demo",
        "demo_mail",
        "demo_mailbox",
        "demo_prove",
        "demo_step_in",
    ]


def test_it_names_everybody_and_what_to_try(demo: None, cast: Cast) -> None:
    page = Client().get("/demo/").content.decode()

    assert all(f"Be {person.preferred_name}" in page for person in cast.everyone().values())
    assert "See what needs you today" in page


def test_one_click_signs_in_with_the_second_factor(demo: None, cast: Cast) -> None:
    client = Client()

    assert step_in(client, cast.lead) == "/"
    person = client.get("/").wsgi_request.user
    assert (person, person.used_second_factor) == (cast.lead, True)  # type: ignore[union-attr]


def test_the_session_is_a_new_one(demo: None, cast: Cast) -> None:
    client = Client()
    step_in(client, cast.lead)
    before = client.session.session_key

    step_in(client, cast.deputy)

    assert client.session.session_key != before
    assert client.get("/").wsgi_request.user == cast.deputy


def test_who_left_has_no_shoes(demo: None, cast: Cast) -> None:
    Person.objects.filter(pk=cast.lead.pk).update(is_active=False)
    client = Client()

    assert client.post(f"/demo/as/{cast.lead.pk}/").status_code == 404
    assert "Be Lena" not in client.get("/demo/").content.decode()


def test_looking_does_not_step_in(demo: None, cast: Cast) -> None:
    assert Client().get(f"/demo/as/{cast.lead.pk}/").status_code == 405


def test_proving_is_one_button(demo: None, cast: Cast, client_for: Callable[..., Client]) -> None:
    client = client_for(cast.lead, reauthenticated=False)

    response = client.post("/demo/prove/", {"next": "/help/"})

    assert response.headers["Location"] == "/help/"
    assert client.session["account_authentication_methods"][-1]["reauthenticated"] is True


@pytest.mark.parametrize("target", ["//example.org/", "https://example.org/", "/\\example.org", ""])
def test_proving_leads_nowhere_else(
    target: str, demo: None, cast: Cast, client_for: Callable[..., Client]
) -> None:
    assert client_for(cast.lead).post("/demo/prove/", {"next": target}).headers["Location"] == "/"


def test_a_form_of_another_site_steps_into_no_shoes(demo: None, cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)

    assert client.post(f"/demo/as/{cast.lead.pk}/").status_code == 403


def test_the_page_that_asks_for_proof_has_the_one_button(
    demo: None, cast: Cast, client_for: Callable[..., Client]
) -> None:
    client = client_for(cast.lead, reauthenticated=False)

    page = client.get("/account/reauthenticate/", {"next": "/help/"}).content.decode()

    assert 'action="/demo/prove/"' in page
    assert '<input type="hidden" name="next" value="/help/">' in page


@pytest.mark.django_db
def test_elsewhere_that_page_has_no_such_button(cast: Cast, client_for: Callable[..., Client]) -> None:
    client = client_for(cast.lead, reauthenticated=False)

    assert "/demo/" not in client.get("/account/reauthenticate/").content.decode()
