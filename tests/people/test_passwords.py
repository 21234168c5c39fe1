"""Passwords: what may be one, how one is changed and got back, and that their person hears of it."""

from __future__ import annotations

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from safeguarding.outbox import OutboxMessage
from safeguarding.people.models import Person
from tests.cast import PASSWORD, Cast, sign_in
from tests.people.signing_in import (
    code_now,
    give_app,
    is_signed_in,
    link_in_mail,
    submit_code,
    submit_password,
)

pytestmark = pytest.mark.django_db
NEW = "nine brown otters under the bridge"


@pytest.fixture(autouse=True)
def no_limits_yet(db: None) -> None:
    cache.clear()


@pytest.mark.parametrize(
    "password",
    [
        "fourteen chars",
        "password1234567",
        "safeguarding co-production",
        "TheCollective2026",
        "passwordpassword",
    ],
)
def test_a_weak_password_is_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password, Person(email="lena@example.org", preferred_name="Lena"))


@pytest.mark.parametrize(
    "password",
    [
        "fifteen letters",
        "  spaces count too  ",
        "только маленькие буквы",
        "🐙🐙🐙🐙🐙 and eleven more",
        "seven geese " * 10 + "!",
        "a" * 8 + "b" * 7,
    ],
)
def test_no_kind_of_character_is_asked_for_or_forbidden(password: str) -> None:
    validate_password(password, Person(email="lena@example.org", preferred_name="Lena"))


def test_a_long_password_with_spaces_signs_in_exactly_as_typed(client: Client, cast: Cast) -> None:
    cast.facilitator.set_password("  spaces count too  ")
    cast.facilitator.save(update_fields=["password"])

    submit_password(client, cast.facilitator.email, "spaces count too")
    assert not is_signed_in(client)
    submit_password(client, cast.facilitator.email, "  spaces count too  ")
    assert is_signed_in(client)


def change(client: Client, old: str = PASSWORD, new: str = NEW) -> int:
    data = {"oldpassword": old, "password1": new, "password2": new}
    return client.post(reverse("account_change_password"), data).status_code


def test_changing_it_ends_every_session_and_tells_its_person(client: Client, cast: Cast) -> None:
    sign_in(client, cast.facilitator)
    elsewhere = sign_in(Client(), cast.facilitator)

    assert change(client) == 302

    assert (is_signed_in(client), is_signed_in(elsewhere)) == (False, False)
    mail = OutboxMessage.objects.get()
    assert (mail.goes_to, mail.subject) == (cast.facilitator.email, "Your password was changed")


def test_changing_it_needs_the_old_one(client: Client, cast: Cast) -> None:
    sign_in(client, cast.facilitator)

    assert change(client, old="not the one I have now") == 200
    assert is_signed_in(client)


def ask_for_link(client: Client, email: str) -> str:
    return client.post(reverse("account_reset_password"), {"email": email}, follow=True).content.decode()


def test_asking_for_a_new_one_says_the_same_whoever_asks(client: Client, cast: Cast) -> None:
    known = ask_for_link(client, cast.lead.email)
    unknown = ask_for_link(client, "nobody@example.org")

    assert known == unknown


def test_asking_for_a_new_one_sends_one_mail_whoever_asks(client: Client, cast: Cast) -> None:
    ask_for_link(client, cast.lead.email)
    ask_for_link(client, "nobody@example.org")

    sent = [(mail.goes_to, mail.subject) for mail in OutboxMessage.objects.order_by("created_at")]
    assert sent == [(cast.lead.email, "A new password"), ("nobody@example.org", "A new password")]


def new_password_by_mail(client: Client, email: str) -> None:
    ask_for_link(client, email)
    page = client.get(link_in_mail("password/reset/key/"), follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})


def test_the_mailed_link_leads_to_this_site_whatever_host_was_asked(client: Client, cast: Cast) -> None:
    client.post(
        reverse("account_reset_password"),
        {"email": cast.lead.email},
        headers={"X-Forwarded-Host": "evil.example"},
    )

    text = OutboxMessage.objects.get().text or ""
    assert "evil.example" not in text
    assert "http://localhost:8000/account/password/reset/key/" in text


def test_the_mailed_link_works_once(client: Client, cast: Cast) -> None:
    ask_for_link(client, cast.facilitator.email)
    link = link_in_mail("password/reset/key/")
    page = client.get(link, follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})

    again = Client().get(link, follow=True)

    assert "This link does not work any more" in again.content.decode()
    submit_password(client, cast.facilitator.email, NEW)
    assert is_signed_in(client)


def test_a_new_password_does_not_stand_in_for_the_second_factor(client: Client, cast: Cast) -> None:
    give_app(cast.lead)
    new_password_by_mail(client, cast.lead.email)

    assert not is_signed_in(client)
    response = submit_password(client, cast.lead.email, NEW)
    assert response.headers["Location"].startswith(reverse("mfa_authenticate"))
    assert not is_signed_in(client)
    submit_code(client, code_now())
    assert is_signed_in(client)


def test_a_closed_account_gets_no_link(client: Client, cast: Cast) -> None:
    cast.facilitator.is_active = False
    cast.facilitator.save(update_fields=["is_active"])

    ask_for_link(client, cast.facilitator.email)

    assert "There is no account with it here" in (OutboxMessage.objects.get().text or "")


def test_passwords_are_hashed_with_argon2id(cast: Cast) -> None:
    assert cast.lead.password.startswith("argon2$argon2id$")
