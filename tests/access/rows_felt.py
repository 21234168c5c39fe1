"""What a receipt opens outside the concern: how telling us was, and what went on to the suggestions."""

from __future__ import annotations

from uuid import UUID

from django.test import Client

from concerns.services import passing_on
from concerns.views.visit import open_follow_up
from reviews.services import suggesting
from safeguarding.people.models import Person
from tests.access.table import Row, Who
from tests.cast import Cast
from tests.triage.conftest import closed


def _returned(client: Client, concern_id: UUID) -> None:
    session = client.session
    open_follow_up(type("Asked", (), {"session": session})(), concern_id)
    session.save()
    client.cookies["session"] = session.session_key or ""


def with_a_closed_one(client: Client, cast: Cast, someone: Person | None) -> None:
    _returned(client, closed(cast.lead).pk)


def with_words_passed_on(client: Client, cast: Cast, someone: Person | None) -> None:
    concern = closed(cast.lead)
    suggesting.pass_on("barrier", "Steep stairs.", passing_on.way_there(concern.pk))
    _returned(client, concern.pk)


ROWS = (
    Row("felt", Who.PUBLIC, ("GET", "POST"), ready=with_a_closed_one, post_gives=302),
    Row("felt_read", Who.SIGNED_IN),
    Row("passed_on", Who.PUBLIC, ("GET", "POST"), ready=with_words_passed_on),
    Row("passed_on_take_back", Who.PUBLIC, ("POST",), gives=302, ready=with_words_passed_on),
)
