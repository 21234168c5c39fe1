"""Adding after sending: words, small pages, people, another way to be reached."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from concerns.enums import Step
from concerns.models import Concern, Exclusion, InvolvedPerson, Message, Telling
from concerns.services import following_up
from concerns.services.names import whole_name
from safeguarding import audit, clock, context, outbox
from safeguarding.contacts.models import Contact, ContactKind
from safeguarding.contacts.services.succession import succeed
from safeguarding.outbox import OutboxMessage
from safeguarding.permissions import Role
from tests.cast import Cast, contact, person
from tests.raising.journey import Reporter, identity_of, the_concern

pytestmark = pytest.mark.django_db


@pytest.fixture
def back(reporter: Reporter) -> Reporter:
    """Somebody who came back with their receipt, on another device."""
    client = Client()
    client.post("/follow-up/", {"receipt": reporter.raise_it()})
    return Reporter(client)


def messages() -> list[str | None]:
    with context.system():
        return [m.words for m in Message.objects.select_related("concern__key").order_by("at")]


def news() -> list[str]:
    return sorted(OutboxMessage.objects.filter(kind=following_up.NEWS).values_list("to", flat=True))


def add(back: Reporter, words: str, **data: str) -> Any:
    return back.answer_form("/follow-up/", "/follow-up/add/", {"words": words, **data})


@pytest.mark.clause("7.3")
def test_what_is_added_stands_beside_and_those_told_hear_of_it(back: Reporter) -> None:
    page = add(back, "It happened again.\nTwice.").content.decode()

    assert "It happened again.\nTwice." in page
    assert messages() == ["It happened again.\nTwice."]
    assert the_concern().unread_replies == 1
    assert news() == ["dara@example.org", "lena@example.org"]
    assert the_concern().words == "The door was locked."


def test_news_hold_no_words(back: Reporter) -> None:
    add(back, "Quillfeather")
    sent = OutboxMessage.objects.filter(kind=following_up.NEWS)

    assert all("Quillfeather" not in f"{m.subject}{m.text}{m.html}" for m in sent)
    assert all(the_concern().reference in (m.text or "") for m in sent)


def test_one_waiting_mail_a_person_is_enough(back: Reporter) -> None:
    add(back, "One.")
    add(back, "Two.")

    assert len(news()) == 2
    assert the_concern().unread_replies == 2


def test_only_whoever_has_it_hears_of_it(back: Reporter, cast: Cast) -> None:
    with context.system():
        Concern.objects.update(assigned_to=cast.deputy)
    add(back, "More.")

    assert news() == ["dara@example.org"]


def test_nobody_who_is_kept_out_hears_of_it(back: Reporter, cast: Cast) -> None:
    concern = the_concern()
    with context.system():
        Exclusion.objects.create(concern=concern, person=cast.lead, why="involved", at=concern.raised_at)
    add(back, "More.")

    assert news() == ["dara@example.org"]


def test_a_lead_whose_address_changed_hears_of_it_there(back: Reporter, cast: Cast) -> None:
    lead = Contact.objects.get(person=cast.lead)
    succeed(lead, now=clock.now(), email="lena.new@example.org")
    add(back, "More.")

    assert news() == ["dara@example.org", "lena.new@example.org"]


def test_when_nobody_who_was_told_is_there_any_more_those_who_came_after_hear_of_it(
    back: Reporter, cast: Cast
) -> None:
    Contact.objects.filter(kind__in=("lead", "deputy")).update(valid_to=clock.now())
    contact(person("Nia", Role.LEAD), ContactKind.LEAD)
    add(back, "More.")

    assert news() == ["nia@example.org"]


def test_the_page_does_not_say_that_they_were_never_told(back: Reporter) -> None:
    page = back.open("/follow-up/more/people/").content.decode()

    assert "They may have seen it before." in page and "they will not be told" not in page


def test_a_second_click_adds_once(back: Reporter) -> None:
    once = str(uuid4())
    add(back, "Once.", once=once)
    add(back, "Once.", once=once)

    assert messages() == ["Once."]


def test_a_form_id_of_somebody_else_finds_nothing_of_theirs(back: Reporter) -> None:
    add(back, "Mine.", once="made up")
    add(back, "Mine too.", once="also made up")

    assert messages() == ["Mine.", "Mine too."]


@pytest.mark.parametrize(
    ("words", "error"), [("", "Please fill this in"), ("w" * 20_001, "Nothing is lost.")]
)
def test_what_is_wrong_is_said_and_the_words_stay(back: Reporter, words: str, error: str) -> None:
    page = add(back, words)

    assert page.status_code == 422
    assert error in page.content.decode() and f"{words}</textarea>" in page.content.decode()


def test_it_is_in_the_audit_without_words(back: Reporter) -> None:
    add(back, "Quillfeather")
    row = audit.AuditEntry.objects.get(verb="reporter_added")

    assert (row.actor_kind, row.about_id, row.facts) == ("reporter", the_concern().pk, {})


def test_small_pages_after_sending_add_and_replace_nothing(back: Reporter) -> None:
    back.answer("/follow-up/more/when/", {"happened": "last spring"})
    back.answer("/follow-up/more/when/", {"happened": "or in summer"})

    title = "When it happened, and when you were told"
    assert messages() == [
        f"{title}\n\nWhen it happened: last spring",
        f"{title}\n\nWhen it happened: or in summer",
    ]
    assert the_concern().details is None


def test_an_empty_small_page_adds_nothing(back: Reporter) -> None:
    assert back.answer("/follow-up/more/seen/").request["PATH_INFO"] == "/follow-up/more/"
    assert messages() == []


def test_an_error_on_a_small_page_keeps_the_words(back: Reporter) -> None:
    page = back.answer("/follow-up/more/seen/", {"saw": "w" * 10_001})

    assert page.status_code == 422
    assert "w" * 10_001 in page.content.decode()


def test_an_unknown_small_page_is_not_found(back: Reporter) -> None:
    assert back.client.get("/follow-up/more/nothing/").status_code == 404


@pytest.mark.clause("7.1c")
def test_naming_one_of_ours_later_keeps_them_out_and_somebody_else_is_told(
    back: Reporter, cast: Cast
) -> None:
    with context.system():
        Concern.objects.update(assigned_to=cast.lead)
    back.answer("/follow-up/more/people/", {"person": str(cast.lead.pk), "role": "involved"})

    with context.system():
        concern = Concern.objects.get()
        assert [e.person for e in Exclusion.objects.select_related("person")] == [cast.lead]
        assert not concern.is_visible_to(cast.lead)
        assert concern.assigned_to is None
        told = {t.contact.name: t.step for t in Telling.objects.select_related("contact")}
    assert told == {"Lena": Step.FIRST, "Dara": Step.FIRST, "Alex": Step.ALTERNATE}
    assert news() == ["alex@example.org", "dara@example.org"]
    states = dict(OutboxMessage.objects.filter(kind="concern_waiting").values_list("to", "state"))
    assert states["lena@example.org"] == outbox.MessageState.WITHDRAWN


def test_a_person_named_later_is_on_the_record_once(back: Reporter) -> None:
    data = {"name": "Robin Ash", "role": "saw_it", "once": str(uuid4())}
    back.answer("/follow-up/more/people/", data)
    back.answer("/follow-up/more/people/", data)

    with context.system():
        row = InvolvedPerson.objects.select_related("concern__key").get()
        assert (row.name, row.role, row.added_by) == ("Robin Ash", "saw_it", None)
        assert row.concern.name_tokens.filter(token=whole_name("Robin Ash")).exists()
    assert messages() == ["Robin Ash (saw or heard it)"]


@pytest.mark.clause("7.2")
def test_a_safe_contact_can_be_changed(back: Reporter) -> None:
    back.answer("/follow-up/reach/", {"name": "Wren", "phone": "07700 900123", "show_words": "on"})
    identity = identity_of(the_concern())

    assert (identity.mode, identity.name, identity.phone) == ("contact", "Wren", "07700 900123")
    assert identity.show_words is True
    assert the_concern().unread_replies == 1
    assert audit.AuditEntry.objects.get(verb="reporter_changed_contact").facts == {"mode": "contact"}


def test_a_contact_can_be_taken_back(back: Reporter) -> None:
    back.answer("/follow-up/reach/", {"phone": "07700 900123"})
    back.answer("/follow-up/reach/", {"mode": "anonymous", "phone": ""})
    identity = identity_of(the_concern())

    assert (identity.mode, identity.phone, identity.email) == ("anonymous", None, None)


def test_what_we_know_is_in_the_form(back: Reporter) -> None:
    back.answer("/follow-up/reach/", {"email": "wren@example.org"})

    assert 'value="wren@example.org"' in back.open("/follow-up/reach/").content.decode()
