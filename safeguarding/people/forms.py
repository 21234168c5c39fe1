"""Allauth's forms in our own words, and our own for people, roles and invitations."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from safeguarding.forms import LeafletFormMixin

NEW_PASSWORD = (
    _("Your new password"),
    _("At least 15 characters. Four words that do not belong together are good, and easy to keep in mind."),
)
ONCE_MORE = (_("The same password once more"), "")
CODE = (_("The code"), _("Six digits from your app, or one of your spare codes."))


class Worded:
    """Gives the fields of a library's form our labels and hints; stands before that form."""

    words: ClassVar[dict[str, tuple[Any, Any]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, hint) in self.words.items():
            field = cast(forms.BaseForm, self).fields[name]
            field.label, field.help_text = label, hint
            field.widget.attrs.pop("placeholder", None)


class SignInForm(LeafletFormMixin, Worded, account.LoginForm):
    words = {"login": (_("Your email address"), ""), "password": (_("Your password"), "")}


class ForgottenPasswordForm(LeafletFormMixin, Worded, account.ResetPasswordForm):
    words = {"email": (_("Your email address"), _("The one you sign in with."))}

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """One mail goes out whether or not the address is known here, and the page says the same."""
        email: str = super().save(request, **kwargs)
        if not self.users:
            get_adapter().send_mail("account/email/unknown_account", email, {})
        return email


class NewPasswordForm(LeafletFormMixin, Worded, account.ResetPasswordKeyForm):
    words = {"password1": NEW_PASSWORD, "password2": ONCE_MORE}


class ChangePasswordForm(LeafletFormMixin, Worded, account.ChangePasswordForm):
    words = {
        "oldpassword": (_("The password you have now"), ""),
        "password1": NEW_PASSWORD,
        "password2": ONCE_MORE,
    }


class PasswordAgainForm(LeafletFormMixin, Worded, account.ReauthenticateForm):
    words = {"password": (_("Your password"), "")}


class CodeForm(LeafletFormMixin, Worded, mfa.AuthenticateForm):
    words = {"code": CODE}


class CodeAgainForm(LeafletFormMixin, Worded, mfa.ReauthenticateForm):
    words = {"code": CODE}


class FirstCodeForm(LeafletFormMixin, Worded, totp.ActivateTOTPForm):
    words = {"code": (_("The code your app shows now"), _("Six digits. They change every half minute."))}


class PasskeyForm(LeafletFormMixin, Worded, webauthn.AddWebAuthnForm):
    words = {
        "name": (_("A name for this passkey"), _("So that you can tell your devices apart.")),
        "passwordless": (
            _("Let me sign in with this passkey alone"),
            _("It asks for your finger, your face or a PIN each time. You will not need your password."),
        ),
    }


class PasskeyNameForm(LeafletFormMixin, Worded, webauthn.EditWebAuthnForm):
    words = {"name": (_("A name for this passkey"), "")}
