"""What start-up refuses: weak secrets, the embedded database in production, the demonstration in the open."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from safeguarding import crypto

LOOPBACK = ("localhost", "127.0.0.1", "::1")


@register()
def secrets_are_strong(**kwargs: Any) -> list[CheckMessage]:
    if len(settings.SECRET_KEY) < 50 or len(set(settings.SECRET_KEY)) < 12:
        return [Error("SECRET_KEY must be at least 50 mixed characters", id="safeguarding.E001")]
    return []


@register()
def key_ring_opens(**kwargs: Any) -> list[CheckMessage]:
    try:
        crypto.ring()
    except crypto.KeyRingFault as fault:
        return [Error(str(fault), hint="manage.py make_key_ring makes a new one", id="safeguarding.E002")]
    return []


@register()
def demonstration_stays_here(**kwargs: Any) -> list[CheckMessage]:
    if settings.DEMO and not (settings.EMBEDDED_DATABASE and settings.SITE_HOST in LOOPBACK):
        return [Error("DEMO=1 is only for this machine with the embedded database", id="safeguarding.E003")]
    return []


@register()
def production_has_its_own_database(**kwargs: Any) -> list[CheckMessage]:
    if settings.EMBEDDED_DATABASE and settings.SITE_HOST not in LOOPBACK:
        return [
            Error("set DATABASE_URL: the embedded database is not for production", id="safeguarding.E004")
        ]
    return []


@register()
def whoever_tells_of_bounces_is_known(**kwargs: Any) -> list[CheckMessage]:
    if settings.BOUNCE_SERVICE and len(settings.ANYMAIL["WEBHOOK_SECRET"]) < 24:
        hint = "a user and a password that the mail service gives, like user:long-random-words"
        return [Error("BOUNCE_SERVICE needs a BOUNCE_SECRET", hint=hint, id="safeguarding.E005")]
    return []
