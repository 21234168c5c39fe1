"""People with an account, the roles they hold for a time, and invitations."""

from __future__ import annotations

import uuid
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from safeguarding.permissions import ROLES, Role


class PersonQuerySet(models.QuerySet["Person"]):
    def active(self) -> PersonQuerySet:
        return self.filter(is_active=True)

    def holding(self, *roles: Role) -> PersonQuerySet:
        return self.active().filter(grants__role__in=roles, grants__ended_at=None).distinct()

    def listed(self) -> PersonQuerySet:
        """By name, with what a list shows, in two queries however long it is."""
        return self.order_by(Lower("preferred_name"), "pk").prefetch_related(
            models.Prefetch("grants", RoleGrant.objects.filter(ended_at=None), to_attr="open_grants")
        )


class PersonManager(BaseUserManager["Person"]):
    def get_queryset(self) -> PersonQuerySet:
        return PersonQuerySet(self.model, using=self._db)

    def holding(self, *roles: Role) -> PersonQuerySet:
        return self.get_queryset().holding(*roles)

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("email address"), max_length=254)
    preferred_name = models.CharField(_("the name you like to be called"), max_length=120)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["preferred_name"]
    objects: ClassVar[PersonManager] = PersonManager()

    used_second_factor = False  # of this session; the idle middleware says so on each request

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_person_per_email")]

    def __str__(self) -> str:
        return self.preferred_name

    def get_full_name(self) -> str:
        return self.preferred_name

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        """The roles held now, in the order of the table."""
        held = set(self.grants.filter(ended_at=None).values_list("role", flat=True))
        return tuple(role for role in ROLES if role in held)

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        self.__dict__.pop("roles", None)
        super().refresh_from_db(*args, **kwargs)


class RoleGrant(models.Model):
    """One role, held from a moment to a moment; ended, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role"], condition=models.Q(ended_at=None), name="one_open_grant_per_role"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, ended_by=None) | models.Q(ended_at__isnull=False),
                name="rolegrant_ended_by_only_when_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}"


class InvitationState(models.TextChoices):
    """Derived, never stored."""

    WAITING = "waiting", _("waiting for an answer")
    ACCEPTED = "accepted", _("accepted")
    WITHDRAWN = "withdrawn", _("withdrawn")
    EXPIRED = "expired", _("too old; send it again if it is still wanted")


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, now: datetime) -> InvitationQuerySet:
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=now)

    def newest_first(self) -> InvitationQuerySet:
        return self.select_related("invited_by").order_by("-created_at", "-pk")


class Invitation(models.Model):
    """A one-time link that makes an account. The first administrator's has no inviter."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(max_length=254)
    preferred_name = models.CharField(max_length=120)
    roles = models.JSONField(default=list)  # the values of Role
    token_hash = models.BinaryField(max_length=32, unique=True)
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(accepted_at=None) | models.Q(withdrawn_at=None),
                name="invitation_accepted_or_withdrawn",
            )
        ]

    def __str__(self) -> str:
        return self.email

    def state(self, now: datetime) -> InvitationState:
        if self.accepted_at is not None:
            return InvitationState.ACCEPTED
        if self.withdrawn_at is not None:
            return InvitationState.WITHDRAWN
        return InvitationState.WAITING if self.is_open(now) else InvitationState.EXPIRED

    def role_labels(self) -> list[str]:
        return [str(Role(role).label) for role in self.roles]

    def is_open(self, now: datetime) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None and now < self.expires_at
