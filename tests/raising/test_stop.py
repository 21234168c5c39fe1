"""Stopping: keep with a code or wipe, and coming back with the code."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from concerns import limits as our_limits
from concerns.models import Draft
from concerns.services import drafts
from safeguarding import clock
from safeguarding.crypto import RecordKey
from safeguarding.limits import Limit
from tests.raising.journey import Reporter, the_concern

pytestmark = pytest.mark.django_db


def stop(reporter: Reporter, choice: str) -> str:
    return reporter.client.post("/raise/stop/", {choice: "1"}).content.decode()


def kept_code(reporter: Reporter) -> str:
    reporter.begin()
    reporter.write("Kept words.")
    return "-".join(re.findall(r"<span>([0-9A-Z]{4})</span>", stop(reporter, "keep")))


def come_back(code: str) -> tuple[Reporter, str]:
    reporter = Reporter()
    page = reporter.client.post("/raise/come-back/", {"code": code}, follow=True)
    return reporter, page.content.decode()


def test_wiping_deletes_the_words_and_their_key_and_says_so(reporter: Reporter) -> None:
    keys = RecordKey.objects.count()
    reporter.begin()
    reporter.write()
    page = stop(reporter, "wipe")

    assert "It is wiped" in page
    assert (Draft.objects.count(), RecordKey.objects.count()) == (0, keys)
    assert reporter.client.get("/raise/words/").headers["Location"] == "/raise/"


def test_keeping_gives_a_code_a_day_and_leaves_nothing_here(reporter: Reporter) -> None:
    code = kept_code(reporter)
    until = Draft.objects.get().expires_at

    assert len(code) == 14
    assert timedelta(days=29, hours=23) < until - timezone.now() < timedelta(days=30, minutes=1)
    assert reporter.client.get("/raise/words/").headers["Location"] == "/raise/"


def test_the_code_finds_it_from_anywhere_however_it_is_typed(reporter: Reporter) -> None:
    code = kept_code(reporter)
    again, page = come_back(code.lower().replace("-", " "))

    assert "Kept words." in page
    again.answer("/raise/check/")
    assert the_concern().words == "Kept words."


def test_only_a_hash_of_the_code_is_kept(reporter: Reporter) -> None:
    code = kept_code(reporter)
    draft = Draft.objects.get()

    assert draft.code_verifier.startswith("$argon2id$")
    assert code not in draft.code_verifier and code.encode() not in bytes(draft.code_hash or b"")


@pytest.mark.parametrize("code", ["", "short", "K7M4-Q2XR-9HD0", "x" * 61, "\x00" * 12])
def test_what_cannot_be_a_code_is_said_kindly(reporter: Reporter, code: str) -> None:
    response = Client().post("/raise/come-back/", {"code": code})

    assert response.status_code == 422
    assert 'href="#id_code">' in response.content.decode()


def test_a_code_that_finds_nothing_says_only_that(reporter: Reporter) -> None:
    _somebody, page = come_back("K7M4-Q2XR-9HDP")

    assert "We cannot find anything with this code." in page


def test_a_kept_draft_ends_after_thirty_days(reporter: Reporter) -> None:
    code = kept_code(reporter)
    Draft.objects.update(expires_at=clock.now())
    drafts.purge(now=clock.now())

    assert Draft.objects.count() == 0
    assert "We cannot find anything with this code." in come_back(code)[1]


def test_nobody_finds_a_draft_by_guessing(reporter: Reporter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(our_limits, "DRAFT_CODE", Limit("draft_code", hits=2, seconds=10**9))
    client = Client()
    answers = [client.post("/raise/come-back/", {"code": "K7M4-Q2XR-9HDP"}).status_code for _n in range(3)]

    assert answers == [422, 422, 429]


def test_nothing_to_stop_leads_to_the_start(reporter: Reporter) -> None:
    assert reporter.client.get("/raise/stop/").headers["Location"] == "/raise/"


def test_a_visits_draft_goes_when_the_visit_is_long_over(reporter: Reporter) -> None:
    reporter.begin()
    reporter.write()
    keys = RecordKey.objects.count()

    assert drafts.purge(now=timezone.now() + timedelta(hours=7)) == 0
    assert drafts.purge(now=timezone.now() + timedelta(hours=9)) == 1
    assert (Draft.objects.count(), RecordKey.objects.count()) == (0, keys - 1)


def test_a_blank_form_can_be_printed(reporter: Reporter) -> None:
    page = Client().get("/raise/blank-form/").content.decode()

    for words in (
        "call 999 first",
        "Lena, safeguarding lead",
        "In your own words",
        "Nobody may treat you worse",
        "☐ Not sure",
        "☐ Please contact me. I would rather not write it.",
        "☐ Please do not contact me",
        "☐ Show my own words when I come back with my receipt",
        "Who took this form",
    ):
        assert words in page
