"""Signing in, the second factor, one's own sessions."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.http import QueryDict

from safeguarding.people import kept
from safeguarding.people.models import Person
from tests.access.table import Row, Who
from tests.cast import Cast


def passkey_of(person: Person) -> dict[str, Any]:
    data = {"name": "Phone", "credential": {}}
    return {"pk": Authenticator.objects.create(user=person, type="webauthn", data=data).pk}


def own_codes(cast: Cast, person: Person | None) -> dict[str, Any]:
    RecoveryCodes.activate(person or cast.lead)
    return {}


def words_of(person: Person) -> dict[str, Any]:
    words = kept.keep(by=person, path="/raise/", typed=QueryDict("words=The door was locked."))
    assert words is not None
    return {"pk": words.pk}


def own_words(cast: Cast, person: Person | None) -> dict[str, Any]:
    return words_of(person or cast.lead)


def others_words(cast: Cast, person: Person | None) -> dict[str, Any]:
    return words_of(cast.deputy if person == cast.lead else cast.lead)


def with_a_passkey(cast: Cast, person: Person | None) -> dict[str, Any]:
    own_passkey(cast, person)
    return {}


def own_passkey(cast: Cast, person: Person | None) -> dict[str, Any]:
    return passkey_of(person or cast.lead)


def others_passkey(cast: Cast, person: Person | None) -> dict[str, Any]:
    return passkey_of(cast.deputy if person == cast.lead else cast.lead)


FORM = ("GET", "POST")
ROWS = (
    Row("account", Who.SIGNED_IN),
    Row("second_factor_needed", Who.SIGNED_IN, gives=302, gives_without_factor=200),
    Row("kept_words", Who.SIGNED_IN),
    Row("throw_away_words", Who.SIGNED_IN, ("POST",), own=own_words, other=others_words, gives=302),
    Row("account_login", Who.VISITORS, FORM, excluded=302),
    Row("account_logout", Who.SIGNED_IN, FORM, post_gives=302),
    Row("account_reauthenticate", Who.SIGNED_IN, FORM),
    Row("account_change_password", Who.SIGNED_IN, FORM),
    Row("account_reset_password", Who.PUBLIC, FORM),
    Row("account_reset_password_done", Who.PUBLIC),
    Row("account_reset_password_from_key", Who.PUBLIC, FORM, own=lambda c, p: {"uidb36": "1", "key": "a-b"}),
    Row("account_reset_password_from_key_done", Who.PUBLIC),
    Row("mfa_index", Who.SIGNED_IN),
    Row("mfa_authenticate", Who.VISITORS, FORM, gives=302, post_gives=302, excluded=302),
    Row("mfa_reauthenticate", Who.SIGNED_IN, FORM, gives=302, post_gives=302),
    Row("mfa_activate_totp", Who.SIGNED_IN, FORM, after_reauthentication=FORM),
    Row("mfa_deactivate_totp", Who.SIGNED_IN, FORM, gives=404, post_gives=404),
    Row(
        "mfa_view_recovery_codes",
        Who.SIGNED_IN,
        own=own_codes,
        after_reauthentication=("GET",),
        get_writes=("mfa_authenticator",),  # that its owner has seen the codes
    ),
    Row(
        "mfa_generate_recovery_codes",
        Who.SIGNED_IN,
        FORM,
        own=with_a_passkey,
        post_gives=302,
        after_reauthentication=FORM,
    ),
    Row(
        "mfa_download_recovery_codes",
        Who.SIGNED_IN,
        own=own_codes,
        after_reauthentication=("GET",),
        get_writes=("mfa_authenticator",),  # that its owner has seen the codes
    ),
    Row("mfa_list_webauthn", Who.SIGNED_IN),
    Row("mfa_add_webauthn", Who.SIGNED_IN, FORM, after_reauthentication=FORM),
    Row("mfa_reauthenticate_webauthn", Who.SIGNED_IN, FORM, gives=302, post_gives=302),
    Row("mfa_login_webauthn", Who.VISITORS, FORM, gives=302, post_gives=302, excluded=302),
    Row(
        "mfa_remove_webauthn",
        Who.SIGNED_IN,
        FORM,
        own=own_passkey,
        other=others_passkey,
        post_gives=302,
        after_reauthentication=FORM,
    ),
    Row(
        "mfa_edit_webauthn",
        Who.SIGNED_IN,
        FORM,
        own=own_passkey,
        other=others_passkey,
        after_reauthentication=FORM,
    ),
    Row("usersessions_list", Who.SIGNED_IN, FORM, post_gives=302),
)
