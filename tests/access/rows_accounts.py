"""People, roles, invitations, and the way back from a lost second factor."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from safeguarding import crypto
from safeguarding.people.lost_factor import FactorReset
from safeguarding.people.models import Invitation, Person
from safeguarding.permissions import Verb
from tests.access.table import Row, Who
from tests.cast import Cast

ADMINISTRATORS = (Verb.INVITE_PEOPLE,)
FORM = ("GET", "POST")


def somebody(cast: Cast, person: Person | None) -> dict[str, Any]:
    return {"pk": cast.co_producer.pk}


def nobody(cast: Cast, person: Person | None) -> dict[str, Any]:
    return {"pk": "00000000-0000-4000-8000-000000000000"}


def invitation(cast: Cast, person: Person | None) -> dict[str, Any]:
    now, token = timezone.now(), "an-invitation"
    made = Invitation.objects.create(
        email="ines@example.org",
        token_hash=crypto.token_hash(token),
        created_at=now,
        expires_at=now + timedelta(days=7),
    )
    return {"pk": made.pk}


def invited(cast: Cast, person: Person | None) -> dict[str, Any]:
    invitation(cast, person)
    return {"token": "an-invitation"}


def being_reset(cast: Cast, person: Person | None) -> dict[str, Any]:
    now = timezone.now()
    FactorReset.objects.create(
        person=cast.lead,
        asked_by=cast.administrator,
        asked_at=now,
        met_in_person=False,
        due_at=now + timedelta(days=1),
        token_hash=crypto.token_hash("a-way-to-stop-it"),
    )
    return {"token": "a-way-to-stop-it"}


def unknown_token(cast: Cast, person: Person | None) -> dict[str, Any]:
    return {"token": "made-up"}


ROWS = (
    Row("people", ADMINISTRATORS),
    Row("person", ADMINISTRATORS, own=somebody, other=nobody),
    Row(
        "change_roles",
        ADMINISTRATORS,
        FORM,
        own=somebody,
        other=nobody,
        post_gives=302,
        after_reauthentication=FORM,
    ),
    Row("close_account", ADMINISTRATORS, FORM, own=somebody, other=nobody, after_reauthentication=FORM),
    Row(
        "open_account",
        ADMINISTRATORS,
        FORM,
        own=somebody,
        other=nobody,
        post_gives=302,
        after_reauthentication=FORM,
    ),
    Row("reset_factor", ADMINISTRATORS, FORM, own=somebody, other=nobody, after_reauthentication=FORM),
    Row("invite", ADMINISTRATORS, FORM, after_reauthentication=FORM),
    Row("invitations", ADMINISTRATORS),
    Row("invite_again", ADMINISTRATORS, ("POST",), own=invitation, other=nobody, gives=302),
    Row("withdraw_invitation", ADMINISTRATORS, ("POST",), own=invitation, other=nobody, gives=302),
    Row("accept_invitation", Who.PUBLIC, FORM, own=invited, other=unknown_token, other_gives=410),
    Row("stop_factor_reset", Who.PUBLIC, FORM, own=being_reset, other=unknown_token, other_gives=410),
    Row("welcome", Who.SIGNED_IN),
)
