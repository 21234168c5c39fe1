"""The only way in: a one-time link, for seven days. The first administrator's is printed by a command."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse

from safeguarding import audit, clock, crypto, outbox
from safeguarding.people import roles as people_roles
from safeguarding.people.models import Invitation, Person
from safeguarding.permissions import Role, Verb, authorise

LASTS = timedelta(days=7)


class AlreadyHere(Exception):
    """There is an account with this address, open or closed."""


class NotOpen(Exception):
    """The invitation was used, withdrawn, or is too old."""


def invite(*, email: str, preferred_name: str, roles: Sequence[Role], by: Person) -> Invitation:
    """Mail a one-time link; an earlier one to the same address stops working. Raises AlreadyHere."""
    authorise(by, Verb.INVITE_PEOPLE)
    if Person.objects.filter(email__iexact=email).exists():
        raise AlreadyHere
    with transaction.atomic():
        Invitation.objects.open(clock.now()).filter(email__iexact=email).update(withdrawn_at=clock.now())
        invitation, token = _make(email, preferred_name, roles, by=by)
        audit.record("invited", by=by, about=invitation, roles=[str(role) for role in roles])
        _mail(invitation, token)
    return invitation


def send_again(*, invitation: Invitation, by: Person) -> None:
    """A new link for seven more days; the old one stops working. Raises NotOpen."""
    authorise(by, Verb.INVITE_PEOPLE)
    token = crypto.token()
    with transaction.atomic():
        unused = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None)
        columns = {"token_hash": crypto.token_hash(token), "expires_at": clock.now() + LASTS}
        if not unused.update(**columns):
            raise NotOpen
        audit.record("invited_again", by=by, about=invitation)
        invitation.refresh_from_db()
        _mail(invitation, token)


def withdraw(*, invitation: Invitation, by: Person) -> None:
    """The link stops working at once. Raises NotOpen when it was used already."""
    authorise(by, Verb.INVITE_PEOPLE)
    with transaction.atomic():
        unused = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None)
        if not unused.update(withdrawn_at=clock.now()):
            raise NotOpen
        audit.record("invitation_withdrawn", by=by, about=invitation)


def first_administrator(*, email: str, preferred_name: str = "") -> str:
    """The address of a one-time link, for an installation that has no administrator. Raises AlreadyHere."""
    if Person.objects.holding(Role.ADMINISTRATOR).exists():
        raise AlreadyHere
    with transaction.atomic():
        waiting = Invitation.objects.open(clock.now()).filter(invited_by=None)
        waiting.update(withdrawn_at=clock.now())
        invitation, token = _make(email, preferred_name, [Role.ADMINISTRATOR], by=None)
        audit.record("first_administrator_invited", by=audit.Other.SYSTEM, about=invitation)
    return address_of(token)


def of_token(token: str) -> Invitation | None:
    """The open invitation that this link belongs to."""
    hashed = crypto.token_hash(token)
    return Invitation.objects.open(clock.now()).filter(token_hash=hashed).first()


def accept(*, invitation: Invitation, preferred_name: str, password: str) -> Person:
    """Make the account with the name and password that its person chose. Raises NotOpen at a second try."""
    try:
        with transaction.atomic():
            now = clock.now()
            if not Invitation.objects.open(now).filter(pk=invitation.pk).update(accepted_at=now):
                raise NotOpen
            person = _account(invitation, preferred_name, password)
            audit.record("invitation_accepted", by=person, about=invitation)
            for role in invitation.roles:
                people_roles.give(person=person, role=Role(role), by=invitation.invited_by)
    except IntegrityError as fault:  # somebody else's invitation to the same address was quicker
        raise NotOpen from fault
    return person


def address_of(token: str) -> str:
    return str(settings.SITE_URL) + reverse("accept_invitation", kwargs={"token": token})


def _make(
    email: str, preferred_name: str, roles: Sequence[Role], *, by: Person | None
) -> tuple[Invitation, str]:
    token, now = crypto.token(), clock.now()
    invitation = Invitation.objects.create(
        email=email.lower(),
        preferred_name=preferred_name,
        roles=[str(role) for role in roles],
        token_hash=crypto.token_hash(token),
        invited_by=by,
        created_at=now,
        expires_at=now + LASTS,
    )
    return invitation, token


def _account(invitation: Invitation, preferred_name: str, password: str) -> Person:
    person = Person(email=invitation.email, preferred_name=preferred_name, created_at=clock.now())
    person.set_password(password)
    person.save(force_insert=True)
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    return person


def _mail(invitation: Invitation, token: str) -> None:
    by = invitation.invited_by
    outbox.queue(
        "invitation",
        to=invitation.email,
        about_id=invitation.pk,
        name=invitation.preferred_name,
        inviter=by.preferred_name if by else "",
        link=address_of(token),
        expires_at=invitation.expires_at,
    )
