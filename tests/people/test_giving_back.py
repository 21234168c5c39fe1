"""What could not be sent is in no session, and comes back into its form after the proof or the sign-in."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import timedelta

import pytest
import time_machine
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from concerns.models import Concern, Entry
from concerns.services.raising import Reporter
from safeguarding import audit, clock
from safeguarding.crypto import RecordKey
from safeguarding.people.kept import KeptWords
from safeguarding.people.models import Invitation, Person
from safeguarding.permissions import Role
from tests.access.table import Row, rows
from tests.cast import Cast, sign_in
from tests.triage.conftest import acknowledged, hidden, steps, url

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
CANARY = "The heron by the locked door told me twice."
BACK = "Here is what you had written. It was not sent yet."
WHO = Reporter(mode="contact", name="Robin Vale", email="robin@example.org")
WHY = {"reason": CANARY}
ASKING = [row for row in rows() if "POST" in row.after_reauthentication]


def old(client: Client) -> Client:
    """A session whose proof is an hour old."""
    return _proved(client, time.time() - 3600)


def proved(client: Client) -> Client:
    return _proved(client, time.time())


def _proved(client: Client, at: float) -> Client:
    session = client.session
    methods = session[AUTHENTICATION_METHODS_SESSION_KEY]
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [method | {"at": at} for method in methods]
    session.save()
    return client


def sessions() -> str:
    return str([session.get_decoded() for session in Session.objects.all()])


def shown(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def to_reveal(cast: Cast) -> Concern:
    return acknowledged(cast.deputy, reporter=WHO)


@pytest.mark.parametrize("row", [pytest.param(row, id=row.name) for row in ASKING])
def test_no_page_that_asks_for_a_proof_keeps_what_was_sent_in_the_session(row: Row, cast: Cast) -> None:
    person = cast.everyone()[next(role for role in Role if role in row.roles)]
    client = old(sign_in(Client(), person))
    names = ("reason", "words", "roles", "email", "preferred_name", "name", "code", "met", "credential")

    response = client.post(row.address(row.own(cast, person) or {}), dict.fromkeys(names, CANARY))

    assert "/reauthenticate/" in response.headers["Location"]
    assert "heron" not in sessions()
    assert "heron" not in str(dict(client.cookies))


def test_a_reason_to_see_who_raised_it_is_sealed_and_comes_back(cast: Cast, client_for: As) -> None:
    concern, client = to_reveal(cast), client_for(cast.lead)
    address = url("concern_reveal", concern)
    data = hidden(shown(client, address)) | WHY

    asked = old(client).post(address, data)

    assert asked.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert "It comes back once we know that it is you" in shown(client, asked.headers["Location"])
    assert b"heron" not in bytes(KeptWords.objects.get().fields_sealed)
    assert steps(concern) == ["acknowledged"]
    page = shown(proved(client), address)
    assert (BACK in page, CANARY in page, "Robin" in page) == (True, True, False)


def test_once_it_is_sent_nothing_is_kept(cast: Cast, client_for: As) -> None:
    concern, client = to_reveal(cast), client_for(cast.lead)
    address = url("concern_reveal", concern)
    typed = hidden(shown(client, address)) | WHY
    for _twice in range(2):
        old(client).post(address, typed)
    keys = list(KeptWords.objects.values_list("key", flat=True))

    page = shown(proved(client), address)
    revealed = client.post(address, hidden(page) | WHY).content.decode()

    assert "Robin Vale" in revealed
    assert (KeptWords.objects.count(), RecordKey.objects.filter(pk__in=keys).count()) == (0, 0)
    assert CANARY not in shown(client, address)
    assert audit.AuditEntry.objects.filter(verb="kept_words_sent").count() == len(keys) == 2


def test_what_is_wrong_in_it_is_said_and_it_stays_kept(cast: Cast, client_for: As) -> None:
    address, client = reverse("invite"), client_for(cast.administrator)
    typed = {"email": "no address", "preferred_name": "Noor", "roles": ["deputy", "facilitator"]}
    old(client).post(address, typed)

    page = proved(client).post(address, typed).content.decode()

    assert "Please look at this again" in page
    assert KeptWords.objects.count() == 1


def test_several_ticks_come_back_as_they_were(cast: Cast, client_for: As) -> None:
    address, client = reverse("invite"), client_for(cast.administrator)
    typed = {"email": "noor@example.org", "preferred_name": "Noor", "roles": ["deputy", "facilitator"]}
    old(client).post(address, typed)

    page = shown(proved(client), address)

    for value in ("deputy", "facilitator"):
        assert f'value="{value}" checked' in page.replace("\n", " ")
    assert ('value="Noor"' in page, 'value="lead" checked' in page) == (True, False)
    assert not Invitation.objects.exists()


def test_a_change_of_roles_waits_for_the_proof(cast: Cast, client_for: As) -> None:
    address, client = (
        reverse("change_roles", kwargs={"pk": cast.facilitator.pk}),
        client_for(cast.administrator),
    )
    old(client).post(address, {"roles": ["co_producer"]})

    page = shown(proved(client), address)

    assert 'value="co_producer" checked' in page
    assert Person.objects.get(pk=cast.facilitator.pk).roles == (Role.FACILITATOR,)


def test_nobody_else_finds_it_in_the_same_form(cast: Cast, client_for: As) -> None:
    address = url("concern_reveal", to_reveal(cast))
    old(client := client_for(cast.lead)).post(address, WHY)

    assert CANARY in shown(proved(client), address)
    assert CANARY not in shown(client_for(cast.alternate), "/kept/")
    cast.deputy.refresh_from_db()
    assert CANARY not in shown(client_for(cast.deputy), address)


def test_after_a_day_it_is_gone(cast: Cast, client_for: As) -> None:
    address, client = url("concern_reveal", to_reveal(cast)), client_for(cast.lead)
    old(client).post(address, WHY)
    KeptWords.objects.update(kept_at=clock.now() - timedelta(hours=24, seconds=1))

    assert CANARY not in shown(proved(client), address)


def too_late(client: Client, address: str, data: Mapping[str, object]) -> str:
    """Send it sixteen minutes after the last request; returns where one is led."""
    with time_machine.travel(time.time() + 16 * 60, tick=False):
        return client.post(address, data).headers["Location"]


def test_a_session_that_ended_leads_back_to_the_same_form(cast: Cast, client_for: As) -> None:
    concern, client = acknowledged(cast.lead), client_for(cast.lead)
    address = url("concern_note", concern)
    data = hidden(shown(client, address)) | {"kind": "judgement", "words": CANARY, "happened_at_day": "3"}

    led = too_late(client, address, data)

    assert led == f"{reverse('account_login')}?next={address.replace('/', '%2F')}"
    page = shown(sign_in(client, cast.lead), address)
    assert (BACK in page, CANARY in page) == (True, True)
    assert 'value="judgement" checked' in page.replace("\n", " ")
    assert hidden(page) == {name: data[name] for name in ("version", "once")}
    assert not Entry.objects.filter(kind="judgement").exists()


def test_what_was_typed_for_somebody_comes_back_with_every_tick(cast: Cast, client_for: As) -> None:
    address, client = reverse("concerns_enter"), client_for(cast.lead)
    shown(client, address)
    told = str(cast.deputy.pk)
    typed = {"channel": "call", "words": CANARY, "how_soon": "no_rush", "told": [told], "told_on_day": "3"}

    led = too_late(client, address, typed)

    assert led.endswith("next=%2Fconcerns%2Fenter%2F")
    response = sign_in(client, cast.lead).get(address)
    page = response.content.decode().replace("\n", " ")
    assert (response.status_code, BACK in page, CANARY in page) == (200, True, True)
    for value in ("call", "no_rush", told):
        assert f'value="{value}" checked' in page
    assert f'value="{cast.lead.pk}" checked' not in page
    assert not Concern.objects.exists()


def test_what_was_typed_for_somebody_is_kept_until_it_is_entered(cast: Cast, client_for: As) -> None:
    address, client = reverse("concerns_enter"), client_for(cast.lead)
    page = shown(client, address)
    once = page.split('name="once" value="')[1].split('"')[0]
    typed = {"once": once, "channel": "call", "words": CANARY, "told": [str(cast.deputy.pk)]}
    too_late(client, address, typed)

    for _twice in range(2):
        assert sign_in(client, cast.lead).post(address, typed).status_code == 200

    assert KeptWords.objects.count() == 0
    assert audit.AuditEntry.objects.filter(verb="concern_raised").count() == 1


def test_a_page_with_nothing_kept_says_nothing_of_it(cast: Cast, client_for: As) -> None:
    page = shown(client_for(cast.lead), url("concern_note", acknowledged(cast.lead)))

    assert BACK not in page


def test_the_account_leads_to_what_was_kept(cast: Cast, client_for: As) -> None:
    assert 'href="/kept/"' in shown(client_for(cast.co_producer), "/account/")
