"""The second step: asked for kindly where it is missing, and used at once when it is set up."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_safe

from safeguarding.access import person_of
from safeguarding.people.forms import FirstCodeForm, PasskeyForm


@require_safe
def needed(request: HttpRequest) -> HttpResponse:
    """Why a page asks for a second step, and the way to it."""
    person = person_of(request)
    back = safe_path(request.GET.get("next", ""))
    if person.used_second_factor:
        return redirect(back)
    passkeys = is_mfa_enabled(person, [Authenticator.Type.WEBAUTHN])
    code = is_mfa_enabled(person, [Authenticator.Type.TOTP])
    ways = {
        "passkey": "mfa_reauthenticate_webauthn" if passkeys else "",
        "code": "mfa_reauthenticate" if code else "",
    }
    addresses = {way: f"{reverse(name)}?{urlencode({'next': back})}" for way, name in ways.items() if name}
    return render(request, "people/second_factor_needed.html", {"ways": addresses})


def safe_path(path: str) -> str:
    """A path on this site, or the first page."""
    return path if path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None) else "/"


class ActivateApp(ActivateTOTPView):
    def form_valid(self, form: FirstCodeForm) -> HttpResponse:
        """The first code proves as much as any later one."""
        response: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, method="mfa", type="totp")
        return response


class AddPasskey(AddWebAuthnView):
    def form_valid(self, form: PasskeyForm) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, method="mfa", type="webauthn")
        return response


activate_app = ActivateApp.as_view()
add_passkey = AddPasskey.as_view()
