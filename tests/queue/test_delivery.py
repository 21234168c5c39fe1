"""Mail that did not arrive: seen by those entitled, dealt with by a person, gone from the alarm."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from concerns import delivery
from concerns.models import Concern
from concerns.services import delivery as services
from concerns.services.raising import Raised, raise_concern
from safeguarding import audit, clock, context, heartbeat, outbox, retention
from safeguarding.contacts.models import Contact, ContactKind
from safeguarding.outbox import MessageState, OutboxMessage, Settled
from safeguarding.people.models import Person
from safeguarding.transitions import Conflict
from tests.cast import Cast
from tests.mail import Post

pytestmark = [pytest.mark.django_db, pytest.mark.clause("7.0c")]
ClientFor = Callable[..., Client]


def raised(**answers: object) -> Concern:
    return raise_concern(raised=Raised(words="x", **answers), by=audit.Other.REPORTER)  # type: ignore[arg-type]


def refuse(name: str, fault: str = "recipient 550") -> OutboxMessage:
    written = OutboxMessage.objects.order_by("created_at")
    message = [message for message in written if message.goes_to == f"{name}@example.org"][-1]
    ended = {"state": MessageState.NOT_DELIVERED, "ended_at": clock.now(), "fault": fault}
    OutboxMessage.objects.filter(pk=message.pk).update(**ended)
    message.refresh_from_db()
    return message


def seen_by(person: Person) -> list[str]:
    with context.person(person):
        return [f"{t.to}: {t.reference}" for t in delivery.troubles(delivery.in_trouble(person, clock.now()))]


def readyz(client: Client) -> dict[str, bool]:
    heartbeat.beat("scheduler")
    response = client.get("/readyz")
    checks: dict[str, bool] = response.json()["checks"]
    assert response.status_code == (200 if all(checks.values()) else 503)
    return checks


def test_all_is_well_when_every_mail_is_on_its_way(cast: Cast, client: Client) -> None:
    raised()

    assert set(readyz(client).values()) == {True}


def test_before_set_up_readyz_says_so(client: Client, db: None) -> None:
    assert readyz(client)["set_up"] is False


def test_a_silent_scheduler_makes_readyz_fail(cast: Cast, client: Client) -> None:
    moment = clock.now() - heartbeat.FRESH_FOR - timedelta(seconds=1)
    with clock.at(moment):
        heartbeat.beat("scheduler")

    response = client.get("/readyz")
    assert (response.status_code, response.json()["checks"]["scheduler"]) == (503, False)


def test_a_refused_mail_fails_readyz_until_somebody_says_they_were_told(cast: Cast, client: Client) -> None:
    raised()
    message = refuse("lena")
    assert readyz(client)["delivered"] is False

    with context.person(cast.deputy):
        services.settle(message=message, by=cast.deputy, how=Settled.TOLD)

    assert readyz(client)["delivered"] is True
    row = audit.AuditEntry.objects.get(verb="message_settled")
    assert (row.actor_id, row.about_id, row.facts["how"]) == (cast.deputy.pk, message.pk, "told")


def test_a_refused_mail_that_is_sent_again_ends_the_alarm(cast: Cast, client: Client) -> None:
    raised()
    message = refuse("lena")
    Contact.objects.filter(kind=ContactKind.LEAD).update(email="lena.new@example.org")

    with context.person(cast.deputy):
        services.send_again(message=message, by=cast.deputy)

    message.refresh_from_db()
    assert (message.state, message.to) == (MessageState.QUEUED, "lena.new@example.org")
    assert readyz(client)["delivered"] is True


@pytest.mark.django_db(transaction=True)
def test_sent_again_it_has_its_words_and_its_message_id(cast: Cast, post: Post) -> None:
    concern = raised()
    post.refuse = {"lena@example.org": "550 no"}
    with context.system():
        outbox.send_due()
    message = OutboxMessage.objects.undelivered().get()
    post.refuse = {}

    with context.person(cast.deputy):
        services.send_again(message=message, by=cast.deputy)
    with context.system():
        outbox.send_due()

    mail = post.mails[-1]
    assert (mail["To"], mail["Message-ID"]) == ("lena@example.org", message.message_id)
    assert concern.reference in mail.as_string()


def test_mail_that_is_stuck_fails_readyz_and_can_be_given_up(cast: Cast, client: Client) -> None:
    raised()
    long_ago = clock.now() - outbox.STUCK_AFTER - timedelta(minutes=1)
    OutboxMessage.objects.filter(to="lena@example.org").update(created_at=long_ago, attempts=7)
    assert readyz(client)["mail"] is False

    message = OutboxMessage.objects.get(to="lena@example.org")
    with context.person(cast.deputy):
        services.settle(message=message, by=cast.deputy, how=Settled.NOT_NEEDED)

    assert readyz(client)["mail"] is True
    message.refresh_from_db()
    assert (message.state, message.text_sealed) == (MessageState.WITHDRAWN, None)


def test_a_message_that_was_never_tried_is_stuck_too(cast: Cast) -> None:
    raised()
    now = clock.now()

    assert OutboxMessage.objects.stuck(now).count() == 0
    assert OutboxMessage.objects.stuck(now + outbox.STUCK_AFTER).count() == 2


def test_a_strangers_mistyped_address_at_sign_in_is_no_alarm(cast: Cast, client: Client) -> None:
    with context.system():
        to = outbox.Hidden("nobody@example.org")
        outbox.queue_rendered("account_unknown_account", ["s", "t", ""], to=to)
    refuse("nobody")

    assert readyz(client)["delivered"] is True


def test_each_sees_trouble_only_of_what_they_may_see(cast: Cast) -> None:
    mine, theirs = raised(), raised(kept_out=[cast.lead])
    for _ in range(2):
        refuse("dara")
        OutboxMessage.objects.filter(to="dara@example.org", state="not_delivered").update(to="x@example.org")

    assert seen_by(cast.lead) == [f"Dara: {mine.reference}"]
    assert sorted(seen_by(cast.deputy)) == sorted(f"Dara: {c.reference}" for c in (mine, theirs))
    assert sorted(seen_by(cast.administrator)) == sorted(f"Dara: {c.reference}" for c in (mine, theirs))
    assert seen_by(cast.alternate) == [f"Dara: {theirs.reference}"]
    assert seen_by(cast.facilitator) == seen_by(cast.co_producer) == []


def test_where_a_reporters_mail_went_is_never_shown(cast: Cast, client_for: ClientFor) -> None:
    concern = raised()
    with context.system():
        words = ["s", "t", ""]
        outbox.queue_rendered(
            "answer_waiting", words, to=outbox.Hidden("canary@example.org"), about_id=concern.pk
        )
    refuse("canary")

    page = client_for(cast.lead).get("/delivery/").content.decode()
    assert "the person who raised it" in page
    assert "that an answer waits" in page
    assert "canary" not in page


def test_a_reporters_mail_is_sent_again_to_the_same_address(cast: Cast, post: Post) -> None:
    concern = raised()
    with context.system():
        to = outbox.Hidden("robin@example.org")
        outbox.queue_rendered("answer_waiting", ["s", "t", ""], to=to, about_id=concern.pk)
    message = refuse("robin")

    with context.person(cast.deputy):
        services.send_again(message=message, by=cast.deputy)
    with context.system():
        outbox.send_due()

    assert "robin@example.org" in post.recipients


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("recipient 550", "the address was refused (550)"),
        ("SMTPDataError 554", "the mail server refused it (554)"),
        ("authentication 535", "the mail server did not let us in"),
        ("ConnectionRefusedError", "the mail server does not answer"),
        ("bounced spam", "it came back"),
        ("", ""),
    ],
)
def test_what_the_mail_server_said_is_put_in_our_words(fault: str, words: str) -> None:
    assert str(delivery.fault_in_words(OutboxMessage(fault=fault))) == words


def test_the_page_says_who_what_and_why_and_offers_three_ways(cast: Cast, client_for: ClientFor) -> None:
    concern = raised()
    refuse("dara")

    page = client_for(cast.lead).get("/delivery/").content.decode()

    shown = ("Dara", "that something was raised", "the address was refused (550)", concern.reference)
    assert [word for word in shown if word not in page] == []
    ways = ("I told them another way", "It is no longer needed", "Send it again")
    assert [way for way in ways if way not in page] == []


def test_the_page_says_when_all_is_well(cast: Cast, client_for: ClientFor) -> None:
    assert "Every mail arrived" in client_for(cast.lead).get("/delivery/").content.decode()


def test_settling_by_the_page_ends_the_alarm(cast: Cast, client_for: ClientFor) -> None:
    raised()
    message = refuse("dara")

    page = client_for(cast.lead).post(f"/delivery/{message.pk}/settle/", {"how": "told"}, follow=True)

    assert "Noted, with your name" in page.content.decode()
    assert OutboxMessage.objects.undelivered().count() == 0


def test_sending_again_by_the_page_queues_it(cast: Cast, client_for: ClientFor) -> None:
    raised()
    message = refuse("dara")

    page = client_for(cast.lead).post(f"/delivery/{message.pk}/again/", follow=True)

    assert "It is on its way again" in page.content.decode()
    message.refresh_from_db()
    assert message.state == MessageState.QUEUED


@pytest.mark.parametrize("act", ["again", "settle"])
def test_dealing_with_it_twice_finds_nothing_the_second_time(
    cast: Cast, client_for: ClientFor, act: str
) -> None:
    raised()
    message = refuse("dara")
    client = client_for(cast.lead)

    statuses = [client.post(f"/delivery/{message.pk}/{act}/").status_code for _ in range(2)]

    assert statuses == [302, 404]


def test_two_people_at_once_the_second_learns_of_the_first(cast: Cast) -> None:
    raised()
    message = refuse("lena")

    with context.person(cast.deputy):
        services.settle(message=message, by=cast.deputy, how=Settled.TOLD)
        with pytest.raises(Conflict):
            services.settle(message=message, by=cast.deputy, how=Settled.TOLD)


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_and_for_three(
    cast: Cast, client_for: ClientFor, number: int, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for _ in range(number):
        raised()
        OutboxMessage.objects.filter(to="dara@example.org", state="queued").update(
            to=f"{uuid4()}@example.org"
        )
    ended = {"state": MessageState.NOT_DELIVERED, "ended_at": clock.now()}
    OutboxMessage.objects.exclude(to="lena@example.org").update(**ended)
    client = client_for(cast.lead)
    client.get("/delivery/")

    with django_assert_max_num_queries(18):  # type: ignore[attr-defined]
        assert client.get("/delivery/").content.decode().count("I told them another way") == number


def test_what_must_be_dealt_with_is_not_purged(cast: Cast) -> None:
    raised()
    refuse("lena")
    OutboxMessage.objects.filter(to="dara@example.org").update(state=MessageState.SENT, ended_at=clock.now())
    later = clock.now() + outbox.KEPT_FOR + timedelta(days=1)

    with context.system():
        retention.purge(now=later)

    assert [message.to for message in OutboxMessage.objects.all()] == ["lena@example.org"]
