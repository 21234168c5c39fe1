"""How it was to tell us: asked of a visit with a receipt, read by people who worked on none of it."""

from __future__ import annotations

from django.test import Client

from concerns.views.visit import open_follow_up
from safeguarding.people.models import Person
from tests.access.table import Row, Who
from tests.cast import Cast
from tests.triage.conftest import closed


def with_a_closed_one(client: Client, cast: Cast, someone: Person | None) -> None:
    session = client.session
    open_follow_up(type("Asked", (), {"session": session})(), closed(cast.lead).pk)
    session.save()
    client.cookies["session"] = session.session_key or ""


ROWS = (
    Row("felt", Who.PUBLIC, ("GET", "POST"), ready=with_a_closed_one, post_gives=302),
    Row("felt_read", Who.SIGNED_IN),
)
