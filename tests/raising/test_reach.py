"""`/raise/reach/`: how to be known and reached, or not; two answers that do not go together are said kindly."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from concerns.enums import ReporterMode
from concerns.models import ReporterIdentity
from safeguarding.audit import AuditEntry
from tests.cast import Cast
from tests.raising.journey import Reporter, concerns, identity_of, the_concern

pytestmark = pytest.mark.django_db


def raised_with(reporter: Reporter, **answers: str) -> ReporterIdentity:
    reporter.begin()
    reporter.write()
    reporter.answer("/raise/reach/", {**answers, "send": "1"})
    return identity_of(the_concern())


@pytest.mark.clause("7.0b")
def test_left_out_it_is_anonymous_and_the_words_are_shown_to_nobody(reporter: Reporter) -> None:
    identity = raised_with(reporter)

    assert (identity.mode, identity.person, identity.show_words) == (ReporterMode.ANONYMOUS, None, False)
    assert (identity.name, identity.email, identity.phone, identity.safe_ways) == (None, None, None, None)


@pytest.mark.clause("7.2")
def test_every_answer_is_kept_sealed(reporter: Reporter) -> None:
    identity = raised_with(
        reporter,
        mode="contact",
        name="Wren Quillfeather",
        email="wren@example.org",
        phone="07700 900123",
        safe_ways="Text first.\nNever before noon.",
        do_not_contact="",
        show_words="on",
        on_behalf="on",
    )

    assert (identity.mode, identity.name, identity.email) == (
        "contact",
        "Wren Quillfeather",
        "wren@example.org",
    )
    assert (identity.phone, identity.safe_ways) == ("07700 900123", "Text first.\nNever before noon.")
    assert (identity.show_words, identity.on_behalf, identity.do_not_contact) == (True, True, False)
    assert b"Wren" not in bytes(identity.name_sealed)


@pytest.mark.parametrize(
    ("answers", "mode"),
    [
        ({"name": "Wren"}, ReporterMode.FIRST_NAME),
        ({"phone": "07700 900123"}, ReporterMode.CONTACT),
        ({"do_not_contact": "on"}, ReporterMode.ANONYMOUS),
    ],
)
def test_how_to_be_known_follows_from_what_was_given(
    reporter: Reporter, answers: dict[str, str], mode: ReporterMode
) -> None:
    assert raised_with(reporter, **answers).mode == mode


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({"mode": "anonymous", "name": "Wren"}, 'href="#id_mode_0">You wrote a name or a way to reach you.'),
        ({"mode": "first_name", "phone": "07700 900123"}, 'href="#id_mode_0">You wrote a way to reach you.'),
        ({"mode": "contact", "name": "Wren"}, 'href="#id_email">Add an email address or a phone number'),
        ({"email": "wren@nowhere"}, 'href="#id_email">Check the email address.'),
        ({"email": "a@example.org\r\nBcc: b@example.org"}, 'href="#id_email">Check the email address.'),
        ({"name": "w" * 121}, 'href="#id_name">This is 1 character too long.'),
        ({"mode": "made-up"}, 'href="#id_mode_0">Please choose from the answers shown'),
    ],
)
def test_what_does_not_go_together_is_said_with_a_link_and_stays(
    reporter: Reporter, answers: dict[str, str], error: str
) -> None:
    reporter.begin()
    reporter.write()
    page = reporter.answer("/raise/reach/", {**answers, "safe_ways": "Only by text.", "send": "1"})

    assert page.status_code == 422
    assert error in page.content.decode()
    assert "Only by text." in page.content.decode()
    assert concerns() == []


@pytest.mark.clause("5.3")
@pytest.mark.parametrize("answers", [{"mode": "anonymous"}, {"phone": "07700 900123"}])
def test_who_would_rather_not_write_gives_a_way_or_uses_the_receipt(
    reporter: Reporter, answers: dict[str, str]
) -> None:
    reporter.begin()
    reporter.write("", rather_not_write="on")
    reporter.answer("/raise/reach/", {**answers, "send": "1"})

    assert (the_concern().words, the_concern().rather_not_write) == (None, True)


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({}, "Tell us how to reach you, or stay anonymous and use your receipt."),
        (
            {"phone": "1", "do_not_contact": "on"},
            "You asked us to contact you. Untick this, or stay anonymous.",
        ),
    ],
)
def test_asked_to_be_contacted_without_a_way_is_said_kindly(
    reporter: Reporter, answers: dict[str, str], error: str
) -> None:
    reporter.begin()
    reporter.write("", rather_not_write="on")
    page = reporter.answer("/raise/reach/", {**answers, "send": "1"})

    assert error in page.content.decode()
    assert concerns() == []


def test_signed_in_people_are_recognised_only_if_they_wish(
    cast: Cast, client_for: Callable[..., Client]
) -> None:
    unknown = raised_with(Reporter(client_for(cast.co_producer)))

    assert unknown.person is None
    assert AuditEntry.objects.get(verb="concern_raised").actor_id is None


def test_who_wishes_is_recognised(cast: Cast, client_for: Callable[..., Client]) -> None:
    known = raised_with(Reporter(client_for(cast.co_producer)), recognise="on")

    assert known.person == cast.co_producer
    assert AuditEntry.objects.get(verb="concern_raised").actor_id == cast.co_producer.pk


def test_a_visitor_cannot_claim_an_account(reporter: Reporter, cast: Cast) -> None:
    assert "Link this to my account" not in reporter.begin().content.decode()
    assert raised_with(Reporter(), recognise="on", person=str(cast.lead.pk)).person is None


def test_two_tabs_show_both_answers(reporter: Reporter) -> None:
    reporter.begin()
    stale = reporter.hidden(reporter.open("/raise/reach/"))
    reporter.answer("/raise/reach/", {"name": "Wren", "show_words": "on"})

    page = reporter.client.post("/raise/reach/", {**stale, "name": "Robin"})

    assert page.status_code == 409
    assert 'value="Robin"' in page.content.decode()
    assert ">Wren</dd>" in page.content.decode()
