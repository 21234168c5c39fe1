"""Raising a concern and coming back: open to anybody. Typing in for somebody: for those who may."""

from __future__ import annotations

from typing import Any

from django.test import Client

from concerns.services.raising import Raised, raise_concern
from concerns.views.visit import open_follow_up
from safeguarding import audit
from safeguarding.people.models import Person
from safeguarding.permissions import Verb
from tests.access.table import Row, Who
from tests.cast import Cast
from tests.raising.journey import Reporter

FORM = ("GET", "POST")


def begun(client: Client, cast: Cast, person: Person | None) -> None:
    """The first page is passed."""
    Reporter(client).begin()


def sent(client: Client, cast: Cast, person: Person | None) -> None:
    Reporter(client).raise_it()


def returned(client: Client, cast: Cast, person: Person | None) -> None:
    """The receipt was entered in this visit."""
    concern = raise_concern(raised=Raised(words="Something."), by=audit.Other.REPORTER)
    session = client.session
    open_follow_up(type("Asked", (), {"session": session})(), concern.pk)
    session.save()
    client.cookies["session"] = session.session_key or ""


def a_section(cast: Cast, person: Person | None) -> dict[str, Any]:
    return {"section": "seen"}


def an_entry(cast: Cast, person: Person | None) -> dict[str, Any]:
    return {"entry": "6a1f4bb6-6b3f-4f0c-9d3a-0c1f6f6e2d11"}


ROWS = (
    Row("raise_start", Who.PUBLIC, FORM, post_gives=302),
    Row("raise_words", Who.PUBLIC, FORM, ready=begun, post_gives=302),
    Row("raise_reach", Who.PUBLIC, FORM, ready=begun, post_gives=302),
    Row("raise_check", Who.PUBLIC, FORM, ready=begun, post_gives=422),  # nothing was written
    Row("raise_more", Who.PUBLIC, ready=begun),
    Row("raise_more_section", Who.PUBLIC, FORM, own=a_section, ready=begun, post_gives=302),
    Row("raise_more_people", Who.PUBLIC, FORM, ready=begun, post_gives=422),  # nobody was named
    Row("raise_remove_person", Who.PUBLIC, ("POST",), own=an_entry, ready=begun, gives=302),
    Row("raise_stop", Who.PUBLIC, FORM, ready=begun),
    Row("raise_come_back", Who.PUBLIC, FORM, post_gives=422),
    Row("raise_blank_form", Who.PUBLIC),
    Row("raise_sent", Who.PUBLIC, FORM, ready=sent, post_gives=302),
    Row("raise_done", Who.PUBLIC),
    Row("follow_up", Who.PUBLIC, FORM, ready=returned, post_gives=422),
    Row("follow_up_add", Who.PUBLIC, ("POST",), ready=returned, gives=422),
    Row("follow_up_read", Who.PUBLIC, ("POST",), ready=returned, gives=302),
    Row("follow_up_reach", Who.PUBLIC, FORM, ready=returned, post_gives=302),
    Row("follow_up_more", Who.PUBLIC, ready=returned),
    Row("follow_up_section", Who.PUBLIC, FORM, own=a_section, ready=returned, post_gives=302),
    Row("follow_up_people", Who.PUBLIC, FORM, ready=returned, post_gives=422),
    Row("follow_up_close", Who.PUBLIC, ("POST",), gives=302),
    Row("concerns_enter", (Verb.ENTER_FOR_OTHERS,), FORM, post_gives=422),  # nothing was written
)
