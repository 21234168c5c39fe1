"""/concerns/<reference>/reply/"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from concerns.enums import Under18
from concerns.services import following_up, replies
from concerns.services.raising import Reporter
from safeguarding import context, outbox
from tests.cast import Cast
from tests.mail import Post
from tests.triage.conftest import acknowledged, closed, now_is, queued, url
from tests.triage.questions import ActQuestions
from tests.triage.story import messages_of

pytestmark = pytest.mark.django_db
Send = Callable[..., Any]
As = Callable[..., Client]
NAME = "concern_reply"
REACHABLE = Reporter(mode="contact", name="Robin", email="robin@example.org")
QUIET = Reporter(mode="contact", name="Robin", email="robin@example.org", do_not_contact=True)


class TestTheUsual(ActQuestions):
    name = NAME
    answers = {"words": "The lock is changed."}


@pytest.mark.clause("V4")
def test_the_reporter_finds_the_words_with_their_receipt(cast: Cast, client_for: As, send: Send) -> None:
    concern = acknowledged(cast.lead)

    send(client_for(cast.lead), NAME, concern, {"words": "The lock is changed."})

    standing = following_up.standing(concern.pk)
    assert standing is not None
    assert [message.words for message in standing.messages] == ["The lock is changed."]


def test_answering_counts_as_having_read(cast: Cast, client_for: As, send: Send) -> None:
    concern = acknowledged(cast.lead)
    following_up.add_words(concern_id=concern.pk, words="It still jams.", once=concern.pk)

    send(client_for(cast.lead), NAME, concern, {"words": "We will look."})

    assert now_is(concern).unread_replies == 0


def test_where_the_mail_goes_stands_nowhere_in_clear(cast: Cast, client_for: As, send: Send) -> None:
    concern = acknowledged(cast.lead, reporter=REACHABLE)

    send(client_for(cast.lead), NAME, concern, {"words": "Look.", "send_mail": "on"})

    message = outbox.OutboxMessage.objects.get(kind="answer_waiting")
    assert (message.to, message.goes_to) == ("", "robin@example.org")
    assert b"robin" not in bytes(message.address_sealed or b"")


@pytest.mark.django_db(transaction=True)
def test_a_mail_says_that_an_answer_waits_and_nothing_else(
    cast: Cast, client_for: As, send: Send, post: Post
) -> None:
    concern = acknowledged(cast.lead, reporter=REACHABLE)

    send(client_for(cast.lead), NAME, concern, {"words": "The heron lock is changed.", "send_mail": "on"})
    with context.system():
        outbox.send_due()

    mail = next(mail for mail in post.mails if mail["To"] == "robin@example.org")
    said = mail.as_string()
    assert mail["Subject"] == "Something is waiting for you"
    for secret in ("heron", "Robin", concern.reference, "concern"):
        assert secret.lower() not in said.lower().replace("robin@example.org", "")


@pytest.mark.parametrize("reporter", [Reporter(), QUIET])
def test_no_mail_is_offered_or_sent_where_they_may_not_be_written_to(
    reporter: Reporter, cast: Cast, client_for: As, send: Send
) -> None:
    concern = acknowledged(cast.lead, reporter=reporter)
    client = client_for(cast.lead)

    page = client.get(url(NAME, concern)).content.decode()
    send(client, NAME, concern, {"words": "Hello.", "send_mail": "on"})

    assert "send_mail" not in page
    assert queued("answer_waiting") == []
    assert messages_of(concern) == ["Hello."]


def test_do_not_contact_is_said_before_anything_is_written(cast: Cast, client_for: As) -> None:
    concern = acknowledged(cast.lead, reporter=QUIET)

    page = client_for(cast.lead).get(url(NAME, concern)).content.decode()

    assert "They asked us not to contact them." in page


@pytest.mark.parametrize(("safe_ways", "ticked"), [(None, True), ("Never by email after six.", False)])
def test_their_own_words_about_what_is_safe_take_the_tick_away(
    safe_ways: str | None, ticked: bool, cast: Cast, client_for: As
) -> None:
    reporter = Reporter(mode="contact", email="robin@example.org", safe_ways=safe_ways)
    concern = acknowledged(cast.lead, reporter=reporter)

    page = client_for(cast.lead).get(url(NAME, concern)).content.decode()

    box = page[page.index('name="send_mail"') :]
    assert ("checked" in box[: box.index(">")]) == ticked


def test_a_reply_never_waits(cast: Cast, client_for: As, send: Send) -> None:
    under_18, shut = acknowledged(cast.lead, under_18=Under18.YES), closed(cast.lead)
    client = client_for(cast.lead)

    statuses = [send(client, NAME, concern, {"words": "Hello."}).status_code for concern in (under_18, shut)]

    assert statuses == [302, 302]


def test_the_mail_is_not_queued_where_it_must_not_be(cast: Cast) -> None:
    concern = acknowledged(cast.lead, reporter=QUIET)

    with context.person(cast.lead):
        replies.reply(concern=concern, by=cast.lead, words="Hello.", send_mail=True)

    assert queued("answer_waiting") == []
