"""The only importer of Django's mail. A message is a row written with the change it tells of.

The worker and the dispatcher claim rows with SKIP LOCKED and a lease longer than the longest send,
send with a fixed Message-ID, and write the outcome. Temporary faults retry for ever with capped
back-off; a refusal for good (5xx) marks the row "not delivered".
"""

from __future__ import annotations

import smtplib
import socket
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import datetime, timedelta
from email.utils import format_datetime, make_msgid
from functools import cached_property
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import Error, connection, models, transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from safeguarding import clock, crypto, leases

LONGEST_SEND = 40  # seconds; then the connection is cut. Shorter than the lease
BATCH = 30  # seconds after which one look claims nothing more
FIRST_RETRY, LONGEST_RETRY = timedelta(seconds=5), timedelta(minutes=10)
STUCK_AFTER = timedelta(minutes=10)
OVERDUE_AFTER = timedelta(seconds=60)
KEPT_FOR = timedelta(days=30)
SIGN_IN = "account_"  # how the kinds of allauth's mails begin
CHANNEL = "work"  # what the dispatcher LISTENs to
GONE: dict[str, Any] = {"text_sealed": None, "html_sealed": None}
_key_at_hand: ContextVar[crypto.RecordKey | None] = ContextVar("outbox_key", default=None)


class Hidden(str):
    """An address that may stand nowhere in clear: the reporter's, or one that somebody typed."""


class MessageState(models.TextChoices):
    QUEUED = "queued", _("waiting to be sent")
    SENT = "sent", _("sent")
    NOT_DELIVERED = "not_delivered", _("not delivered")
    WITHDRAWN = "withdrawn", _("no longer needed")


class Settled(models.TextChoices):
    """How somebody dealt with a message that did not arrive."""

    TOLD = "told", _("told another way")
    NOT_NEEDED = "not_needed", _("no longer needed")


_SIGNING_IN = models.Q(kind__startswith=SIGN_IN)
_UNDELIVERED = models.Q(state=MessageState.NOT_DELIVERED, settled_at=None) & ~_SIGNING_IN


def _stuck(now: datetime) -> models.Q:
    """Tried in vain for ten minutes, or due for as long and never tried."""
    tried = models.Q(attempts__gt=0, created_at__lte=now - STUCK_AFTER)
    return models.Q(tried | models.Q(due_at__lte=now - STUCK_AFTER), state=MessageState.QUEUED)


class OutboxQuerySet(models.QuerySet["OutboxMessage"]):
    def due(self, now: datetime) -> OutboxQuerySet:
        """After the clock was set back nothing waits for the old time: nothing of ours waits for so long."""
        ripe = models.Q(due_at__lte=now) | models.Q(due_at__gt=now + LONGEST_RETRY, attempts__gt=0)
        ripe |= models.Q(created_at__gt=now, attempts=0)
        return self.filter(ripe, ~leases.held(now), state=MessageState.QUEUED)

    def overdue(self, now: datetime) -> OutboxQuerySet:
        return self.filter(state=MessageState.QUEUED, due_at__lte=now - OVERDUE_AFTER)

    def stuck(self, now: datetime) -> OutboxQuerySet:
        return self.filter(_stuck(now))

    def undelivered(self) -> OutboxQuerySet:
        """Refused for good and not dealt with. Not sign-in mails: anybody can type any address there."""
        return self.filter(_UNDELIVERED)

    def outlived(self, now: datetime) -> OutboxQuerySet:
        """Ended long ago; what somebody must still deal with stays."""
        ended = self.exclude(state=MessageState.QUEUED).filter(ended_at__lt=now - KEPT_FOR)
        return ended.exclude(pk__in=self.undelivered())

    def in_trouble(self, now: datetime) -> OutboxQuerySet:
        return self.filter(_UNDELIVERED | _stuck(now))

    def about(self, thing_id: UUID) -> OutboxQuerySet:
        return self.filter(about_id=thing_id).order_by("created_at")


class OutboxMessage(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=60)
    to = models.EmailField(max_length=254, blank=True)  # of our people and contacts; else it is sealed:
    address_sealed = crypto.sealed_column()
    person_id = models.UUIDField(null=True)  # who it goes to, when they have an account
    about_id = models.UUIDField(null=True, db_index=True)
    subject = models.CharField(max_length=200)
    text_sealed = crypto.sealed_column()
    html_sealed = crypto.sealed_column()
    message_id = models.CharField(max_length=200)
    state = models.CharField(max_length=20, choices=MessageState.choices, default=MessageState.QUEUED)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=80, blank=True)  # a class and a code, never the server's words
    alarmed_at = models.DateTimeField(null=True)  # when people were mailed that it was not delivered
    settled_at = models.DateTimeField(null=True)  # when somebody dealt with it
    settled_by = models.UUIDField(null=True)
    settled_how = models.CharField(max_length=12, choices=Settled.choices, blank=True)

    address = crypto.Sealed()
    text = crypto.Sealed()
    html = crypto.Sealed()
    objects = OutboxQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(state="queued"), name="outbox_due"),
            models.Index(fields=["ended_at"], name="outbox_ended"),
            models.Index(
                fields=["ended_at"],
                condition=models.Q(state="not_delivered", settled_at=None),
                name="outbox_undelivered",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="queued", ended_at=None)
                | (~models.Q(state="queued") & models.Q(ended_at__isnull=False)),
                name="outbox_ended_iff_not_queued",
            ),
            models.CheckConstraint(
                condition=models.Q(settled_at=None, settled_by=None, settled_how="")
                | models.Q(settled_at__isnull=False, settled_by__isnull=False) & ~models.Q(settled_how=""),
                name="outbox_settled_all_or_nothing",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="queued")
                | (~models.Q(to="") & models.Q(address_sealed=None))
                | models.Q(to="", address_sealed__isnull=False),
                name="outbox_address_in_one_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def goes_to(self) -> str:
        return self.to or self.address or ""

    def record_key(self) -> crypto.RecordKey:
        return self._key

    @cached_property
    def _key(self) -> crypto.RecordKey:
        return _key_at_hand.get() or crypto.service_key("outbox")


def queue(
    kind: str,
    *,
    to: str,
    person_id: UUID | None = None,
    about_id: UUID | None = None,
    due_at: datetime | None = None,
    pk: UUID | None = None,
    **context: Any,
) -> OutboxMessage:
    """Write one message from `templates/messages/<kind>/` (subject.txt, text.txt, html.html).

    `pk` is for a message that others name before it is written.
    """
    context |= {"site_url": settings.SITE_URL, "organisation_name": settings.ORGANISATION_NAME}
    with translation.override(settings.LANGUAGE_CODE):  # the reader's language, not that of who raised it
        parts = [
            render_to_string(f"messages/{kind}/{name}", context)
            for name in ("subject.txt", "text.txt", "html.html")
        ]
    return queue_rendered(kind, parts, to=to, person_id=person_id, about_id=about_id, due_at=due_at, pk=pk)


def queue_rendered(
    kind: str,
    parts: Sequence[str],
    *,
    to: str,
    person_id: UUID | None = None,
    about_id: UUID | None = None,
    due_at: datetime | None = None,
    pk: UUID | None = None,
) -> OutboxMessage:
    """Write one message whose subject, text and HTML are already words."""
    now = clock.now()
    subject, text, html = parts
    message = OutboxMessage(
        id=pk or uuid.uuid4(),
        kind=kind,
        to="" if isinstance(to, Hidden) else to,
        person_id=person_id,
        about_id=about_id,
        subject=" ".join(subject.split()),
        message_id=make_msgid(domain=settings.SITE_HOST),
        created_at=now,
        due_at=due_at or now,
    )
    message.text, message.html = text.strip() + "\n", html.strip()
    message.address = to if isinstance(to, Hidden) else None
    message.save(force_insert=True)
    wake()
    return message


@contextmanager
def ready() -> Iterator[None]:
    """Have the outbox's key at hand for a block of several messages.

    Opened outside a transaction it also makes the key where there is none yet, so that nobody waits for it.
    """
    token = _key_at_hand.set(crypto.service_key("outbox"))
    try:
        yield
    finally:
        _key_at_hand.reset(token)


def wake() -> None:
    """Tell the dispatcher, at commit, that there is work."""
    with connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {CHANNEL}")


def withdraw(*, about_id: UUID, kinds: Sequence[str] = (), person_id: UUID | None = None) -> int:
    """Take back what waits and is no longer needed: of some kinds, or for one person. Returns how many."""
    now = clock.now()
    free = models.Q(leased_until=None) | models.Q(leased_until__lt=now)
    waiting = OutboxMessage.objects.filter(free, about_id=about_id, state=MessageState.QUEUED)
    if kinds:
        waiting = waiting.filter(kind__in=kinds)
    if person_id is not None:
        waiting = waiting.filter(person_id=person_id)
    return waiting.update(state=MessageState.WITHDRAWN, ended_at=now, **GONE)


def never() -> bool:
    return False


def send_due(*, stopping: Callable[[], bool] = never) -> int:
    """Claim and send what is due, for BATCH seconds at most or until `stopping` says so.

    Returns how many were tried. Safe beside any number of others.
    """
    tried, until, server = 0, time.monotonic() + BATCH, get_connection()
    try:
        while not stopping() and time.monotonic() < until and (message := _claim()) is not None:
            _send(message, server)
            tried += 1
    finally:
        _hang_up(server)
    return tried


def _claim() -> OutboxMessage | None:
    with transaction.atomic():
        return leases.claim(lambda now: OutboxMessage.objects.due(now).order_by("due_at"), counted="attempts")


def _send(message: OutboxMessage, server: Any) -> None:
    """Over one connection for the whole batch; after any fault the next mail opens a new one."""
    try:
        with _deadline(server):
            server.open()
            server.send_messages([_mail(message)])
    except Error:  # the database's: whoever called must know
        raise
    except Exception as fault:  # one mail that cannot be sent must not hold the others
        _hang_up(server)
        _not_taken(message, fault)
    else:
        _end(message, MessageState.SENT)


def _hang_up(server: Any) -> None:
    with suppress(OSError, smtplib.SMTPException):
        server.close()


def _not_taken(message: OutboxMessage, fault: Exception) -> None:
    """What was said of this mail or its address may be final; what was said of us is never."""
    match fault:
        case smtplib.SMTPRecipientsRefused():
            code = next(iter(fault.recipients.values()))[0]
            _settle(message, code=code, fault=f"recipient {code}")
        case smtplib.SMTPAuthenticationError():
            _retry(message, f"authentication {fault.smtp_code}")
        case smtplib.SMTPDataError() | smtplib.SMTPSenderRefused():
            _settle(message, code=fault.smtp_code, fault=f"{type(fault).__name__} {fault.smtp_code}")
        case _:
            _retry(message, type(fault).__name__)


@contextmanager
def _deadline(server: Any) -> Iterator[None]:
    """Cut the wire when the whole send takes too long: each single step has a time limit of its own."""

    def cut() -> None:
        with suppress(AttributeError, OSError):  # it ended meanwhile
            server.connection.sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(LONGEST_SEND, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _mail(message: OutboxMessage) -> EmailMultiAlternatives:
    headers = {
        "Message-ID": message.message_id,
        "Date": format_datetime(clock.now()),
        "Auto-Submitted": "auto-generated",
    }
    mail = EmailMultiAlternatives(message.subject, message.text or "", to=[message.goes_to], headers=headers)
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    return mail


def _settle(message: OutboxMessage, *, code: int, fault: str) -> None:
    if 500 <= code < 600:
        _end(message, MessageState.NOT_DELIVERED, fault)
    else:
        _retry(message, fault)


def _end(message: OutboxMessage, state: MessageState, fault: str = "") -> None:
    """The words go when the row ends: they may hold a one-time link. What was refused may be sent again."""
    kept = state == MessageState.NOT_DELIVERED and not message.kind.startswith(SIGN_IN)
    words = {} if kept else GONE
    OutboxMessage.objects.filter(pk=message.pk).update(
        state=state, ended_at=clock.now(), leased_until=None, fault=fault, **words
    )


def send_again(*, message: OutboxMessage, to: str) -> bool:
    """Queue what was refused, with the same Message-ID, to an address that may be new.

    False when it was dealt with meanwhile, or its words are gone.
    """
    refused = OutboxMessage.objects.undelivered().filter(pk=message.pk, text_sealed__isnull=False)
    back = {"state": MessageState.QUEUED, "ended_at": None, "alarmed_at": None, "attempts": 0, "fault": ""}
    done = refused.update(to=to, due_at=clock.now(), created_at=clock.now(), **back)
    wake()
    return bool(done)


def settle(*, message: OutboxMessage, by_id: UUID, how: str) -> bool:
    """Somebody dealt with it. What still waits is withdrawn. False when it was settled or sent meanwhile."""
    now = clock.now()
    open_ones = OutboxMessage.objects.filter(pk=message.pk, settled_at=None)
    how_and_who = {"settled_at": now, "settled_by": by_id, "settled_how": how}
    waiting = open_ones.filter(state=MessageState.QUEUED)
    withdrawn = waiting.update(state=MessageState.WITHDRAWN, ended_at=now, **how_and_who, **GONE)
    refused = open_ones.filter(state=MessageState.NOT_DELIVERED)
    return bool(withdrawn or refused.update(**how_and_who, **GONE))


def _retry(message: OutboxMessage, fault: str) -> None:
    wait = min(FIRST_RETRY * 2 ** min(message.attempts - 1, 10), LONGEST_RETRY)
    OutboxMessage.objects.filter(pk=message.pk).update(
        due_at=clock.now() + wait, leased_until=None, fault=fault
    )
