"""Whatever a field is given: kept exactly or refused in words, and never a fault (fault 34)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concerns.details import BEFORE_SENDING
from concerns.forms.raising import ReachForm, WhoForm, WordsForm
from concerns.forms.raising_code import CodeForm, ReceiptForm
from concerns.forms.raising_more import FORMS, PersonForm
from safeguarding.faults import Fault
from tests.raising.journey import Reporter, concerns

pytestmark = pytest.mark.django_db
ODD = [
    "\x00",
    "a\x00b",
    "\u202eright to left",
    "zero\u200dwidth\u200b",
    "👩🏽‍🚀 𝔘𝔫𝔦",
    "\ufffe\uffff",
    "a\r\nBcc: b@example.org\r\n\r\nbody",
    "'; DROP TABLE concerns_concern; --",
    "<script>alert(1)</script>",
    "{% load i18n %}{{ request }}",
    "\t=cmd|' /C calc'!A0",
    "٣" * 16,
    "9" * 5000,
    "-1",
    "../../etc/passwd",
]
odd_text = st.one_of(st.text(max_size=60), st.sampled_from(ODD), st.binary(max_size=30).map(repr))
PAGES: dict[str, type[Any]] = {
    "/raise/": WhoForm,
    "/raise/words/": WordsForm,
    "/raise/reach/": ReachForm,
    "/raise/more/people/": PersonForm,
    **{f"/raise/more/{section}/": form for section, form in FORMS.items()},
}
RETURNED: dict[str, type[Any]] = {
    "/follow-up/reach/": ReachForm,
    "/follow-up/more/people/": PersonForm,
    **{f"/follow-up/more/{name}/": form for name, form in FORMS.items() if name not in BEFORE_SENDING},
}
POSTED = ("draft", "version", "once", "offered", "add_theirs", "happened_on_day", "told_on_year", "typed")
many = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def fields(form: type[Any]) -> st.SearchStrategy[dict[str, list[str]]]:
    names = [*form.base_fields, *POSTED]
    return st.dictionaries(
        st.sampled_from(names), st.lists(odd_text, min_size=1, max_size=2), max_size=len(names)
    )


def is_answered(response: Any) -> bool:
    return response.status_code in (200, 302, 409, 422) and not Fault.objects.exists()


@pytest.mark.parametrize("url", sorted(PAGES))
def test_no_field_of_the_journey_can_break_it(reporter: Reporter, url: str) -> None:
    reporter.begin()

    @many
    @given(fields(PAGES[url]))
    def post(data: dict[str, list[str]]) -> None:
        assert is_answered(reporter.client.post(url, data))
        assert reporter.open(url).status_code == 200

    post()


@pytest.mark.parametrize("url", sorted(RETURNED))
def test_no_field_of_the_return_can_break_it(reporter: Reporter, url: str) -> None:
    reporter.raise_it()

    @many
    @given(fields(RETURNED[url]))
    def post(data: dict[str, list[str]]) -> None:
        assert is_answered(reporter.client.post(url, data))

    post()


@pytest.mark.parametrize(("url", "form"), [("/follow-up/", ReceiptForm), ("/raise/come-back/", CodeForm)])
def test_no_number_can_break_the_way_back(reporter: Reporter, url: str, form: type[Any]) -> None:
    client = Client(REMOTE_ADDR="198.51.100.99")

    @many
    @given(fields(form))
    def post(data: dict[str, list[str]]) -> None:
        response = client.post(url, data)
        assert response.status_code in (200, 302, 422, 429)

    post()


@pytest.mark.parametrize("words", ODD)
def test_odd_words_are_kept_exactly_or_refused_in_words(reporter: Reporter, words: str) -> None:
    reporter.begin()
    page = reporter.send_now(words)

    if page.status_code == 200:
        assert [c.words for c in concerns()] == [words.replace("\r\n", "\n")]
    else:
        assert page.status_code == 422 and 'href="#id_words">' in page.content.decode()


@pytest.mark.parametrize(
    "raw", [b"words=%ED%A0%80", b"words=%FF%FE&send=1", b"words=%C0%80", b"%%%=&&=&a", b"words"]
)
def test_bytes_that_are_no_text_get_a_page(reporter: Reporter, raw: bytes) -> None:
    reporter.begin()
    response = reporter.client.post("/raise/words/", raw, content_type="application/x-www-form-urlencoded")

    assert is_answered(response)


def test_a_broken_multipart_body_gets_a_page(reporter: Reporter) -> None:
    reporter.begin()
    response = reporter.client.post(
        "/raise/words/",
        b"--x\r\nContent-Disposition: form-data",
        content_type="multipart/form-data; boundary=x",
    )

    assert response.status_code < 500


def test_three_hundred_fields_get_a_clear_page(reporter: Reporter) -> None:
    response = reporter.client.post("/raise/words/", {f"f{n}": "1" for n in range(300)})

    assert response.status_code in (400, 413)
    assert "tel:999" in response.content.decode()


def test_an_oversized_body_gets_a_clear_page(reporter: Reporter) -> None:
    response = reporter.client.post("/raise/words/", {"words": "w" * 4_000_000})

    assert response.status_code in (400, 413)
    assert "tel:999" in response.content.decode()


def test_a_file_where_none_belongs_changes_nothing(reporter: Reporter, tmp_path: Any) -> None:
    (tmp_path / "x.txt").write_text("Canary")
    reporter.begin()
    with (tmp_path / "x.txt").open() as file:
        response = reporter.client.post("/raise/words/", {"words": file})

    assert is_answered(response)
    assert "Canary" not in reporter.open("/raise/words/").content.decode()
