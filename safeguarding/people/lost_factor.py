"""A way back from a lost second factor: another administrator starts it, its person hears and may stop it.

It takes effect at once when the administrator has met the person, else after a day of waiting.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.urls import reverse

from safeguarding import audit, clock, crypto, outbox
from safeguarding.people.models import Person
from safeguarding.people.roles import end_sessions
from safeguarding.permissions import Verb, authorise

WAITS = timedelta(hours=24)


class FactorResetQuerySet(models.QuerySet["FactorReset"]):
    def waiting(self) -> FactorResetQuerySet:
        return self.filter(done_at=None, stopped_at=None).select_related("person")

    def due(self, now: datetime) -> FactorResetQuerySet:
        return self.waiting().filter(due_at__lte=now)


class FactorReset(models.Model):
    """One taking away of somebody's second factor: asked for, and then done or stopped."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="factor_resets")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    met_in_person = models.BooleanField()
    due_at = models.DateTimeField()
    token_hash = models.BinaryField(max_length=32, unique=True)  # of the link that stops it
    done_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)

    objects = FactorResetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(done_at=None, stopped_at=None),
                name="one_waiting_factor_reset_per_person",
            ),
            models.CheckConstraint(
                condition=models.Q(done_at=None) | models.Q(stopped_at=None),
                name="factor_reset_done_or_stopped",
            ),
            models.CheckConstraint(
                condition=~models.Q(person=models.F("asked_by")), name="factor_reset_by_somebody_else"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


def start(*, person: Person, met_in_person: bool, by: Person) -> FactorReset:
    """Begin, and tell the person with a link that stops it. Nobody does this for themselves."""
    authorise(by, Verb.INVITE_PEOPLE)
    if person == by:
        raise PermissionDenied("somebody else must do this")
    now, token = clock.now(), crypto.token()
    with transaction.atomic():
        FactorReset.objects.waiting().filter(person=person).update(stopped_at=now)
        reset = FactorReset.objects.create(
            person=person,
            asked_by=by,
            asked_at=now,
            met_in_person=met_in_person,
            due_at=now if met_in_person else now + WAITS,
            token_hash=crypto.token_hash(token),
        )
        audit.record("factor_reset_started", by=by, about=person, met_in_person=met_in_person)
        _mail("factor_reset_started", reset, link=_address(token))
    if met_in_person:
        finish_due(now=now)
    return reset


def finish_due(*, now: datetime) -> int:
    """Take away what has waited long enough; returns how many. Safe to run twice at once."""
    return sum(_finish(reset) for reset in FactorReset.objects.due(now))


def _finish(reset: FactorReset) -> bool:
    with transaction.atomic():
        mine = FactorReset.objects.waiting().filter(pk=reset.pk).update(done_at=clock.now())
        if not mine:
            return False
        Authenticator.objects.filter(user=reset.person).delete()
        end_sessions(reset.person)
        audit.record("factor_reset_done", by=audit.Other.SYSTEM, about=reset.person, reset=str(reset.pk))
        _mail("factor_reset_done", reset)
    return True


def of_token(token: str) -> FactorReset | None:
    return FactorReset.objects.waiting().filter(token_hash=crypto.token_hash(token)).first()


def stop(*, reset: FactorReset) -> bool:
    """By the person, with the link from their mail. False when it was too late."""
    with transaction.atomic():
        stopped = FactorReset.objects.waiting().filter(pk=reset.pk).update(stopped_at=clock.now())
        if stopped:
            audit.record("factor_reset_stopped", by=reset.person, about=reset.person, reset=str(reset.pk))
    return bool(stopped)


def _address(token: str) -> str:
    return str(settings.SITE_URL) + reverse("stop_factor_reset", kwargs={"token": token})


def _mail(kind: str, reset: FactorReset, *, link: str = "") -> None:
    person = reset.person
    outbox.queue(
        kind, to=person.email, person_id=person.pk, name=person.preferred_name, reset=reset, link=link
    )
