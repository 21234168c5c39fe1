"""Invitations: the only way in. One use, seven days, withdrawn or sent again; nobody sets another's password."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from safeguarding import audit, clock
from safeguarding.outbox import OutboxMessage
from safeguarding.people import invitations
from safeguarding.people.models import Invitation, Person
from safeguarding.permissions import Role
from tests.cast import Cast, person, sign_in
from tests.people.signing_in import is_signed_in, link_in_mail, submit_password

pytestmark = pytest.mark.django_db
PASSWORD = "nine brown otters under the bridge"
ANSWERS = {"preferred_name": "Ines", "password1": PASSWORD, "password2": PASSWORD}


def invite(cast: Cast, *roles: Role) -> str:
    """Through the page; returns the path of the mailed link."""
    client = sign_in(Client(), cast.administrator)
    data = {"email": "Ines@example.org", "preferred_name": "I.", "roles": [str(role) for role in roles]}
    client.post(reverse("invite"), data)
    return link_in_mail("/invitation/")


def test_an_invited_person_chooses_name_and_password_and_is_in(client: Client, cast: Cast) -> None:
    link = invite(cast, Role.FACILITATOR)

    client.post(link, ANSWERS)

    ines = Person.objects.get(email="ines@example.org")
    assert (ines.preferred_name, ines.roles) == ("Ines", (Role.FACILITATOR,))
    assert is_signed_in(client)
    other = Client()
    submit_password(other, "ines@example.org", PASSWORD)
    assert is_signed_in(other)


def test_the_link_works_once(client: Client, cast: Cast) -> None:
    link = invite(cast)
    client.post(link, ANSWERS)

    assert (Client().get(link).status_code, Client().post(link, ANSWERS).status_code) == (410, 410)
    assert Person.objects.filter(email="ines@example.org").count() == 1


def test_the_link_ends_after_seven_days(client: Client, cast: Cast) -> None:
    link = invite(cast)
    Invitation.objects.update(expires_at=clock.now() - timedelta(seconds=1))

    assert client.post(link, ANSWERS).status_code == 410
    assert Invitation.objects.get().state(clock.now()) == "expired"


def test_it_lasts_seven_days(cast: Cast) -> None:
    invite(cast)

    invitation = Invitation.objects.get()
    assert invitation.expires_at - invitation.created_at == timedelta(days=7)


def test_a_withdrawn_link_does_nothing(client: Client, cast: Cast) -> None:
    link = invite(cast)
    administrator = sign_in(Client(), cast.administrator)
    administrator.post(reverse("withdraw_invitation", kwargs={"pk": Invitation.objects.get().pk}))

    assert client.post(link, ANSWERS).status_code == 410


def test_sent_again_the_old_link_stops_and_the_new_one_works(client: Client, cast: Cast) -> None:
    old = invite(cast)
    administrator = sign_in(Client(), cast.administrator)
    administrator.post(reverse("invite_again", kwargs={"pk": Invitation.objects.get().pk}))
    new = link_in_mail("/invitation/")

    assert (Client().get(old).status_code, client.get(new).status_code) == (410, 200)


def test_a_used_invitation_is_neither_sent_again_nor_withdrawn(client: Client, cast: Cast) -> None:
    client.post(invite(cast), ANSWERS)
    used = Invitation.objects.get()

    for act in (invitations.send_again, invitations.withdraw):
        with pytest.raises(invitations.NotOpen):
            act(invitation=used, by=cast.administrator)


def test_a_second_invitation_ends_the_first(cast: Cast) -> None:
    first, second = invite(cast), invite(cast)

    assert (Client().get(first).status_code, Client().get(second).status_code) == (410, 200)


def test_somebody_who_is_here_is_not_invited(cast: Cast) -> None:
    client = sign_in(Client(), cast.administrator)

    page = client.post(
        reverse("invite"), {"email": "LENA@example.org", "preferred_name": "L"}
    ).content.decode()

    assert "There is an account with this address already" in page
    assert Invitation.objects.count() == 0


def test_a_weak_password_makes_no_account(client: Client, cast: Cast) -> None:
    weak = ANSWERS | {"password1": "short", "password2": "short"}

    assert client.post(invite(cast), weak).status_code == 200
    assert Person.objects.filter(email="ines@example.org").count() == 0


def test_two_passwords_that_differ_make_no_account(client: Client, cast: Cast) -> None:
    page = client.post(invite(cast), ANSWERS | {"password2": "nine brown otters under the bridges"})

    assert "The two passwords are not the same" in page.content.decode()


def test_extra_answers_give_nothing(client: Client, cast: Cast) -> None:
    client.post(
        invite(cast), ANSWERS | {"roles": "administrator", "email": "other@example.org", "is_staff": "1"}
    )

    ines = Person.objects.get(email="ines@example.org")
    assert ines.roles == ()


def test_the_list_shows_each_state(cast: Cast) -> None:
    for state, columns in {
        "waiting for an answer": {},
        "accepted": {"accepted_at": clock.now()},
        "withdrawn": {"withdrawn_at": clock.now()},
        "too old": {"expires_at": clock.now()},
    }.items():
        made = {"expires_at": clock.now() + timedelta(days=1), "created_at": clock.now()} | columns
        Invitation.objects.create(email=f"{len(state)}@example.org", token_hash=state.encode(), **made)

    page = sign_in(Client(), cast.administrator).get(reverse("invitations")).content.decode()

    assert [s in page for s in ("waiting for an answer", "· accepted", "· withdrawn", "too old")] == [
        True
    ] * 4


def test_the_row_and_the_records_hold_no_link(cast: Cast) -> None:
    token = invite(cast).split("/")[2]

    kept = str(list(Invitation.objects.values())) + str(list(audit.AuditEntry.objects.values()))
    assert token not in kept


def test_nobody_has_a_field_for_another_persons_password(cast: Cast) -> None:
    client = sign_in(Client(), cast.administrator)
    names = ("person", "change_roles", "close_account", "open_account", "reset_factor")
    addresses = [reverse(name, kwargs={"pk": cast.lead.pk}) for name in names] + [reverse("invite")]

    assert [a for a in addresses if 'type="password"' in client.get(a).content.decode()] == []


def test_the_first_administrator_comes_by_a_printed_link(
    client: Client, db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("first_administrator", email="ines@example.org")
    link = capsys.readouterr().out.strip().splitlines()[-1]

    client.post(link.removeprefix("http://localhost:8000"), ANSWERS)

    assert Person.objects.get().roles == (Role.ADMINISTRATOR,)
    assert OutboxMessage.objects.count() == 0


def test_where_there_is_an_administrator_no_link_is_printed(cast: Cast) -> None:
    with pytest.raises(CommandError, match="an administrator already"):
        call_command("first_administrator", email="ines@example.org")


def test_a_newer_printed_link_ends_the_older(client: Client, db: None) -> None:
    older = invitations.first_administrator(email="ines@example.org")
    newer = invitations.first_administrator(email="ines@example.org")

    paths = [link.removeprefix("http://localhost:8000") for link in (older, newer)]
    assert [client.get(path).status_code for path in paths] == [410, 200]


@pytest.mark.parametrize("number", [1, 3])
def test_lists_cost_the_same_however_long(
    cast: Cast, number: int, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    for i in range(number):
        person(f"Extra{i}", Role.FACILITATOR)
    client = sign_in(Client(), cast.administrator)
    client.get(reverse("people"))

    with django_assert_num_queries(10):  # type: ignore[operator]
        client.get(reverse("people"))
