"""A hosted mail service tells us which mails came back; only where one is configured.

The signal is django-anymail's, not ours: it is its only way to tell.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib import import_module
from typing import Any
from uuid import UUID

from anymail.signals import EventType, tracking
from django.contrib.auth.decorators import login_not_required
from django.db import models
from django.urls import URLPattern, path

from safeguarding import clock, context, outbox
from safeguarding.outbox import MessageState, OutboxMessage

BOUNCES_WITHIN = timedelta(days=7)
CAME_BACK = frozenset({EventType.BOUNCED, EventType.REJECTED, EventType.FAILED})


def hear(sender: object, event: Any, **kwargs: Any) -> None:
    """Mark a sent mail as not delivered; what a service says beyond that is not kept."""
    if event.event_type in CAME_BACK and event.message_id and event.recipient:
        with context.system():
            reason = str(event.reject_reason or event.event_type)
            came_back(message_id=event.message_id, to=event.recipient, fault=f"bounced {reason}")


def came_back(*, message_id: str, to: str, fault: str) -> int:
    """Mark a sent mail as not delivered. Returns how many messages that was.

    Some services have ids of their own: then it was the last one sent to that address.
    """
    now = clock.now()
    ids = (message_id, f"<{message_id.strip('<>')}>")
    there = models.Q(to__iexact=to) | models.Q(pk__in=_hidden_to(to, now=now))
    sent = OutboxMessage.objects.filter(there, state=MessageState.SENT)
    last = sent.filter(ended_at__gt=now - BOUNCES_WITHIN).order_by("-ended_at").values("pk")[:1]
    which = sent.filter(message_id__in=ids)
    found = which if which.exists() else sent.filter(pk__in=last)
    done = found.update(state=MessageState.NOT_DELIVERED, ended_at=now, fault=fault[:80])
    outbox.wake()
    return done


def _hidden_to(to: str, *, now: datetime) -> list[UUID]:
    """The mails to an address that is sealed: each is opened, for nothing is kept to look it up by."""
    lately = OutboxMessage.objects.filter(to="", state=MessageState.SENT, ended_at__gt=now - BOUNCES_WITHIN)
    with outbox.ready():
        return [mail.pk for mail in lately if mail.goes_to.casefold() == to.casefold()]


def routes(service: str) -> list[URLPattern]:
    """The one address that the service calls, or none. Raises ImportError for an unknown service."""
    if not service:
        return []
    webhooks = import_module(f"anymail.webhooks.{service}")
    view = next(
        v
        for name, v in vars(webhooks).items()
        if name.endswith("TrackingWebhookView") and v.__module__ == webhooks.__name__
    )
    tracking.connect(hear, dispatch_uid="safeguarding.bounces")
    return [path("mail/came-back/", login_not_required(view.as_view()), name="mail_came_back")]
