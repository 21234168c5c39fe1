"""Whom a challenge is about: for them it does not exist, at any address, in any mail, list or number."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from concerns import delivery
from concerns.services.delivery import who_can_mend
from reviews import needs
from reviews.models import Challenge
from reviews.services import challenging, chasing
from reviews.weighing import Reply
from safeguarding import clock
from safeguarding.outbox import MessageState, OutboxMessage
from safeguarding.people.models import Person
from tests.cast import Cast
from tests.decisions.conftest import again, mails, said

pytestmark = [pytest.mark.django_db, pytest.mark.clause("V0", "8.e")]
As = Callable[..., Client]
HERE = "/values-not-followed/"
ANSWERING = ("lead", "deputy", "alternate", "administrator")


def page_of(client: Client, path: str) -> tuple[int, str]:
    answered = client.get(path)
    return answered.status_code, answered.content.decode()


@pytest.mark.parametrize("who", ANSWERING)
def test_they_learn_nothing_at_any_address(cast: Cast, client_for: As, who: str) -> None:
    someone: Person = getattr(cast, who)
    other = cast.deputy if who != "deputy" else cast.lead
    client = client_for(someone)
    before = {path: page_of(client, path) for path in ("/", HERE + "all/", HERE + "all/?show=all")}
    made = said(about=[someone], words="Quiet canary.")[0]
    challenging.answer(challenge=made, by=other, reply=Reply.CHANGE, words="Canary.")
    challenging.book(
        challenge=made,
        by=other,
        booked=challenging.Booked("Canary time", other, timezone.localdate(clock.now())),
    )

    after = {path: client.get(path) for path in before}
    assert {path: answered.status_code for path, answered in after.items()} == dict.fromkeys(before, 200)
    for path, answered in after.items():
        assert "anary" not in answered.content.decode()
        assert ("Nothing waits here" in answered.content.decode()) == (
            "Nothing waits here" in before[path][1]
        )
    for name in ("", "answer/", "book/", "again/"):
        there, nowhere = (client.get(f"{HERE}all/{pk}/{name}") for pk in (made.pk, uuid4()))
        assert (there.status_code, nowhere.status_code) == (404, 404), name
        assert without_pk(there, made.pk) == without_pk(nowhere, made.pk)
    for name in ("answer/", "book/", "mark/", "again/"):
        assert (
            client.post(f"{HERE}all/{made.pk}/{name}", {"reply": "change", "words": "x"}).status_code == 404
        )
    assert client.post(f"{HERE}actions/{made.actions.get().pk}/done/").status_code == 404
    assert not any(need.reference == "Our values" for need in needs.of(someone, clock.now()))


def without_pk(answered: Any, pk: Any) -> str:
    return re.sub(
        r"csrf\w*\" value=\"\w+\"|nonce-\S+|[0-9a-f]{8}-[0-9a-f-]{27}", "", answered.content.decode()
    )


@pytest.mark.parametrize("who", ANSWERING)
def test_no_mail_goes_to_them_whatever_happens(cast: Cast, who: str) -> None:
    someone: Person = getattr(cast, who)
    made = said(about=[someone])[0]
    for days in range(60):
        morning = clock.now().replace(hour=11) + timedelta(days=days)
        chasing.send_due(now=morning)

    assert someone.email not in mails()
    assert mails()
    assert set(made.rounds.get().reminded.values_list("who", flat=True)).isdisjoint({someone.pk})


def test_about_the_lead_the_deputy_reads_it_first_and_no_page_says_which_name_matched(cast: Cast) -> None:
    codes = [said(about_words=typed)[1] for typed in ("Lena", "Nobody Here")]

    pages = [Client().get(f"{HERE}read/{code}/").content.decode() for code in codes]

    assert mails() == [cast.deputy.email, cast.lead.email]
    plain = [without_pk_or_code(page, code) for page, code in zip(pages, codes, strict=True)]
    assert plain[0] == plain[1]


def without_pk_or_code(page: str, code: str) -> str:
    for part in (code[:4], code[4:8], code[8:]):
        page = page.replace(part, "")
    return re.sub(r"csrf\w*\" value=\"\w+\"", "", page)


@pytest.mark.parametrize("typed", ["Lena", "lena!", "It was LENA and somebody else", "Léna"])
def test_a_name_that_was_typed_keeps_them_out_too(cast: Cast, typed: str) -> None:
    made = said(about_words=typed)[0]

    assert not made.is_visible_to(cast.lead)
    assert made.is_visible_to(cast.deputy)
    assert cast.lead.email not in mails()


def test_somebody_must_be_left_to_answer(cast: Cast) -> None:
    told = {"once": str(uuid4()), "words": "x", "about_words": "Lena, Dara, Alex and Ada"}

    answered = Client().post(HERE, told)

    assert "nobody of us is left to answer" in answered.content.decode()
    assert not Challenge.objects.exists()


def test_a_choice_of_people_is_offered_as_in_a_concern(cast: Cast, client_for: As) -> None:
    answered = client_for(cast.co_producer).post(
        HERE, {"once": str(uuid4()), "words": "x", "about": [str(cast.lead.pk)]}
    )

    assert answered.status_code == 302
    assert not Challenge.objects.visible_to(cast.lead).exists()
    assert Challenge.objects.visible_to(cast.deputy).count() == 1


def test_the_twin_says_the_same_as_the_list(cast: Cast) -> None:
    made = said(about=[cast.lead], by=cast.facilitator)[0]

    for someone in cast.everyone().values():
        listed = Challenge.objects.visible_to(someone).filter(pk=made.pk).exists()
        assert made.is_visible_to(someone) == listed


def test_the_public_number_never_tells_of_what_is_about_somebody(cast: Cast) -> None:
    before = Client().get(HERE).content.decode()
    said(about=[cast.lead])
    late = clock.now() + timedelta(days=60)

    assert challenging.late_in_public(late) == 0
    assert "wait longer than we promised" not in before
    said()
    assert challenging.late_in_public(late) == 1


def test_mail_about_it_that_did_not_arrive_tells_them_nothing(cast: Cast) -> None:
    made = said(about=[cast.lead])[0]
    lost = OutboxMessage.objects.get(about_id=made.pk)
    OutboxMessage.objects.filter(pk=lost.pk).update(
        state=MessageState.NOT_DELIVERED, ended_at=clock.now(), fault="recipient 550"
    )

    assert lost.pk not in delivery.in_trouble(cast.lead, clock.now()).values_list("pk", flat=True)
    assert lost.pk in delivery.in_trouble(cast.administrator, clock.now()).values_list("pk", flat=True)
    lost.refresh_from_db()
    assert who_can_mend(lost) == [cast.administrator]


def test_what_they_raised_themselves_about_somebody_else_they_read(cast: Cast) -> None:
    made = said(about=[cast.deputy], by=cast.lead)[0]

    assert again(made).is_visible_to(cast.lead)
