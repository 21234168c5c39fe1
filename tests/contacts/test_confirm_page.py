"""`/contacts/confirm/<token>/`: opening it shows, the button confirms, once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from safeguarding import looks
from safeguarding.contacts.models import Contact, ContactKind
from safeguarding.contacts.services import confirming, naming
from tests.cast import Cast
from tests.contacts.conftest import link_in, queued
from tests.mail import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(cast: Cast) -> Contact:
    return naming.add(
        by=cast.lead, kind=ContactKind.OUTSIDE, name="The night office", email="night@example.org"
    )


@pytest.fixture
def link(office: Contact) -> str:
    return link_in(queued("confirm_contact")[0])


def test_opening_the_link_confirms_nothing(office: Contact, link: str, client: Client) -> None:
    page = client.get(link).content.decode()

    office.refresh_from_db()
    assert "Does our mail reach you?" in page
    assert office.confirmed_at is None


@pytest.mark.clause("7.0c")
def test_the_button_confirms_and_twice_is_once(office: Contact, link: str, client: Client) -> None:
    client.post(link)
    office.refresh_from_db()
    first = office.confirmed_at

    page = client.post(link).content.decode()

    office.refresh_from_db()
    assert "Thank you. Our mail reaches you" in page
    assert office.confirmed_at == first is not None


def test_an_unknown_link_says_what_to_do(client: Client, db: None) -> None:
    page = client.get("/contacts/confirm/nothing/")

    assert page.status_code == 404
    assert "This link no longer works" in page.content.decode()


def test_a_link_is_too_old_after_two_weeks(office: Contact, link: str, client: Client) -> None:
    Contact.objects.filter(pk=office.pk).update(confirm_sent_at=timezone.now() - timedelta(days=15))

    assert client.post(link).status_code == 404


def test_a_newer_link_stops_the_older(office: Contact, link: str, cast: Cast, client: Client) -> None:
    Contact.objects.filter(pk=office.pk).update(confirm_sent_at=timezone.now() - timedelta(hours=1))

    assert confirming.send_again(contact=office, by=cast.lead) is True

    assert client.get(link).status_code == 404
    assert client.get(link_in(queued("confirm_contact")[0])).status_code == 200


def test_no_second_link_within_a_minute(office: Contact, cast: Cast) -> None:
    assert confirming.send_again(contact=office, by=cast.lead) is False
    assert len(queued("confirm_contact")) == 1


def test_a_contact_that_was_ended_cannot_confirm(
    office: Contact, link: str, cast: Cast, client: Client
) -> None:
    naming.end(contact=office, by=cast.lead)

    assert client.post(link).status_code == 404


def test_the_mail_arrives_and_its_link_works(
    office: Contact, post: Post, client: Client, client_for: Callable[..., Client]
) -> None:
    looks.send_mail()

    (mail,) = [mail for mail in post.mails if mail["To"] == "night@example.org"]
    body = mail.get_body(("plain",))
    assert body is not None
    path = "/contacts/confirm/" + body.get_content().split("/contacts/confirm/")[1].split()[0]
    assert (mail["Subject"], client.get(path).status_code) == ("Please confirm this address", 200)
