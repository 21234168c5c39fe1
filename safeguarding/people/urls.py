"""Only the pages of allauth that we offer; sign-up, open invitations and email codes have no address."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.usersessions import views as usersessions
from django.urls import URLPattern, URLResolver, include, path, re_path

from safeguarding.people.pace import at_even_pace
from safeguarding.people.views import account as own
from safeguarding.people.views import invitations, people, second_factor

_account: list[URLPattern] = [
    path("", own.account, name="account"),
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/reset/", at_even_pace(account.password_reset), name="account_reset_password"),
    path("password/reset/sent/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("sessions/", usersessions.list_usersessions, name="usersessions_list"),
]
_second_factor: list[URLPattern] = [
    path("needed/", second_factor.needed, name="second_factor_needed"),
    path("", mfa.index, name="mfa_index"),
    path("authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path("reauthenticate/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("app/", second_factor.activate_app, name="mfa_activate_totp"),
    path("app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("codes/new/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("codes/download/", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("passkeys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("passkeys/add/", second_factor.add_passkey, name="mfa_add_webauthn"),
    path("passkeys/reauthenticate/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("passkeys/login/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("passkeys/<int:pk>/remove/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("passkeys/<int:pk>/name/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include(_account)),
    path("account/second-factor/", include(_second_factor)),
    path("people/", people.people, name="people"),
    path("people/invite/", invitations.invite, name="invite"),
    path("people/invitations/", invitations.invitations, name="invitations"),
    path("people/invitations/<uuid:pk>/again/", invitations.invite_again, name="invite_again"),
    path(
        "people/invitations/<uuid:pk>/withdraw/", invitations.withdraw_invitation, name="withdraw_invitation"
    ),
    path("people/<uuid:pk>/", people.person, name="person"),
    path("people/<uuid:pk>/roles/", people.change_roles, name="change_roles"),
    path("people/<uuid:pk>/close/", people.close_account, name="close_account"),
    path("people/<uuid:pk>/open/", people.open_account, name="open_account"),
    path("people/<uuid:pk>/second-step/", people.reset_factor, name="reset_factor"),
    path("invitation/<str:token>/", invitations.accept_invitation, name="accept_invitation"),
    path("second-step/<str:token>/", invitations.stop_factor_reset, name="stop_factor_reset"),
    path("welcome/", own.welcome, name="welcome"),
    path("kept/", own.kept_words, name="kept_words"),
    path("kept/<uuid:pk>/wipe/", own.throw_away_words, name="throw_away_words"),
]
