"""Mail when things go wrong: TLS that proves nothing, and a very bad day for the whole queue."""

from __future__ import annotations

import asyncio
import random
import ssl
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.db import Error, close_old_connections, connection
from django.db.models import QuerySet

from concerns import delivery
from concerns.services.raising import Raised, raise_concern
from safeguarding import audit, clock, context, heartbeat, leases, outbox
from safeguarding.outbox import MessageState, OutboxMessage
from tests.cast import Cast
from tests.mail import MailServer, Post, free_port
from tests.raising.journey import Reporter
from tests.servers import OwnDatabase, Place, Redis, Server, wait_until


def certificate(folder: Path) -> Path:
    """A certificate for localhost that only itself vouches for, with its key in the same file."""
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "x")]),
    )
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = (
        made.serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
    )
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)
    path = folder / "localhost.pem"
    path.write_bytes(secret + made.sign(key, hashes.SHA256()).public_bytes(pem))
    return path


@pytest.fixture
def secure_post(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[bool], Post]]:
    """A mail server with STARTTLS; the test says whether we trust its certificate."""
    pem, kept = certificate(tmp_path), Post()
    way = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    way.load_cert_chain(pem)
    server = MailServer(
        kept, hostname="127.0.0.1", server_hostname="localhost", port=free_port(), tls_context=way
    )
    server.start()
    for name, value in (("EMAIL_HOST", "localhost"), ("EMAIL_PORT", server.port), ("EMAIL_USE_TLS", True)):
        monkeypatch.setattr(settings, name, value)
    backend = "django.core.mail.backends.smtp.EmailBackend"
    monkeypatch.setattr(settings, "EMAIL_BACKEND", backend)

    def trusting(trusted: bool) -> Post:
        if trusted:
            monkeypatch.setenv("SSL_CERT_FILE", str(pem))
        return kept

    yield trusting
    server.stop()


def send_one() -> OutboxMessage:
    with context.system():
        message = outbox.queue_rendered("x", ["s", "t", ""], to="lena@example.org")
        outbox.send_due()
    message.refresh_from_db()
    return message


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("trusted", "state", "fault", "arrived"),
    [(True, "sent", "", 1), (False, "queued", "SSLCertVerificationError", 0)],
)
def test_a_mail_server_must_prove_who_it_is(
    secure_post: Callable[[bool], Post], trusted: bool, state: str, fault: str, arrived: int
) -> None:
    post = secure_post(trusted)

    message = send_one()

    assert (message.state, message.fault, len(post.envelopes)) == (state, fault, arrived)


@pytest.mark.django_db(transaction=True)
def test_where_tls_is_asked_for_nothing_is_ever_sent_in_clear(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "EMAIL_USE_TLS", True)

    message = send_one()

    assert (message.state, message.fault, post.envelopes) == ("queued", "SMTPNotSupportedError", [])


def test_a_certificate_nobody_trusts_is_told_in_words() -> None:
    words = delivery.fault_in_words(OutboxMessage(fault="SSLCertVerificationError"))
    assert str(words) == "the mail server could not prove who it is"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("header", ["X-Forwarded-Host", "X-Host", "Forwarded"])
def test_mails_link_to_our_own_address_whatever_the_browser_claims(
    cast: Cast, post: Post, header: str
) -> None:
    reporter = Reporter()
    reporter.client.defaults[f"HTTP_{header.upper().replace('-', '_')}"] = "evil.example"

    assert reporter.raise_it() != ""
    with context.system():
        outbox.send_due()

    assert len(post.mails) == 2
    assert [mail for mail in post.mails if "evil" in mail.as_string()] == []
    assert all(f"{settings.SITE_URL}/concerns/" in mail.as_string() for mail in post.mails)


@pytest.mark.django_db
def test_a_host_that_is_not_ours_is_refused(cast: Cast) -> None:
    reporter = Reporter()
    reporter.client.defaults["HTTP_HOST"] = "evil.example"

    assert reporter.open("/raise/").status_code == 400


@pytest.mark.django_db(transaction=True)
def test_a_whole_mail_that_takes_too_long_is_cut_off(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each step is quick enough; only the whole is not."""
    monkeypatch.setattr(outbox, "LONGEST_SEND", 0.5)
    slow = Slow(post, seconds=3)
    monkeypatch.setattr(settings, "EMAIL_PORT", slow.port)

    start = time.monotonic()
    message = send_one()

    assert time.monotonic() - start < 2.5
    assert (message.state, message.attempts) == ("queued", 1)
    slow.stop()


class Slow:
    """A mail server that takes its time over DATA."""

    def __init__(self, kept: Post, *, seconds: float) -> None:
        class Handler:
            async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
                await asyncio.sleep(seconds)
                return await kept.handle_DATA(server, session, envelope)

        self.server = MailServer(
            Handler(), hostname="127.0.0.1", server_hostname="localhost", port=free_port()
        )
        self.server.start()
        self.port: int = self.server.port

    def stop(self) -> None:
        self.server.stop()


class BadPost(Post):
    """A mail server on a bad day: sometimes slow, sometimes busy, and some people do not live there."""

    def __init__(self, chance: random.Random) -> None:
        super().__init__()
        self.chance = chance

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith("gone"):
            return "550 nobody here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        luck = self.chance.random()
        if luck < 0.1:
            return "451 not now"
        if luck < 0.2:
            await asyncio.sleep(0.2)
        self.envelopes.append(envelope)
        return "250 kept"


MAILS, GONE_EVERY = 900, 30


class BadDay:
    """Mail is queued while workers, dispatchers, PostgreSQL, Redis and the mail server fail in turn."""

    def __init__(self, place: Place, database: OwnDatabase, broker: Redis, port: int) -> None:
        self.place, self.database, self.broker = place, database, broker
        self.chance = random.Random(38)
        self.post = BadPost(self.chance)
        self.port = port
        self.open_post()
        self.queued = 0
        self.dispatchers = [place.dispatch(), place.dispatch()]
        self.workers = [place.worker(processes=2)]

    def open_post(self) -> None:
        self.server = MailServer(self.post, hostname="127.0.0.1", server_hostname="localhost", port=self.port)
        self.server.start()

    def queue(self, number: int) -> None:
        """Each in a transaction of its own, as a request writes it; again when the database was away."""
        wanted = min(self.queued + number, MAILS)
        while self.queued < wanted:
            name = "gone" if self.queued % GONE_EVERY == 0 else "person"
            try:
                with context.system():
                    to = f"{name}{self.queued}@example.org"
                    outbox.queue_rendered("x", ["s", "t", "<p>t</p>"], to=to)
                self.queued += 1
            except Error:
                connection.close()
                time.sleep(0.1)

    def one_of(self, servers: list[Server]) -> Server:
        return self.chance.choice(servers)

    def kill_worker_process(self) -> None:
        for child in self.one_of(self.workers).children()[:1]:
            child.kill()

    def kill_worker(self) -> None:
        self.workers.pop(0).kill()
        self.workers.append(self.place.worker(processes=2))

    def kill_dispatcher(self) -> None:
        self.dispatchers.pop(0).kill()
        self.dispatchers.append(self.place.dispatch())

    def close_post_for_a_while(self) -> None:
        self.server.stop()
        self.queue(20)
        time.sleep(1)
        self.open_post()

    def empty_broker(self) -> None:
        self.broker.client().flushall()

    def crash_database(self) -> None:
        self.queue(5)  # in the very moment before
        connection.close()
        self.database.crash()
        assert self.rows().count() == self.queued  # else the day proves nothing of the product

    def rows(self) -> QuerySet[OutboxMessage]:
        return OutboxMessage.objects.exclude(kind="not_delivered")

    def happen(self) -> None:
        faults = [
            self.kill_worker_process,
            self.crash_database,
            self.kill_dispatcher,
            self.close_post_for_a_while,
            self.kill_worker_process,
            self.empty_broker,
            self.kill_worker,
            self.crash_database,
            self.close_post_for_a_while,
            self.kill_worker_process,
        ]
        for fault in faults:
            self.queue(MAILS // len(faults))
            self.say_the_scheduler_lives()
            time.sleep(self.chance.uniform(0.1, 0.6))
            fault()

    def say_the_scheduler_lives(self) -> None:
        try:
            heartbeat.beat("scheduler")  # else the dispatchers would not wait for the worker at all
        except Error:
            connection.close()

    def hurry(self) -> bool:
        """Let the time pass for what waits for it: retries, and leases of the dead. Whether all has ended."""
        close_old_connections()
        now, waiting = clock.now(), OutboxMessage.objects.filter(state=MessageState.QUEUED)
        dead = waiting.filter(leased_until__lt=now + leases.LEASE - timedelta(seconds=10))
        dead.update(leased_until=None)
        waiting.filter(due_at__gt=now).update(due_at=now)
        outbox.wake()
        return not waiting.exists()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.clause("7.0c")
def test_on_a_very_bad_day_no_mail_is_lost(
    redis_server: Redis, own_database: OwnDatabase, tmp_path: Path, clone: object
) -> None:
    port = free_port()
    place = Place(tmp_path, own_database.url, f"smtp://127.0.0.1:{port}", redis_server.url)
    try:
        with own_database.in_use():
            day = BadDay(place, own_database, redis_server, port)
            day.happen()
            day.queue(MAILS)
            wait_until(day.hurry, seconds=300, every=1)
            rows = list(day.rows())
            day.server.stop()
    finally:
        place.stop_all()

    arrived = [e.content.decode().split("Message-ID: ")[1].split("\r\n")[0] for e in day.post.envelopes]
    states = Counter(row.state for row in rows)
    gone = -(-MAILS // GONE_EVERY)
    assert states == {MessageState.SENT: MAILS - gone, MessageState.NOT_DELIVERED: gone}
    assert {row.message_id for row in rows if row.state == MessageState.SENT} == set(arrived)
    to_ids = Counter({(e.rcpt_tos[0], i) for e, i in zip(day.post.envelopes, arrived, strict=True)})
    assert (
        len({to for to, _ in to_ids}) == len(to_ids) == MAILS - gone
    )  # twice only under the same Message-ID


@pytest.mark.django_db(transaction=True)
def test_a_look_stops_between_two_mails_when_asked(cast: Cast, post: Post) -> None:
    raise_concern(raised=Raised(words="x"), by=audit.Other.REPORTER)
    answers = iter([False, True])

    with context.system():
        assert outbox.send_due(stopping=lambda: next(answers)) == 1


@pytest.mark.django_db(transaction=True)
def test_retries_wait_longer_each_time_and_never_end(post: Post) -> None:
    post.answer = lambda envelope: "451 not now"
    with context.system():
        message = outbox.queue_rendered("x", ["s", "t", ""], to="lena@example.org")
        waits = []
        for _ in range(12):
            message.refresh_from_db()
            with clock.at(message.due_at):
                outbox.send_due()
            due = message.due_at
            message.refresh_from_db()
            waits.append((message.due_at - due).total_seconds())

    assert waits == [5, 10, 20, 40, 80, 160, 320, 600, 600, 600, 600, 600]
    assert (message.state, message.fault) == (MessageState.QUEUED, "SMTPDataError 451")
