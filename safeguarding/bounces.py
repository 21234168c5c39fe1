"""A hosted mail service tells us which mails came back; only where one is configured.

The signal is django-anymail's, not ours: it is its only way to tell.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from anymail.signals import EventType, tracking
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, path

from safeguarding import context, outbox

CAME_BACK = frozenset({EventType.BOUNCED, EventType.REJECTED, EventType.FAILED})


def hear(sender: object, event: Any, **kwargs: Any) -> None:
    """Mark a sent mail as not delivered; what a service says beyond that is not kept."""
    if event.event_type in CAME_BACK and event.message_id and event.recipient:
        with context.system():
            reason = str(event.reject_reason or event.event_type)
            outbox.came_back(message_id=event.message_id, to=event.recipient, fault=f"bounced {reason}")


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
