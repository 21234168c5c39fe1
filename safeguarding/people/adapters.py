"""Where allauth meets us: no open sign-up, mail through the outbox, authenticator secrets sealed."""

from __future__ import annotations

import ipaddress
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from safeguarding import audit, clock, crypto, limits, outbox
from safeguarding.people import kept
from safeguarding.people.models import Person

BOUND_TO = "mfa_authenticator"
LOCAL_IPV6 = bytes([0xFD])  # unique local addresses: nobody's on the internet


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "We do not know this email address and password together. Check both, and try again."
        ),
        "incorrect_password": _("That is not your password. Try again."),
        "enter_current_password": _("That is not the password you have now. Try again."),
        "too_many_login_attempts": _("That was tried too often. Wait five minutes, then try again."),
        "rate_limited": _("That was tried too often. Wait five minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue allauth's own mails beside ours, so that they survive a dead mail server."""
        message = self.render_mail(template_prefix, email, context | {"site_url": settings.SITE_URL})
        kind = template_prefix.rsplit("/", 1)[-1]
        parts, to = [str(message.subject), str(message.body), ""], outbox.Hidden(email)
        outbox.queue_rendered(f"account_{kind}"[:60], parts, to=to)

    def send_notification_mail(self, template_prefix: str, user: Person, *args: Any, **kwargs: Any) -> None:
        """Each change of a password or a second factor is recorded, and its person hears of it."""
        super().send_notification_mail(template_prefix, user, *args, **kwargs)
        audit.record(template_prefix.rsplit("/", 1)[-1], by=user, about=user)

    def get_reset_password_from_key_url(self, key: str) -> str:
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return str(settings.SITE_URL) + path.replace("UID-KEY", key)

    def get_client_ip(self, request: HttpRequest) -> str:
        """One stable stand-in for each address: enough to count by, and nothing to find anybody with."""
        hashed = crypto.keyed_hash("address", f"session|{limits.address_of(request)}")
        return str(ipaddress.IPv6Address(LOCAL_IPV6 + hashed[:15]))

    def is_safe_url(self, url: str) -> bool:
        """Only places on this site, named by their path."""
        return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Person | None:
        """Allauth hands on somebody whose account is closed, to say so; we tell nobody that it exists."""
        person: Person | None = super().authenticate(request, **credentials)
        if person is None or person.is_active:
            return person
        self.authentication_failed(request, **credentials)
        return None

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        person = Person.objects.filter(email__iexact=credentials.get("email", "")).first()
        audit.record("sign_in_failed", by=audit.Other.VISITOR, about=person)

    def login(self, request: HttpRequest, user: Person) -> None:
        super().login(request, user)
        audit.record("signed_in", by=user)

    def logout(self, request: HttpRequest) -> None:
        if isinstance(request.user, Person):
            audit.record("signed_out", by=request.user)
        super().logout(request)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        person = request.user
        if isinstance(person, Person) and kept.KeptWords.objects.of(person, clock.now()).exists():
            return reverse("kept_words")
        return str(settings.LOGIN_REDIRECT_URL)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Setting up a second factor straight after signing in asks for nothing twice."""
        if app != "allauth.mfa":
            return True
        records = get_authentication_records(self.request, self.request.user)
        newest = max((record["at"] for record in records), default=0)
        return bool(time.time() - newest > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)


class MFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("That code did not work. Wait for the next one, and try that."),
        "cannot_generate_recovery_codes": _("Set up a passkey or an app first."),
    }

    def encrypt(self, text: str) -> str:
        return crypto.service_key("authenticators").seal(text, bound_to=BOUND_TO).hex()

    def decrypt(self, encrypted_text: str) -> str:
        return crypto.service_key("authenticators").open(bytes.fromhex(encrypted_text), bound_to=BOUND_TO)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": settings.SITE_HOST, "name": settings.ORGANISATION_NAME}

    def generate_authenticator_name(self, user: Person, type: str) -> str:
        return str(_("My phone or computer"))
