"""A mail service tells us what came back: by its real webhook view, with its own JSON."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator

import pytest
from anymail.signals import tracking
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver

from concerns.services.raising import Raised, raise_concern
from safeguarding import audit, bounces, clock, outbox
from safeguarding.checks import whoever_tells_of_bounces_is_known
from safeguarding.outbox import MessageState, OutboxMessage
from tests.cast import Cast

SECRET = "service:long enough to be a secret"
urlpatterns = [*get_resolver("safeguarding.urls").url_patterns]


@pytest.fixture
def service(settings: pytest.FixtureRequest) -> Iterator[Client]:
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}  # type: ignore[attr-defined]
    settings.ROOT_URLCONF = "tests.queue.test_bounces"  # type: ignore[attr-defined]
    routes = bounces.routes("postmark")
    urlpatterns.extend(routes)
    yield Client(headers={"Authorization": f"Basic {base64.b64encode(SECRET.encode()).decode()}"})
    urlpatterns.remove(routes[0])
    tracking.disconnect(dispatch_uid="safeguarding.bounces")


def tell(client: Client, **event: str) -> HttpResponse:
    told = {"RecordType": "Bounce", "Type": "HardBounce", "TypeCode": 1, "BouncedAt": "2026-11-23T10:00:00Z"}
    body = json.dumps(told | event)
    return client.post("/mail/came-back/", body, content_type="application/json")  # type: ignore[return-value]


def sent(name: str) -> OutboxMessage:
    message = OutboxMessage.objects.get(to=f"{name}@example.org")
    OutboxMessage.objects.filter(pk=message.pk).update(state=MessageState.SENT, ended_at=clock.now())
    return message


@pytest.mark.django_db
@pytest.mark.parametrize("knows_our_id", [True, False])
def test_a_bounce_marks_the_mail_as_not_delivered(cast: Cast, service: Client, knows_our_id: bool) -> None:
    raise_concern(raised=Raised(words="x"), by=audit.Other.REPORTER)
    message, other = sent("lena"), sent("dara")

    answer = tell(service, Email="Lena@example.org", MessageID=message.message_id if knows_our_id else "abc")

    assert answer.status_code == 200
    message.refresh_from_db()
    other.refresh_from_db()
    assert (message.state, message.fault) == (MessageState.NOT_DELIVERED, "bounced bounced")
    assert other.state == MessageState.SENT


@pytest.mark.django_db
@pytest.mark.parametrize("knows_our_id", [True, False])
def test_a_bounce_finds_the_mail_whose_address_is_sealed(service: Client, knows_our_id: bool) -> None:
    for name in ("robin", "wren"):
        outbox.queue_rendered("answer_waiting", ["s", "t", ""], to=outbox.Hidden(f"{name}@example.org"))
    robins, wrens = OutboxMessage.objects.order_by("created_at")
    OutboxMessage.objects.update(state=MessageState.SENT, ended_at=clock.now())

    tell(service, Email="Robin@example.org", MessageID=robins.message_id if knows_our_id else "abc")

    states = {mail.pk: mail.state for mail in OutboxMessage.objects.all()}
    assert states == {robins.pk: MessageState.NOT_DELIVERED, wrens.pk: MessageState.SENT}


@pytest.mark.django_db
def test_a_message_that_was_only_delayed_stays_sent(cast: Cast, service: Client) -> None:
    raise_concern(raised=Raised(words="x"), by=audit.Other.REPORTER)
    message = sent("lena")

    tell(service, Type="Transient", TypeCode="2", Email="lena@example.org", MessageID=message.message_id)

    message.refresh_from_db()
    assert message.state == MessageState.SENT


@pytest.mark.django_db
def test_without_the_secret_nobody_may_tell(cast: Cast, service: Client) -> None:
    raise_concern(raised=Raised(words="x"), by=audit.Other.REPORTER)
    message = sent("lena")

    answer = tell(Client(), Email="lena@example.org", MessageID=message.message_id)

    assert answer.status_code == 400
    message.refresh_from_db()
    assert message.state == MessageState.SENT


@pytest.mark.django_db
def test_without_a_service_there_is_no_such_address(client: Client) -> None:
    assert bounces.routes("") == []
    assert client.post("/mail/came-back/").status_code == 404


@pytest.mark.parametrize(("secret", "faults"), [("", ["safeguarding.E005"]), (SECRET, [])])
def test_start_up_refuses_a_service_without_a_secret(
    settings: pytest.FixtureRequest, secret: str, faults: list[str]
) -> None:
    settings.BOUNCE_SERVICE, settings.ANYMAIL = "postmark", {"WEBHOOK_SECRET": secret}  # type: ignore[attr-defined]

    assert [found.id for found in whoever_tells_of_bounces_is_known()] == faults
