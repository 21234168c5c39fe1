"""`/privacy/`: what is kept, who reads it and for how long, as the product really does it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from safeguarding import outbox


@pytest.mark.clause("V2")
def test_it_says_who_can_read_and_what_an_operator_can(client: Client) -> None:
    shown = client.get("/privacy/").content.decode()

    assert 'href="/who-can-see-what/"' in shown
    assert "The people who run the server could read it" in shown


def test_its_times_are_those_of_the_product(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "KEPT_FOR", timedelta(days=77))

    shown = client.get("/privacy/").content.decode()

    assert "Notes that a mail was sent: 77 days" in shown
    assert "With a code: 30 days" in shown
    assert "or write in a review: as long as there is our statement" in shown


def test_post_is_refused(client: Client) -> None:
    assert client.post("/privacy/").status_code == 405
