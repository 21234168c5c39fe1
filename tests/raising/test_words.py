"""`/raise/words/`: one's own words, kept exactly, whatever goes wrong."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from concerns.enums import HowSoon, Under18
from concerns.models import Draft
from safeguarding import clock
from tests.cast import Cast
from tests.raising.journey import Reporter, concerns, the_concern

pytestmark = pytest.mark.django_db
LIMIT = settings.WORDS_LIMIT


def box(page: str) -> str:
    found = re.search(r'<textarea name="words"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL)
    return found[1] if found else ""


def test_who_reads_it_is_said_on_the_page_where_it_is_typed(reporter: Reporter) -> None:
    page = reporter.begin().content.decode()

    assert page.index("Lena, safeguarding lead; Dara, deputy lead.") < page.index("<textarea")
    assert page.index("We never put your words in a mail.") < page.index("<textarea")


def test_by_when_somebody_takes_it_on_is_said_on_the_page_where_it_is_typed(
    reporter: Reporter, settings: Any
) -> None:
    settings.ACKNOWLEDGE_URGENT_HOURS, settings.ACKNOWLEDGE_WORKING_DAYS = 3, 1
    page = reporter.begin().content.decode()

    for words in ("within 3 working hours", "1 working day at most", "we tell the next person ourselves"):
        assert 0 < page.find(words) < page.index("<textarea")


@pytest.mark.clause("7.4")
@pytest.mark.parametrize(
    "words", ["😀 «ñ» \u202ertl\u202c \u200d", "line\n\n  indented\nend ", "{{ 7*7 }} <b>&amp;"]
)
def test_words_are_kept_exactly(reporter: Reporter, words: str) -> None:
    reporter.raise_it(words)

    assert the_concern().words == words


def test_line_breaks_of_a_browser_are_one_character(reporter: Reporter) -> None:
    reporter.raise_it("a\r\n" * (LIMIT // 2))

    assert the_concern().words == "a\n" * (LIMIT // 2)


@pytest.mark.parametrize("over", [1, LIMIT * 50])
def test_too_long_is_refused_kindly_and_the_text_stays(reporter: Reporter, over: int) -> None:
    reporter.begin()
    words = "w" * (LIMIT + over)
    response = reporter.send_now(words)

    assert response.status_code == 422
    assert "Nothing is lost." in response.content.decode()
    assert box(response.content.decode()) == words
    assert concerns() == []


def test_as_long_as_the_limit_is_taken(reporter: Reporter) -> None:
    reporter.raise_it("€" * LIMIT)

    assert the_concern().words == "€" * LIMIT


def test_nul_is_marked_and_the_rest_stays(reporter: Reporter) -> None:
    reporter.begin()
    response = reporter.send_now("before\x00after")

    assert response.status_code == 422
    assert box(response.content.decode()) == "before\ufffdafter"


@pytest.mark.clause("5.3")
def test_sending_needs_words_or_the_wish_to_be_contacted(reporter: Reporter) -> None:
    reporter.begin()
    response = reporter.send_now("  \n ")

    assert response.status_code == 422
    assert (
        'href="#id_words">Write a few words here, or ask us to contact you instead.'
        in response.content.decode()
    )


def test_going_on_needs_nothing(reporter: Reporter) -> None:
    reporter.begin()

    assert reporter.write("").request["PATH_INFO"] == "/raise/reach/"


@pytest.mark.clause("5.3")
def test_rather_not_write_leads_to_a_way_to_be_reached(reporter: Reporter) -> None:
    reporter.begin()
    page = reporter.send_now("", rather_not_write="on")

    assert page.request["PATH_INFO"] == "/raise/reach/"
    assert "You asked us to contact you" in page.content.decode()
    assert concerns() == []


def test_skipped_answers_are_not_sure_and_not_said(reporter: Reporter) -> None:
    reporter.raise_it()
    concern = the_concern()

    assert (concern.how_soon, concern.how_soon_asked, concern.under_18) == (
        HowSoon.NOT_SURE,
        HowSoon.NOT_SURE,
        Under18.NOT_SAID,
    )


def test_not_sure_is_treated_as_today(reporter: Reporter) -> None:
    with clock.at(datetime(2026, 3, 3, 11, tzinfo=UTC)):  # the hours of the cast end at a minute to midnight
        reporter.raise_it(how_soon="not_sure")
    unsure = the_concern()

    assert (
        unsure.acknowledge_by - unsure.raised_at
    ).total_seconds() == settings.ACKNOWLEDGE_URGENT_HOURS * 3600


@pytest.mark.parametrize("answer", ["yes", "no", "not_sure"])
def test_under_18_is_kept_as_answered(reporter: Reporter, answer: str) -> None:
    reporter.raise_it(under_18=answer, how_soon="no_rush")

    assert the_concern().under_18 == answer


def test_unknown_parameters_and_columns_change_nothing(reporter: Reporter) -> None:
    reporter.raise_it(
        state="closed", held_for_review="1", reference="AAAA-AAAA", how_soon_asked="no_rush", id="1"
    )
    concern = the_concern()

    assert (concern.state, concern.held_for_review, concern.how_soon_asked) == ("waiting", False, "not_sure")


def test_the_last_of_two_values_counts(reporter: Reporter) -> None:
    page = reporter.begin()
    data = {**reporter.hidden(page), "words": ["first", "second"], "send": ["1", "1"]}
    reporter.client.post("/raise/words/", data)

    assert the_concern().words == "second"


def test_what_was_kept_is_back_in_the_box(reporter: Reporter) -> None:
    reporter.begin()
    reporter.write("Kept words.", how_soon="this_week")
    page = reporter.open("/raise/words/").content.decode()

    assert box(page) == "Kept words."
    assert re.search(r'value="this_week" checked', page)


def test_the_draft_is_sealed(reporter: Reporter) -> None:
    reporter.begin()
    reporter.write("Quillfeather")

    assert b"Quillfeather" not in bytes(Draft.objects.get().answers_sealed)


def test_two_tabs_with_different_words_show_both(reporter: Reporter) -> None:
    reporter.begin()
    opened_twice = reporter.open("/raise/words/")
    stale = reporter.hidden(opened_twice)
    reporter.write("From the first tab.")

    second = reporter.client.post("/raise/words/", {**stale, "words": "From the second tab."})
    page = second.content.decode()

    assert second.status_code == 409
    assert box(page) == "From the second tab."
    assert "From the first tab." in page


def test_after_two_tabs_both_texts_can_be_kept(reporter: Reporter) -> None:
    reporter.begin()
    stale = reporter.hidden(reporter.open("/raise/words/"))
    reporter.write("From the first tab.")
    second = reporter.client.post("/raise/words/", {**stale, "words": "From the second tab."})

    again = {**reporter.hidden(second), "words": "From the second tab.", "add_theirs": "1", "send": "1"}
    reporter.client.post("/raise/words/", again)

    assert the_concern().words == "From the second tab.\n\nFrom the first tab."


def test_two_tabs_on_different_pages_disturb_nobody(reporter: Reporter) -> None:
    reporter.begin()
    stale = reporter.hidden(reporter.open("/raise/words/"))
    reporter.answer("/raise/reach/", {"mode": "first_name", "name": "Wren"})

    response = reporter.client.post("/raise/words/", {**stale, "words": "Mine.", "send": "1"}, follow=True)

    assert response.request["PATH_INFO"] == "/raise/sent/"


def test_an_ended_visit_keeps_the_words_sends_nothing_and_begins_at_the_first_page(
    reporter: Reporter,
) -> None:
    reporter.begin()
    stale = reporter.hidden(reporter.open("/raise/words/"))
    reporter.client.cookies.pop("session")

    page = reporter.client.post("/raise/words/", {**stale, "words": "Long typed.", "send": "1"}, follow=True)

    assert page.request["PATH_INFO"] == "/raise/"
    assert "Your visit had ended, so nothing was sent." in page.content.decode()
    assert concerns() == []
    assert box(reporter.begin().content.decode()) == "Long typed."


def test_a_draft_that_outlived_its_time_is_not_found(reporter: Reporter) -> None:
    reporter.begin()
    Draft.objects.update(expires_at=clock.now())

    assert reporter.client.get("/raise/words/").headers["Location"] == "/raise/"


def test_words_of_a_wiped_draft_do_not_overwrite_a_new_one(reporter: Reporter) -> None:
    reporter.begin()
    stale = reporter.hidden(reporter.open("/raise/words/"))
    reporter.client.post("/raise/stop/", {"wipe": "1"})
    reporter.begin()
    reporter.write("The new draft.")

    response = reporter.client.post("/raise/words/", {**stale, "words": "From an old tab."})

    assert response.status_code == 409
    assert "The new draft." in response.content.decode()


def test_after_sending_other_words_from_an_old_tab_are_not_lost(reporter: Reporter) -> None:
    reporter.begin()
    stale = reporter.hidden(reporter.open("/raise/words/"))
    reporter.send_now("Sent.")

    page = reporter.client.post("/raise/words/", {**stale, "words": "Something else.", "send": "1"})

    assert page.status_code == 409
    assert box(page.content.decode()) == "Something else."
    assert 'action="/follow-up/add/"' in page.content.decode()
    assert len(concerns()) == 1


def test_after_sending_the_same_words_lead_to_the_same_receipt(reporter: Reporter) -> None:
    page = reporter.begin()
    data = {**reporter.hidden(page), "words": "Sent.", "send": "1"}
    first = reporter.client.post("/raise/words/", data, follow=True)
    second = reporter.client.post("/raise/words/", data, follow=True)

    assert reporter.receipt(first) == reporter.receipt(second) != ""
    assert len(concerns()) == 1


def test_a_post_from_another_site_is_refused(cast: Cast) -> None:
    response = Client(enforce_csrf_checks=True).post("/raise/words/", {"words": "Something."})

    assert response.status_code == 403
    assert Draft.objects.count() == 0


def test_the_response_may_not_be_kept_and_says_so_to_the_script(reporter: Reporter) -> None:
    page = reporter.begin()

    assert page.headers["Cache-Control"] == "no-store"
    assert "data-private" in page.content.decode() and "data-keep-words" in page.content.decode()
