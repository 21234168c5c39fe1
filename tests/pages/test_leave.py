"""`/leave/` over HTTP: it ends the visit, keeps nothing, and works with the database down."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from concerns.models import Draft
from concerns.services import drafts
from safeguarding.crypto import RecordKey
from tests.cast import Cast


@pytest.mark.django_db
def test_leaving_ends_the_session_on_the_server(cast: Cast, client_for: Any) -> None:
    client = client_for(cast.lead)

    client.get("/leave/")

    assert Session.objects.count() == 0


def begin_a_draft(client: Client) -> Draft:
    session, draft = client.session, drafts.begin()
    session["draft"] = str(draft.pk)
    session.save()
    return draft


@pytest.mark.django_db
def test_a_draft_without_a_code_goes_with_its_key(client: Client) -> None:
    draft = begin_a_draft(client)

    client.get("/leave/")

    assert not Draft.objects.exists()
    assert not RecordKey.objects.filter(pk=draft.key_id).exists()


@pytest.mark.django_db
def test_a_draft_with_a_code_stays(client: Client) -> None:
    draft = begin_a_draft(client)
    Draft.objects.filter(pk=draft.pk).update(code_hash=b"c" * 32)

    client.get("/leave/")

    assert Draft.objects.get().pk == draft.pk


@pytest.mark.django_db
def test_the_old_cookie_opens_nothing_any_more(cast: Cast, client_for: Any, settings: Any) -> None:
    client = client_for(cast.administrator)
    kept = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.get("/leave/")

    client.cookies[settings.SESSION_COOKIE_NAME] = kept
    assert client.get("/account/password/change/").status_code == 302


@pytest.mark.django_db
def test_leaving_deletes_every_cookie(cast: Cast, client_for: Any, settings: Any) -> None:
    client = client_for(cast.lead)
    client.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32

    reply = client.get("/leave/")

    assert {name: cookie["max-age"] for name, cookie in reply.cookies.items()} == {
        settings.SESSION_COOKIE_NAME: 0,
        settings.CSRF_COOKIE_NAME: 0,
    }


def test_the_answer_clears_what_the_browser_keeps(client: Client) -> None:
    reply = client.get("/leave/")

    assert reply.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert reply.headers["Cache-Control"] == "no-store"


def test_without_an_outside_place_our_own_plain_page_is_shown(client: Client, settings: Any) -> None:
    settings.EXIT_URL = ""

    reply = client.get("/leave/")

    assert reply.status_code == 200
    assert b"<title>Page</title>" in reply.content
    assert b"safeguarding" not in reply.content.lower()
    assert settings.ORGANISATION_NAME.encode() not in reply.content


def test_with_an_outside_place_the_address_is_replaced_by_it(client: Client, settings: Any) -> None:
    settings.EXIT_URL = "https://weather.example.org/"

    reply = client.get("/leave/")

    assert (reply.status_code, reply.headers["Location"]) == (302, "https://weather.example.org/")


@pytest.mark.django_db
def test_a_picture_on_another_page_does_not_end_a_visit(cast: Cast, client_for: Any) -> None:
    client = client_for(cast.lead)

    reply = client.get("/leave/", HTTP_SEC_FETCH_DEST="image")

    assert (reply.status_code, "Clear-Site-Data" in reply.headers) == (204, False)
    assert Session.objects.count() == 1


@pytest.mark.parametrize("method", ["post", "put", "delete", "head", "options"])
def test_only_get_leaves(client: Client, method: str) -> None:
    assert getattr(client, method)("/leave/").status_code == 405


@pytest.mark.django_db(transaction=True)
def test_leaving_works_when_the_database_does_not_answer(
    cast: Cast, client_for: Any, database_away: Any, settings: Any
) -> None:
    client = client_for(cast.lead, raise_request_exception=False)

    with database_away():
        reply = client.get("/leave/")

    assert (reply.status_code, reply.headers["Clear-Site-Data"]) == (200, '"cache", "cookies", "storage"')
    assert reply.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == 0
