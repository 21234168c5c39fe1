"""Nobody has an account until a link, printed on the server, has made the first one."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from safeguarding.people import invitations
from safeguarding.people.models import Invitation, Person
from safeguarding.permissions import Role

pytestmark = pytest.mark.django_db
PASSWORD = "nine brown otters under the bridge"


def printed_path(capsys: pytest.CaptureFixture[str], **options: str) -> str:
    call_command("first_administrator", email="ines@example.org", **options)
    link = capsys.readouterr().out.strip().splitlines()[-1]
    assert link.startswith(settings.SITE_URL)
    return link.removeprefix(settings.SITE_URL)


def test_a_fresh_installation_has_nobody() -> None:
    assert (Person.objects.count(), Invitation.objects.count()) == (0, 0)


def test_the_printed_link_greets_them_by_the_name_that_was_given(
    client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    page = client.get(printed_path(capsys, name="Ines"))

    assert 'value="Ines"' in page.content.decode()


def test_printing_a_link_makes_no_account(capsys: pytest.CaptureFixture[str]) -> None:
    printed_path(capsys)

    assert (Person.objects.count(), Invitation.objects.get().invited_by) == (0, None)


def test_a_link_printed_before_stops_once_there_is_an_administrator(
    client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = {"preferred_name": "Ines", "password1": PASSWORD, "password2": PASSWORD}
    path = printed_path(capsys)
    client.post(path, answers)

    assert Client().get(path).status_code == 410
    with pytest.raises(invitations.AlreadyHere):
        invitations.first_administrator(email="other@example.org")
    assert [person.roles for person in Person.objects.holding(Role.ADMINISTRATOR)] == [(Role.ADMINISTRATOR,)]
