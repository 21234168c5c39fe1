"""`/concerns/enter/`: what came on paper, by email or by phone, typed in by somebody who may."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from concerns import receipts
from concerns.models import Concern, Exclusion
from safeguarding import context
from safeguarding.audit import AuditEntry
from safeguarding.outbox import OutboxMessage
from tests.cast import Cast
from tests.raising.journey import Reporter, concerns, identity_of, the_concern

pytestmark = pytest.mark.django_db
URL = "/concerns/enter/"


@pytest.fixture
def lead(cast: Cast, client_for: Callable[..., Client]) -> Reporter:
    return Reporter(client_for(cast.lead))


def enter(who: Reporter, *, untick: tuple[str, ...] = (), **answers: Any) -> Any:
    page = who.client.get(URL)
    told = [value for value in who.ticked(page) if value not in untick]
    data = {**who.hidden(page), "told": told, "channel": "call", "words": "She said the door was locked."}
    return who.client.post(URL, {**data, **answers})


@pytest.mark.clause("7.0a")
def test_who_wrote_it_down_when_it_was_told_and_how_are_kept(lead: Reporter, cast: Cast) -> None:
    day = timezone.localdate() - timedelta(days=2)
    told: dict[str, Any] = {
        "told_on_day": str(day.day),
        "told_on_month": str(day.month),
        "told_on_year": str(day.year),
    }
    enter(lead, channel="paper", told_time="14.30", **told)
    concern = the_concern()

    assert (concern.channel, concern.entered_by, concern.words) == (
        "paper",
        cast.lead,
        "She said the door was locked.",
    )
    assert timezone.localtime(concern.told_at).strftime("%Y-%m-%d %H:%M") == f"{day} 14:30"
    assert concern.told_at < concern.raised_at
    assert AuditEntry.objects.get(verb="concern_raised").actor_id == cast.lead.pk


def test_without_a_day_it_was_told_now(lead: Reporter) -> None:
    enter(lead)

    assert the_concern().told_at == the_concern().raised_at


def test_the_receipt_is_for_the_person_who_told_it(lead: Reporter) -> None:
    page = enter(lead, name="Wren", phone="07700 900123", on_behalf="on")
    receipt = lead.receipt(page)

    with context.system():
        found = receipts.find(receipt)
        assert found is not None and found.concern_id == the_concern().pk
    assert the_concern().reference in page.content.decode()
    identity = identity_of(the_concern())
    assert (identity.name, identity.phone, identity.person, identity.on_behalf) == (
        "Wren",
        "07700 900123",
        None,
        True,
    )


@pytest.mark.clause("7.1c")
def test_the_persons_choice_of_who_is_told_holds_here_too(lead: Reporter, cast: Cast) -> None:
    enter(lead, untick=(str(cast.deputy.pk),), names="Ada")

    with context.system():
        assert {row.person for row in Exclusion.objects.select_related("person")} == {
            cast.deputy,
            cast.administrator,
        }
    assert set(OutboxMessage.objects.values_list("to", flat=True)) == {"lena@example.org", "alex@example.org"}


def test_who_enters_it_may_be_kept_out_of_it(cast: Cast, client_for: Callable[..., Client]) -> None:
    administrator = Reporter(client_for(cast.administrator))
    enter(administrator, untick=("no_other_readers",))

    with context.system():
        assert not Concern.objects.get().is_visible_to(cast.administrator)


def test_a_second_click_enters_it_once_with_the_same_receipt(lead: Reporter) -> None:
    once = str(uuid4())
    first, second = enter(lead, once=once), enter(lead, once=once)

    assert lead.receipt(first) == lead.receipt(second) != ""
    assert len(concerns()) == 1


def test_the_id_of_another_concern_opens_nothing(lead: Reporter) -> None:
    theirs = Reporter().raise_it("Somebody else's.")
    page = enter(lead, once=str(the_concern().pk))

    assert lead.receipt(page) != theirs
    assert len(concerns()) == 2


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ({"channel": ""}, 'href="#id_channel_0">Please choose an answer'),
        ({"words": " "}, 'href="#id_words">Write a few words'),
        ({"told_time": "25:00"}, 'href="#id_told_time">Write the time like 14:30'),
        ({"told_on_day": "1", "told_on_month": "1", "told_on_year": "2999"}, "That day has not come yet."),
        ({"email": "nowhere"}, 'href="#id_email">Check the email address.'),
    ],
)
def test_each_error_says_what_to_do_and_keeps_the_text(
    lead: Reporter, answers: dict[str, Any], error: str
) -> None:
    page = enter(lead, safe_ways="Only by text.", **answers)

    assert page.status_code == 422
    assert re.search(re.escape(error), page.content.decode())
    assert "Only by text." in page.content.decode()
    assert concerns() == []


def test_the_page_speaks_to_whoever_types_and_not_to_whoever_told(lead: Reporter) -> None:
    page = enter(lead, words="").content.decode()

    assert "tick that they would rather be contacted" in page
    for words in ("ask us to contact you", "Use your own words", "Your receipt", "do not have to give names"):
        assert words not in page


def test_the_lead_finds_the_page_from_the_list(lead: Reporter) -> None:
    assert f'href="{URL}"' in lead.client.get("/concerns/").content.decode()
