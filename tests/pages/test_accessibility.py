"""`/accessibility/`: an honest statement, with a person to tell."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.cast import Cast


@pytest.mark.django_db
def test_it_says_how_well_it_works_and_what_was_not_tested(client: Client) -> None:
    shown = client.get("/accessibility/").content.decode()

    assert "version 2.2, level AA" in shown
    assert "have not yet tested it" in shown


@pytest.mark.django_db
def test_it_names_a_person_to_tell(cast: Cast, client: Client) -> None:
    assert "mailto:lena@example.org" in client.get("/accessibility/").content.decode()


@pytest.mark.django_db
def test_post_is_refused(client: Client) -> None:
    assert client.post("/accessibility/").status_code == 405
