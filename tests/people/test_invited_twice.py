"""One link, one account: also for two answers at the same moment."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from safeguarding import audit
from safeguarding.people import invitations
from safeguarding.people.models import Invitation, Person
from safeguarding.permissions import Role
from tests.cast import Cast

PASSWORD = "nine brown otters under the bridge"


def accepted_together(*waiting: Invitation) -> list[bool]:
    """Whether each was let in, all having found their invitation open."""
    together = threading.Barrier(len(waiting))

    def come_in(invitation: Invitation) -> bool:
        together.wait(10)
        try:
            invitations.accept(invitation=invitation, preferred_name="Ines", password=PASSWORD)
        except invitations.NotOpen:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(len(waiting)) as pool:
        return sorted(pool.map(come_in, waiting))


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_to_one_link_one_makes_the_account(cast: Cast) -> None:
    invitation = invitations.invite(
        email="ines@example.org", preferred_name="Ines", roles=[Role.FACILITATOR], by=cast.administrator
    )

    assert accepted_together(invitation, invitation) == [False, True]

    ines = Person.objects.get(email="ines@example.org")
    assert ines.roles == (Role.FACILITATOR,)
    assert audit.AuditEntry.objects.filter(verb="invitation_accepted").count() == 1
