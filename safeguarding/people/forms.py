"""Allauth's forms in our own words, and our own for people, roles and invitations."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.mfa.adapter import get_adapter as mfa_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from safeguarding.forms import Checkboxes, Form, LeafletFormMixin, LineField, Radios
from safeguarding.people.models import Invitation, Person
from safeguarding.permissions import Role

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


class Unharmed:
    """What no browser sends is a wrong code, and no fault of ours: the library trips over its shape."""

    def full_clean(self) -> None:
        form = cast(forms.BaseForm, super())
        try:
            form.full_clean()
        except (AttributeError, KeyError, TypeError, ValueError):
            cast(forms.BaseForm, self).add_error(
                "credential", mfa_adapter().validation_error("incorrect_code")
            )


class PasskeySignInForm(Unharmed, webauthn.LoginWebAuthnForm):
    pass


class PasskeyStepForm(Unharmed, webauthn.AuthenticateWebAuthnForm):
    pass


class PasskeyAgainForm(Unharmed, webauthn.ReauthenticateWebAuthnForm):
    pass


class PasskeyForm(Unharmed, LeafletFormMixin, Worded, webauthn.AddWebAuthnForm):
    words = {
        "name": (_("A name for this passkey"), _("So that you can tell your devices apart.")),
        "passwordless": (
            _("Let me sign in with this passkey alone"),
            _("It asks for your finger, your face or a PIN each time. You will not need your password."),
        ),
    }


class PasskeyNameForm(LeafletFormMixin, Worded, webauthn.EditWebAuthnForm):
    words = {"name": (_("A name for this passkey"), "")}


def _choices() -> list[tuple[str, Any]]:
    return [(role.value, role.label.capitalize()) for role in Role]


class RolesForm(Form):
    roles = forms.MultipleChoiceField(
        label=_("What they do here"), required=False, choices=_choices, widget=Checkboxes()
    )


class InviteForm(RolesForm):
    field_order = ("email", "preferred_name", "roles")

    email = forms.EmailField(label=_("Their email address"), max_length=254)
    preferred_name = LineField(
        label=_("Their name"), help_text=_("They can change it when they come in."), max_length=120
    )


class AcceptForm(Form):
    preferred_name = LineField(label=_("The name you like to be called"), max_length=120)
    password1 = forms.CharField(
        label=_("A password"),
        help_text=NEW_PASSWORD[1],
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=ONCE_MORE[0], strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, initial={"preferred_name": invitation.preferred_name}, **kwargs)
        self.person = Person(email=invitation.email, preferred_name=invitation.preferred_name)

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        validate_password(password, self.person)
        return password

    def clean(self) -> dict[str, Any]:
        answers: dict[str, Any] = super().clean() or {}
        once, again = answers.get("password1"), answers.get("password2")
        if once and again and once != again:
            self.add_error("password2", _("The two passwords are not the same. Type it once more."))
        return answers


class ConfirmForm(Form):
    """A page whose only question is its button."""

    sure = forms.CharField(widget=forms.HiddenInput, initial="yes")


MET = (
    ("met", _("I have met them, or seen and heard them on a call. It was them.")),
    ("wait", _("I have not. Wait a day, so that they can stop it by mail.")),
)


class LostFactorForm(Form):
    met = forms.ChoiceField(label=_("How do you know that it is them?"), choices=MET, widget=Radios())

    @property
    def met_in_person(self) -> bool:
        return bool(self.cleaned_data["met"] == "met")
