"""`/raise/sent/`: thanks, the receipt, what happens next and by when, three true states."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.template.defaultfilters import date as as_date
from django.test import Client
from django.utils import timezone

from concerns import receipts
from concerns.models import Concern, Draft
from safeguarding import audit, context, outbox
from safeguarding.crypto import RecordKey
from tests.cast import Cast
from tests.mail import Post
from tests.raising.journey import Reporter, the_concern

pytestmark = pytest.mark.django_db


def page_of(reporter: Reporter, **answers: str) -> str:
    reporter.begin()
    return str(reporter.send_now(**answers).content.decode())


@pytest.mark.clause("V4")
@pytest.mark.clause("7.2")
def test_thanks_come_first_and_nobody_may_treat_you_worse(reporter: Reporter) -> None:
    page = page_of(reporter)

    assert page.index("Thank you for telling us") < page.index("Your receipt")
    assert "Nobody may treat you worse for it." in page


@pytest.mark.clause("7.0a")
def test_the_receipt_in_four_groups_finds_the_concern(reporter: Reporter) -> None:
    page = page_of(reporter)
    groups = re.findall(r"<span>(\d{4})</span>", page)

    assert len(groups) == 4
    with context.system():
        found = receipts.find("".join(groups))
        assert found is not None and found.concern_id == the_concern().pk


def test_by_when_somebody_takes_it_on_is_said_in_the_readers_zone(reporter: Reporter) -> None:
    page = page_of(reporter)
    by = timezone.localtime(the_concern().acknowledge_by)

    assert f"<strong>{as_date(by, 'l j F')}, {as_date(by, 'H:i')}</strong> (UK time)" in page


def test_states_are_true_when_nothing_has_left_us(reporter: Reporter) -> None:
    page = page_of(reporter)

    assert "Not yet. We keep trying" in page
    assert page.count("(UK time)") == 2  # by when, and recorded


def test_reading_it_again_shows_the_same_receipt(reporter: Reporter) -> None:
    first = page_of(reporter)
    again = reporter.open("/raise/sent/").content.decode()

    assert re.findall(r"<span>(\d{4})", first) == re.findall(r"<span>(\d{4})", again)


@pytest.mark.clause("I5")
def test_under_18_names_the_universitys_people(reporter: Reporter) -> None:
    assert "the university’s people for this are brought in first" in page_of(reporter, under_18="yes")


def test_a_saved_receipt_ends_the_draft_its_key_and_what_the_visit_knew(reporter: Reporter) -> None:
    page_of(reporter)
    keys = RecordKey.objects.count()

    done = reporter.client.post("/raise/sent/", follow=True)

    assert "Nothing of what you sent is left on this device." in done.content.decode()
    assert Draft.objects.count() == 0
    assert RecordKey.objects.count() == keys - 1
    assert set(reporter.client.session.keys()) == set()
    assert reporter.client.get("/raise/sent/").headers["Location"] == "/raise/"
    assert "<textarea" not in reporter.client.get("/follow-up/").content.decode()


def test_after_that_an_old_tab_cannot_send_a_second_one(reporter: Reporter) -> None:
    page = reporter.begin()
    data = {**reporter.hidden(page), "words": "Once.", "send": "1"}
    reporter.client.post("/raise/words/", data)
    reporter.client.post("/raise/sent/")

    stale = reporter.client.post("/raise/words/", data, follow=True)

    assert stale.request["PATH_INFO"] == "/raise/"
    with context.system():
        assert Concern.objects.count() == 1


def test_no_receipt_is_in_an_address_a_session_or_the_audit(reporter: Reporter) -> None:
    reporter.begin()
    answered = reporter.send_now()
    receipt = reporter.receipt(answered)
    seen = str(answered.redirect_chain) + str(dict(reporter.client.session))
    seen += str(list(audit.AuditEntry.objects.values()))

    assert receipt not in seen.replace(" ", "").replace("-", "")


def test_every_page_of_the_journey_leads_to_the_receipt_once_sent(reporter: Reporter) -> None:
    page_of(reporter)
    for path in ("", "words/", "reach/", "check/", "more/", "more/seen/", "more/people/", "stop/"):
        assert reporter.client.get(f"/raise/{path}").headers["Location"] == "/raise/sent/"


def test_only_this_visit_sees_it(reporter: Reporter) -> None:
    page_of(reporter)

    assert Client().get("/raise/sent/").headers["Location"] == "/raise/"


@pytest.mark.django_db(transaction=True)
@pytest.mark.clause("7.0c")
def test_the_mail_that_left_shows_with_its_time_and_holds_no_words(cast: Cast, post: Post) -> None:
    reporter = Reporter()
    reporter.begin()
    reporter.send_now("Quillfeather said so.")
    with context.system():
        outbox.send_due()

    page = reporter.open("/raise/sent/").content.decode()

    assert "Not yet. We keep trying" not in page
    assert page.count("(UK time)") == 3
    assert post.recipients == ["dara@example.org", "lena@example.org"]
    assert all("Quillfeather" not in mail.as_string() for mail in post.mails)
    assert settings.SITE_URL in post.mails[0].as_string()
