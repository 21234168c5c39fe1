"""`/help/`: danger first, then our people, then help from outside; for anyone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from safeguarding.contacts.models import Contact, ContactKind, HelpKind, HelpPanel
from tests.cast import Cast


def panel(kind: HelpKind, title: str, **columns: Any) -> HelpPanel:
    since = timezone.now() - timedelta(days=10)
    return HelpPanel.objects.create(
        kind=kind, title=title, words="What they do.", valid_from=since, **columns
    )


def page(client: Client) -> str:
    reply = client.get("/help/")
    assert reply.status_code == 200
    return str(reply.content.decode())


@pytest.mark.django_db
@pytest.mark.clause("8.g")
def test_the_named_contact_stands_first_with_ways_to_reach_them(cast: Cast, client: Client) -> None:
    shown = page(client)

    assert shown.index("Lena") < shown.index("Dara") < shown.index("Alex")
    assert 'href="tel:020 7946 0001"' in shown
    assert "mailto:lena@example.org" in shown


@pytest.mark.django_db
def test_danger_comes_before_everything(cast: Cast, client: Client) -> None:
    shown = page(client)

    assert shown.index('<a class="govuk-link" href="tel:999">') < shown.index("Lena")


@pytest.mark.django_db
def test_somebody_who_is_away_or_not_public_is_not_shown(cast: Cast, client: Client) -> None:
    Contact.objects.filter(kind=ContactKind.LEAD).update(away_until=timezone.now() + timedelta(days=1))
    Contact.objects.filter(kind=ContactKind.DEPUTY).update(shown_publicly=False)

    shown = page(client)

    assert ("Lena" in shown, "Dara" in shown, "Alex" in shown) == (False, False, True)


@pytest.mark.django_db
def test_before_anybody_is_named_it_says_so_and_points_outside(client: Client) -> None:
    shown = page(client)

    assert "Nobody is named here yet" in shown
    assert "Your local council" in shown


@pytest.mark.django_db
@pytest.mark.clause("I1")
@pytest.mark.clause("7.5")
def test_the_universitys_procedure_and_outside_help_are_dated_panels(client: Client) -> None:
    panel(HelpKind.UNIVERSITY, "The university's own procedure", phone="020 7946 0100")
    panel(HelpKind.OUTSIDE, "A night line")
    panel(HelpKind.OUTSIDE, "An old line", valid_to=timezone.now() - timedelta(days=1))

    shown = page(client)

    assert "The university&#x27;s own procedure" in shown
    assert 'href="tel:02079460100"' in shown
    assert ("A night line" in shown, "An old line" in shown) == (True, False)


@pytest.mark.django_db
@pytest.mark.clause("V4")
def test_it_says_what_leaving_quickly_does_to_a_draft(client: Client) -> None:
    shown = page(client)

    assert "A draft that you did not save with a code is gone when you exit" in shown
    assert "stays for 30 days" in shown


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_other_methods_are_refused(client: Client, method: str) -> None:
    assert getattr(client, method)("/help/").status_code == 405
