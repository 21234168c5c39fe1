"""Signing in: by password, with limits, and telling nobody who has an account."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse

from safeguarding import audit
from safeguarding.outbox import OutboxMessage
from safeguarding.people.models import Person
from tests.cast import Cast
from tests.people.signing_in import is_signed_in, submit_password

pytestmark = pytest.mark.django_db


def test_a_password_signs_in(client: Client, cast: Cast) -> None:
    response = submit_password(client, cast.facilitator.email)

    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert is_signed_in(client)


def test_an_address_is_known_in_any_case(client: Client, cast: Cast) -> None:
    submit_password(client, cast.facilitator.email.upper())

    assert is_signed_in(client)


def test_signing_in_and_out_is_recorded(client: Client, cast: Cast) -> None:
    submit_password(client, cast.facilitator.email)
    client.post(reverse("account_logout"))

    verbs = audit.AuditEntry.objects.filter(actor_id=cast.facilitator.pk).values_list("verb", flat=True)
    assert list(verbs) == ["signed_in", "signed_out"]


def test_a_failed_try_is_recorded_without_what_was_typed(client: Client, cast: Cast) -> None:
    submit_password(client, cast.lead.email, "canary-password-typed")

    entry = audit.AuditEntry.objects.get(verb="sign_in_failed")
    assert (entry.about_id, entry.actor_kind, entry.facts) == (cast.lead.pk, "visitor", {})


def test_wrong_and_unknown_look_the_same(client: Client, cast: Cast) -> None:
    wrong = submit_password(client, cast.lead.email, "not the password at all")
    unknown = submit_password(Client(), "nobody@example.org", "not the password at all")

    known, other = (
        r.content.decode().replace(cast.lead.email, "nobody@example.org") for r in (wrong, unknown)
    )
    assert (wrong.status_code, strip_token(known)) == (unknown.status_code, strip_token(other))


def strip_token(page: str) -> list[str]:
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]


def test_a_closed_account_looks_like_a_wrong_password(client: Client, cast: Cast) -> None:
    cast.facilitator.is_active = False
    cast.facilitator.save(update_fields=["is_active"])

    response = submit_password(client, cast.facilitator.email)

    assert response.status_code == 200
    assert "We do not know this email address and password together" in response.content.decode()


def test_five_wrong_tries_close_the_door_for_five_minutes(client: Client, cast: Cast) -> None:
    for _ in range(5):
        submit_password(client, cast.lead.email, "not the password at all")

    response = submit_password(client, cast.lead.email)

    assert "Wait five minutes" in response.content.decode()
    assert not is_signed_in(client)


def test_an_unknown_address_meets_the_same_limit(client: Client, db: None) -> None:
    for _ in range(5):
        submit_password(client, "nobody@example.org", "not the password at all")

    response = submit_password(client, "nobody@example.org", "not the password at all")

    assert "Wait five minutes" in response.content.decode()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_thirty_tries_at_once_five_are_looked_at(cast: Cast) -> None:
    looked_at = audit.AuditEntry.objects.filter(verb="sign_in_failed")
    together = threading.Barrier(10)

    def guess(number: int) -> None:
        together.wait(10)
        submit_password(Client(), cast.lead.email, f"guess number {number} of thirty")
        connection.close()

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(guess, range(30)))

    assert looked_at.count() == 5


def test_thirty_people_sign_in_from_one_address(cast: Cast) -> None:
    signed_in = [
        submit_password(Client(), person.email).status_code for person in cast.everyone().values()
    ] * 5

    assert signed_in == [302] * 30


def test_a_new_session_begins_at_sign_in(client: Client, cast: Cast) -> None:
    planted = client.session
    planted["planted"] = True
    planted.save()
    before = str(planted.session_key)

    submit_password(client, cast.facilitator.email)

    assert client.cookies["session"].value != before
    assert not is_signed_in(Client(headers={"cookie": f"session={before}"}))


OUTSIDE = (
    "//evil.example",
    "/\\evil.example",
    "///evil.example",
    "https:///evil.example",
    "https://evil.example/",
    "http:evil.example",
    "javascript:alert(1)",
    "/\t/evil.example",
    "%2F%2Fevil.example",
    "\\\\evil.example",
    "https://localhost@evil.example/",
    " //evil.example",
    "/%0d%0aSet-Cookie:x=1",
    "data:text/html,x",
)


@pytest.mark.parametrize("place", OUTSIDE)
def test_next_leads_nowhere_else(client: Client, cast: Cast, place: str) -> None:
    response = submit_password(client, cast.facilitator.email, next=place)

    where = response.headers["Location"]
    assert where == "/" or (where.startswith("/%0d%0a") and "Set-Cookie" not in response.headers)


def test_next_leads_back_to_the_page(client: Client, cast: Cast) -> None:
    response = submit_password(client, cast.facilitator.email, next=reverse("account"))

    assert response.headers["Location"] == reverse("account")


def test_signing_out_leaves_a_cookie_that_opens_nothing(client: Client, cast: Cast) -> None:
    submit_password(client, cast.facilitator.email)
    kept_cookie = client.cookies["session"].value
    client.post(reverse("account_logout"))

    assert not is_signed_in(Client(headers={"cookie": f"session={kept_cookie}"}))


@pytest.mark.parametrize(
    "path", ["signup/", "email/", "confirm-email/", "inactive/", "login/code/", "password/set/"]
)
def test_what_we_do_not_offer_has_no_address(client: Client, db: None, path: str) -> None:
    assert client.get(f"/account/{path}").status_code == 404


def test_a_fresh_install_has_nobody(db: None) -> None:
    assert Person.objects.count() == 0


def test_no_mail_comes_from_signing_in(client: Client, cast: Cast) -> None:
    submit_password(client, cast.facilitator.email)

    assert OutboxMessage.objects.count() == 0


@pytest.fixture(autouse=True)
def no_limits_yet(db: None) -> None:
    cache.clear()
