"""What start-up refuses: weak secrets, the demonstration in the open, a database role that sees past the
policies, a key ring that does not fit.

Django's commands run the first kind. `refuse_to_start_unsafe` runs all of them: wsgi, the worker and the
dispatcher call it before they serve anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, register, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, ProgrammingError, connection

from safeguarding import crypto

FEWEST = 4  # answers that a group picture may ever rest on
LOOPBACK = ("localhost", "127.0.0.1", "::1")
OURS, AT_START = "safeguarding", "at_start"
SHORTEST_SECRET, SHORTEST_PASSWORD = 50, 16  # characters


def _is_here() -> bool:
    return settings.SITE_HOST in LOOPBACK


@register(OURS)
def secrets_are_strong(**kwargs: Any) -> list[CheckMessage]:
    weak = [key for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS) if _is_weak(key)]
    if weak:
        return [
            Error(f"SECRET_KEY must be at least {SHORTEST_SECRET} mixed characters", id="safeguarding.E001")
        ]
    return []


def _is_weak(key: str) -> bool:
    return len(key) < SHORTEST_SECRET or len(set(key)) < 12


@register(OURS)
def key_ring_opens(**kwargs: Any) -> list[CheckMessage]:
    try:
        crypto.ring()
    except crypto.KeyRingFault as fault:
        return [Error(str(fault), hint="manage.py make_key_ring makes a new one", id="safeguarding.E002")]
    return []


@register(OURS)
def demonstration_stays_here(**kwargs: Any) -> list[CheckMessage]:
    if settings.DEMO and not (settings.EMBEDDED_DATABASE and _is_here()):
        return [Error("DEMO=1 is only for this machine with the embedded database", id="safeguarding.E003")]
    return []


@register(OURS)
def the_open_has_its_own_rules(**kwargs: Any) -> list[CheckMessage]:
    """What may be so on this machine, and never where others can reach it."""
    if _is_here():
        return []
    refused = {
        "E004": (settings.EMBEDDED_DATABASE, "set DATABASE_URL: the embedded database is not for production"),
        "E014": (not settings.HTTPS, "SITE_URL must begin with https://"),
        "E006": (settings.DEBUG, "DEBUG shows too much to everybody"),
        "E007": ("*" in settings.ALLOWED_HOSTS, "ALLOWED_HOSTS must name the hosts"),
        "E008": (_weak_database_password(), "the database's password needs 16 characters"),
    }
    return [Error(words, id=f"safeguarding.{name}") for name, (is_so, words) in refused.items() if is_so]


def _weak_database_password() -> bool:
    """Over a socket of this machine the system says who asks; elsewhere a password must."""
    database = settings.DATABASES["default"]
    over_network = not str(database.get("HOST", "")).startswith("/")
    return over_network and len(str(database.get("PASSWORD", ""))) < SHORTEST_PASSWORD


@register(OURS)
def the_way_out_is_an_address(**kwargs: Any) -> list[CheckMessage]:
    parts = urlsplit(settings.EXIT_URL)
    if settings.EXIT_URL and not (parts.scheme in ("http", "https") and parts.hostname):
        return [Error("EXIT_URL must be a whole address, or empty", id="safeguarding.E009")]
    return []


@register(OURS)
def whoever_tells_of_bounces_is_known(**kwargs: Any) -> list[CheckMessage]:
    if settings.BOUNCE_SERVICE and len(settings.ANYMAIL["WEBHOOK_SECRET"]) < 24:
        hint = "a user and a password that the mail service gives, like user:long-random-words"
        return [Error("BOUNCE_SERVICE needs a BOUNCE_SECRET", hint=hint, id="safeguarding.E005")]
    return []


@register(OURS)
def a_group_picture_hides_each_of_its_people(**kwargs: Any) -> list[CheckMessage]:
    if settings.ZONE_MINIMUM < FEWEST:
        words = f"ZONE_MINIMUM must be {FEWEST} or more: with fewer answers each can be guessed"
        return [Error(words, id="safeguarding.E015")]
    return []


@register(AT_START, deploy=True)
def the_database_fits(**kwargs: Any) -> list[CheckMessage]:
    """A database that does not answer is no fault here: the site says 503 until it does."""
    try:
        return [Error(words, id=f"safeguarding.{name}") for name, words in _database_faults()]
    except OperationalError:
        return []
    except ProgrammingError:
        return [Error("the database is not migrated", id="safeguarding.E010")]
    finally:
        connection.close()  # before a server forks: two processes must not share it


def _database_faults() -> Iterator[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone() != (False,):
            yield "E011", "DATABASE_URL names a superuser: row-level security would do nothing"
        cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_tables WHERE tableowner = current_user)")
        if cursor.fetchone() != (False,):
            yield "E012", "DATABASE_URL names the owner of the tables: row-level security would do nothing"
    if not _ring_fits():
        yield "E013", "the key ring does not open what this database holds"


def _ring_fits() -> bool:
    """Whether every wrapping key in use is on the ring, and opens one record that it wrapped."""
    ring = crypto.ring()
    if crypto.RecordKey.objects.exclude(wrapped_by__in=ring.wrapping).exists():
        return False
    samples = [crypto.RecordKey.objects.filter(wrapped_by=number).first() for number in ring.wrapping]
    return all(crypto.opens(key) for key in samples if key is not None)


def refuse_to_start_unsafe() -> None:
    """Raises ImproperlyConfigured with one line for each reason. The database is asked only when the rest is sound."""
    found = run_checks(tags=[OURS]) or run_checks(tags=[AT_START], include_deployment_checks=True)
    reasons = [message.msg for message in found if message.is_serious()]
    if reasons:
        raise ImproperlyConfigured("\n- ".join(["refused to start:", *reasons]))
