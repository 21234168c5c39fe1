"""Signing in as a person does it: by the pages, with a real authenticator app's arithmetic."""

from __future__ import annotations

import re
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from safeguarding import context, outbox
from safeguarding.people.models import Person
from tests.cast import PASSWORD

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_now(secret: str = SECRET) -> str:
    """What the person's app shows at this moment."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def give_app(person: Person, secret: str = SECRET) -> Authenticator:
    RecoveryCodes.activate(person)
    return TOTP.activate(person, secret).instance


def submit_password(client: Client, email: str, password: str = PASSWORD, **more: str) -> HttpResponse:
    data = {"login": email, "password": password} | more
    return client.post(reverse("account_login"), data)  # type: ignore[return-value]


def submit_code(client: Client, code: str) -> HttpResponse:
    return client.post(reverse("mfa_authenticate"), {"code": code})  # type: ignore[return-value]


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("account")).status_code == 200


def link_in_mail(path: str) -> str:
    """The newest queued mail's link that contains `path`, without the site."""
    with context.system():
        message = outbox.OutboxMessage.objects.order_by("-created_at").first()
        assert message is not None
        found = re.search(rf"https?://[^/\s]+(\S*{path}\S*)", message.text or "")
    assert found is not None, message.text
    return found[1]
