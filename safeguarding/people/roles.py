"""Who holds which role, and whose account is open. There is always an administrator: the database sees to it."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from safeguarding import audit, clock, outbox
from safeguarding.contacts.models import Contact, ContactKind
from safeguarding.people.models import Person, RoleGrant
from safeguarding.permissions import Role, Verb, authorise

ADMINISTRATORS = 7_140_003  # the lock that two removals of administrators take in turn
CONTACT_ROLES = {
    Role.LEAD: ContactKind.LEAD,
    Role.DEPUTY: ContactKind.DEPUTY,
    Role.ALTERNATE: ContactKind.ALTERNATE,
}


class LastAdministrator(Exception):
    """Without this administrator nobody could let anybody in."""


class OwnLastRole(Exception):
    """Nobody takes their own last role away: somebody else does it, or they close the account."""


class StillAContact(Exception):
    """Concerns go to this person: the contacts must change first."""


def change_roles(*, person: Person, roles: Collection[Role], by: Person) -> None:
    """Give and end roles so that these are held. Raises LastAdministrator, OwnLastRole or StillAContact."""
    authorise(by, Verb.INVITE_PEOPLE)
    with transaction.atomic():
        person.refresh_from_db()
        held, wanted = set(person.roles), set(roles)
        if not person.is_active:
            raise PermissionDenied("a closed account holds no new roles")
        for role in held - wanted:
            _end(person=person, role=role, by=by)
        if person == by and not wanted:
            raise OwnLastRole
        for role in wanted - held:
            give(person=person, role=role, by=by)
        if held != wanted:
            _tell(person, roles=[str(role.label) for role in Role if role in wanted])
    person.refresh_from_db()


def give(*, person: Person, role: Role, by: Person | None) -> None:
    """One more role. `by` is None for the first administrator, whom nobody could invite."""
    RoleGrant.objects.create(person=person, role=role, granted_at=clock.now(), granted_by=by)
    audit.record("role_given", by=by or audit.Other.SYSTEM, about=person, role=str(role))


def _end(*, person: Person, role: Role, by: Person) -> None:
    _keep_an_administrator(without=person.pk, role=role)
    _check_contacts(person, role)
    grant = RoleGrant.objects.filter(person=person, role=role, ended_at=None)
    grant.update(ended_at=clock.now(), ended_by=by)
    audit.record("role_ended", by=by, about=person, role=str(role))


def close_account(*, person: Person, by: Person) -> None:
    """End every session, forget the password, let nobody in. Raises LastAdministrator or StillAContact."""
    authorise(by, Verb.INVITE_PEOPLE)
    with transaction.atomic():
        person.refresh_from_db()
        for role in person.roles:
            _keep_an_administrator(without=person.pk, role=role)
            _check_contacts(person, role)
        person.is_active = False
        person.set_unusable_password()
        person.save(update_fields=["is_active", "password"])
        end_sessions(person)
        audit.record("account_closed", by=by, about=person)


def open_account(*, person: Person, by: Person) -> None:
    """Let a person in again; they choose a new password by mail. Their roles are as they were."""
    authorise(by, Verb.INVITE_PEOPLE)
    with transaction.atomic():
        person.is_active = True
        person.save(update_fields=["is_active"])
        audit.record("account_opened", by=by, about=person)
        outbox.queue("account_opened", to=person.email, person_id=person.pk, name=person.preferred_name)


def end_sessions(person: Person) -> None:
    for session in UserSession.objects.filter(user=person):
        session.end()


def _keep_an_administrator(*, without: UUID, role: Role) -> None:
    """The kind word; the trigger of the migration of this name is the rule, for two who leave at the same moment."""
    if role != Role.ADMINISTRATOR:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADMINISTRATORS])
    if not Person.objects.holding(Role.ADMINISTRATOR).exclude(pk=without).exists():
        raise LastAdministrator


def _check_contacts(person: Person, role: Role) -> None:
    kind = CONTACT_ROLES.get(role)
    if kind and Contact.objects.current(clock.now()).filter(person=person, kind=kind).exists():
        raise StillAContact


def _tell(person: Person, *, roles: list[str]) -> None:
    outbox.queue(
        "roles_changed", to=person.email, person_id=person.pk, name=person.preferred_name, roles=roles
    )
