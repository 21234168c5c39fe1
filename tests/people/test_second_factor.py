"""The second factor: asked for, set up, sealed, used once, and never gone round."""

from __future__ import annotations

import re
import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from safeguarding import audit
from safeguarding.outbox import OutboxMessage
from tests.access.table import rows
from tests.cast import Cast, sign_in
from tests.people.signing_in import SECRET, code_now, give_app, is_signed_in, submit_code, submit_password

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_limits_yet(db: None) -> None:
    cache.clear()


def test_a_password_alone_opens_nothing(client: Client, cast: Cast) -> None:
    give_app(cast.lead)

    response = submit_password(client, cast.lead.email)

    assert response.headers["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)


def test_no_page_opens_between_password_and_code(client: Client, cast: Cast) -> None:
    give_app(cast.lead)
    submit_password(client, cast.lead.email)

    opened = [
        row.name
        for row in rows()
        if not row.is_for_visitors
        and "GET" in row.methods
        and client.get(row.address(row.own(cast, cast.lead) or {})).status_code != 302
    ]

    assert opened == []


def test_a_code_signs_in(client: Client, cast: Cast) -> None:
    give_app(cast.lead)
    submit_password(client, cast.lead.email)

    submit_code(client, code_now())

    assert is_signed_in(client)


def test_a_code_works_once(client: Client, cast: Cast) -> None:
    give_app(cast.lead)
    code = code_now()
    submit_password(client, cast.lead.email)
    submit_code(client, code)
    other = Client()
    submit_password(other, cast.lead.email)

    response = submit_code(other, code)

    assert "That code did not work" in response.content.decode()
    assert not is_signed_in(other)


def test_guessing_codes_is_stopped(client: Client, cast: Cast) -> None:
    give_app(cast.lead)
    submit_password(client, cast.lead.email)
    for _ in range(5):
        submit_code(client, "000000")

    response = submit_code(client, code_now())

    assert "Wait five minutes" in response.content.decode()
    assert not is_signed_in(client)


def test_a_spare_code_signs_in_once(client: Client, cast: Cast) -> None:
    give_app(cast.lead)
    spare = RecoveryCodes.activate(cast.lead).get_unused_codes()[0]
    submit_password(client, cast.lead.email)
    submit_code(client, spare)
    assert is_signed_in(client)

    other = Client()
    submit_password(other, cast.lead.email)
    submit_code(other, spare)
    assert not is_signed_in(other)


def test_secrets_are_sealed_in_their_rows(cast: Cast) -> None:
    give_app(cast.lead)

    kept = " ".join(str(row.data) for row in Authenticator.objects.filter(user=cast.lead))
    spare = RecoveryCodes.activate(cast.lead).get_unused_codes()

    assert SECRET not in kept
    assert [code for code in spare if code in kept] == []
    assert Authenticator.objects.get(type="totp").wrap().validate_code(code_now())


def set_up_app(client: Client) -> str:
    """Through the page, without JavaScript; returns the secret that the page showed."""
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    shown = re.search(r'app-letters">([A-Z2-7]+)<', page)
    assert shown is not None
    client.post(reverse("mfa_activate_totp"), {"code": code_now(shown[1])})
    return shown[1]


def test_an_app_is_set_up_without_scripts_and_counts_at_once(client: Client, cast: Cast) -> None:
    sign_in(client, cast.lead, second_factor=False)

    set_up_app(client)

    assert client.get(reverse("second_factor_needed")).status_code == 302
    assert [r.type for r in Authenticator.objects.filter(user=cast.lead).order_by("type")] == [
        "recovery_codes",
        "totp",
    ]


@pytest.mark.django_db(transaction=True)
def test_its_person_hears_of_each_change(client: Client, cast: Cast) -> None:
    sign_in(client, cast.lead, second_factor=False)
    set_up_app(client)
    client.post(reverse("mfa_generate_recovery_codes"))
    client.post(reverse("mfa_deactivate_totp"))

    subjects = OutboxMessage.objects.order_by("created_at").values_list("subject", flat=True)
    assert list(subjects) == [
        "A second step was added",
        "New spare codes were made",
        "A second step was removed",
    ]
    verbs = audit.AuditEntry.objects.filter(actor_id=cast.lead.pk).values_list("verb", flat=True)
    assert list(verbs) == ["totp_activated", "recovery_codes_generated", "totp_deactivated"]


@pytest.mark.django_db(transaction=True)
def test_spare_codes_are_shown_once(client: Client, cast: Cast) -> None:
    sign_in(client, cast.lead, second_factor=False)
    set_up_app(client)
    first = RecoveryCodes.activate(cast.lead).get_unused_codes()[0]

    pages = [client.get(reverse("mfa_view_recovery_codes")).content.decode() for _ in range(2)]

    assert [first in page for page in pages] == [True, False]
    assert client.get(reverse("mfa_download_recovery_codes")).status_code == 403


def test_the_page_that_asks_leads_to_setting_one_up(client: Client, cast: Cast) -> None:
    sign_in(client, cast.lead, second_factor=False)

    page = client.get(reverse("second_factor_needed")).content.decode()

    assert reverse("mfa_add_webauthn") in page
    assert reverse("mfa_activate_totp") in page


def test_the_page_that_asks_leads_to_the_code_and_back(client: Client, cast: Cast) -> None:
    give_app(cast.lead)
    sign_in(client, cast.lead, second_factor=False)
    back = reverse("account")

    page = client.get(reverse("second_factor_needed"), {"next": back}).content.decode()
    answer = client.post(reverse("mfa_reauthenticate"), {"code": code_now(), "next": back})

    assert f"{reverse('mfa_reauthenticate')}?next=%2Faccount%2F" in page
    assert answer.headers["Location"] == back
    assert client.get(reverse("second_factor_needed")).status_code == 302


@pytest.mark.parametrize("place", ["//evil.example", "https://evil.example/", "/\\evil.example"])
def test_the_page_that_asks_leads_nowhere_else(client: Client, cast: Cast, place: str) -> None:
    sign_in(client, cast.lead)

    response = client.get(reverse("second_factor_needed"), {"next": place})

    assert response.headers["Location"] == "/"


def test_setting_up_asks_again_who_it_is_after_five_minutes(client: Client, cast: Cast) -> None:
    submit_password(client, cast.lead.email)
    assert client.get(reverse("mfa_activate_totp")).status_code == 200

    with time_machine.travel(time.time() + 301, tick=True):
        response = client.get(reverse("mfa_activate_totp"))

    assert response.headers["Location"].startswith(reverse("account_reauthenticate"))
