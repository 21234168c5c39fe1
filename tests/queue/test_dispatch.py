"""The dispatcher as a process: mail leaves within a second, whatever the broker does."""

from __future__ import annotations

import time

import pytest

from safeguarding import context, heartbeat, outbox
from safeguarding.outbox import MessageState, OutboxMessage
from tests.mail import Post
from tests.servers import Place, Redis, wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def queue_one(to: str = "lena@example.org") -> OutboxMessage:
    with context.system():
        return outbox.queue_rendered("concern_waiting", ["Something waits", "words", ""], to=to)


def test_a_mail_leaves_by_the_worker_within_two_seconds_of_commit(redis_place: Place, post: Post) -> None:
    heartbeat.beat("scheduler")  # then the dispatcher has no reason to send mail itself
    worker, dispatch = redis_place.worker(), redis_place.dispatch()

    queue_one()

    took = wait_until(lambda: post.envelopes, seconds=5)
    assert took < 2
    assert worker.did("send_mail") == 1
    assert "did not take" not in dispatch.said


def test_without_redis_settings_the_broker_is_a_folder(place: Place, post: Post) -> None:
    heartbeat.beat("scheduler")
    worker, _ = place.worker(), place.dispatch()

    queue_one()

    wait_until(lambda: post.envelopes, seconds=5)
    assert worker.did("send_mail") >= 1


def test_a_hung_broker_does_not_hold_the_dispatcher(
    redis_place: Place, redis_server: Redis, post: Post
) -> None:
    redis_place.dispatch()
    redis_server.server.pause()

    start = time.monotonic()
    for n in range(3):
        queue_one(f"p{n}@example.org")

    wait_until(lambda: len(post.envelopes) == 3, seconds=10)
    assert time.monotonic() - start < 6


def test_without_any_broker_or_worker_mail_still_leaves(redis_place: Place, post: Post) -> None:
    redis_place.broker_url = "redis://127.0.0.1:1/0"
    redis_place.dispatch()

    queue_one()

    wait_until(lambda: post.envelopes, seconds=5)


def test_the_dispatcher_stops_cleanly_when_asked(place: Place) -> None:
    dispatch = place.dispatch()

    assert dispatch.stop() == 0
    assert '"stopped"' in dispatch.said


def test_two_dispatchers_send_each_mail_once(place: Place, post: Post) -> None:
    place.dispatch()
    place.dispatch()

    for n in range(30):
        queue_one(f"p{n:02}@example.org")

    wait_until(
        lambda: OutboxMessage.objects.filter(state=MessageState.SENT).count() == 30, seconds=20, every=0.2
    )
    assert post.recipients == [f"p{n:02}@example.org" for n in range(30)]
