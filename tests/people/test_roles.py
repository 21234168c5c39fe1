"""Roles are given and ended by an administrator, and one administrator always stays."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from safeguarding import audit
from safeguarding.outbox import OutboxMessage
from safeguarding.people import roles
from safeguarding.people.models import Person, RoleGrant
from safeguarding.permissions import Role
from tests.cast import Cast, person, sign_in
from tests.people.signing_in import is_signed_in, submit_password

pytestmark = pytest.mark.django_db


def change(cast: Cast, someone: Person, *held: Role) -> int:
    client = sign_in(Client(), cast.administrator)
    data = {"roles": [str(role) for role in held]}
    return client.post(reverse("change_roles", kwargs={"pk": someone.pk}), data).status_code


def test_roles_are_given_and_ended(cast: Cast) -> None:
    assert change(cast, cast.facilitator, Role.CO_PRODUCER) == 302

    assert Person.objects.get(pk=cast.facilitator.pk).roles == (Role.CO_PRODUCER,)
    verbs = audit.AuditEntry.objects.filter(about_id=cast.facilitator.pk).values_list("verb", "facts__role")
    assert list(verbs) == [("role_ended", "facilitator"), ("role_given", "co_producer")]


def test_an_ended_role_stays_in_the_books(cast: Cast) -> None:
    change(cast, cast.facilitator)

    grant = RoleGrant.objects.get(person=cast.facilitator)
    assert (grant.ended_at is not None, grant.ended_by) == (True, cast.administrator)


def test_its_person_hears_of_it(cast: Cast) -> None:
    change(cast, cast.facilitator, Role.FACILITATOR, Role.CO_PRODUCER)

    mail = OutboxMessage.objects.get()
    assert (mail.to, mail.subject) == (cast.facilitator.email, "What you do here has changed")


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_an_administrator_may(cast: Cast, role: Role) -> None:
    by = cast.everyone()[role]

    for act in (roles.close_account, roles.open_account):
        with pytest.raises(PermissionDenied):
            act(person=cast.co_producer, by=by)
    with pytest.raises(PermissionDenied):
        roles.change_roles(person=by, roles=[Role.ADMINISTRATOR], by=by)


def test_the_last_administrator_keeps_the_role(cast: Cast) -> None:
    assert change(cast, cast.administrator) == 200

    assert Person.objects.get(pk=cast.administrator.pk).roles == (Role.ADMINISTRATOR,)


def test_the_last_administrator_keeps_the_account(cast: Cast) -> None:
    client = sign_in(Client(), cast.administrator)

    page = client.post(reverse("close_account", kwargs={"pk": cast.administrator.pk}), {"sure": "yes"})

    assert "This is the only administrator" in page.content.decode()
    assert is_signed_in(client)


def test_one_of_two_administrators_may_go(cast: Cast) -> None:
    second = person("Aoife", Role.ADMINISTRATOR)

    roles.close_account(person=second, by=cast.administrator)

    assert list(Person.objects.holding(Role.ADMINISTRATOR)) == [cast.administrator]


def test_a_closed_administrator_does_not_count(cast: Cast) -> None:
    second = person("Aoife", Role.ADMINISTRATOR)
    roles.close_account(person=second, by=cast.administrator)

    with pytest.raises(roles.LastAdministrator):
        roles.close_account(person=cast.administrator, by=cast.administrator)


def test_the_database_itself_keeps_the_last_one(cast: Cast) -> None:
    open_grant = RoleGrant.objects.filter(role=Role.ADMINISTRATOR)
    attempts = (
        lambda: open_grant.update(ended_at=timezone.now()),
        lambda: open_grant.delete(),
        lambda: Person.objects.filter(pk=cast.administrator.pk).update(is_active=False),
    )

    for attempt in attempts:
        with pytest.raises(IntegrityError, match="the last administrator stays"), transaction.atomic():
            attempt()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("by_raw_query", [False, True])
def test_of_two_who_leave_at_the_same_moment_one_stays(cast: Cast, by_raw_query: bool) -> None:
    second = person("Aoife", Role.ADMINISTRATOR)
    together = threading.Barrier(2)

    def leave(who: Person) -> bool:
        together.wait(10)
        try:
            if by_raw_query:
                Person.objects.filter(pk=who.pk).update(is_active=False)
            else:
                roles.close_account(person=who, by=who)
        except (roles.LastAdministrator, IntegrityError):
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        left = list(pool.map(leave, [cast.administrator, second]))

    assert sorted(left) == [False, True]
    assert Person.objects.holding(Role.ADMINISTRATOR).count() == 1


def test_a_contact_is_changed_before_its_role_ends(cast: Cast) -> None:
    client = sign_in(Client(), cast.administrator)

    page = client.post(reverse("change_roles", kwargs={"pk": cast.lead.pk}), {"roles": []}).content.decode()

    assert "Concerns go to this person" in page
    assert Person.objects.get(pk=cast.lead.pk).roles == (Role.LEAD,)


def test_a_closed_account_is_out_everywhere_and_stays_out_when_opened(client: Client, cast: Cast) -> None:
    submit_password(client, cast.facilitator.email)

    roles.close_account(person=cast.facilitator, by=cast.administrator)
    closed = is_signed_in(client)
    roles.open_account(person=cast.facilitator, by=cast.administrator)

    assert (closed, is_signed_in(client)) == (False, False)
    assert OutboxMessage.objects.get().subject == "Your account is open again"


def test_the_same_role_is_held_once(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        roles.give(person=cast.lead, role=Role.LEAD, by=cast.administrator)


def test_a_role_given_or_ended_counts_from_the_next_request(client: Client, cast: Cast) -> None:
    sign_in(client, cast.facilitator)
    seen = [client.get(reverse("people")).status_code]

    for held in ([Role.FACILITATOR, Role.ADMINISTRATOR], [Role.FACILITATOR]):
        roles.change_roles(person=cast.facilitator, roles=held, by=cast.administrator)
        seen.append(client.get(reverse("people")).status_code)

    assert seen == [403, 200, 403]


def test_nobody_ends_their_own_last_role(cast: Cast) -> None:
    person("Aoife", Role.ADMINISTRATOR)
    client = sign_in(Client(), cast.administrator)

    page = client.post(reverse("change_roles", kwargs={"pk": cast.administrator.pk}), {"roles": []})

    assert "This is your own last role" in page.content.decode()
    assert Person.objects.get(pk=cast.administrator.pk).roles == (Role.ADMINISTRATOR,)
    assert not RoleGrant.objects.exclude(ended_at=None).exists()


def test_one_of_two_administrators_may_take_another_role_instead(cast: Cast) -> None:
    person("Aoife", Role.ADMINISTRATOR)

    assert change(cast, cast.administrator, Role.CO_PRODUCER) == 302

    assert Person.objects.get(pk=cast.administrator.pk).roles == (Role.CO_PRODUCER,)
