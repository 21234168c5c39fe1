"""Where allauth meets us: no open sign-up, mail through the outbox, authenticator secrets sealed."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest

from safeguarding import crypto, outbox

BOUND_TO = "mfa_authenticator"


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue allauth's own mails beside ours, so that they survive a dead mail server."""
        message = self.render_mail(template_prefix, email, context)
        kind = template_prefix.rsplit("/", 1)[-1]
        outbox.queue_rendered(f"account_{kind}"[:60], [str(message.subject), str(message.body), ""], to=email)


class MFAAdapter(DefaultMFAAdapter):
    def encrypt(self, text: str) -> str:
        return crypto.service_key("authenticators").seal(text, bound_to=BOUND_TO).hex()

    def decrypt(self, encrypted_text: str) -> str:
        return crypto.service_key("authenticators").open(bytes.fromhex(encrypted_text), bound_to=BOUND_TO)
