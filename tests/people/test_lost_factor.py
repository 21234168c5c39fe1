"""A way back from a lost second factor: by somebody else, heard of by its person, and able to be stopped."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from safeguarding import audit, clock
from safeguarding.outbox import OutboxMessage
from safeguarding.people import lost_factor
from safeguarding.people.lost_factor import FactorReset
from tests.cast import Cast, person, sign_in
from tests.people.signing_in import (
    code_now,
    give_app,
    is_signed_in,
    link_in_mail,
    submit_code,
    submit_password,
)

pytestmark = pytest.mark.django_db


def begin(cast: Cast, met: str) -> int:
    give_app(cast.lead)
    client = sign_in(Client(), cast.administrator)
    return client.post(reverse("reset_factor", kwargs={"pk": cast.lead.pk}), {"met": met}).status_code


def has_factor(cast: Cast) -> bool:
    return bool(Authenticator.objects.filter(user=cast.lead).exists())


def test_somebody_who_was_met_gets_in_at_once(client: Client, cast: Cast) -> None:
    assert begin(cast, "met") == 302

    submit_password(client, cast.lead.email)

    assert (has_factor(cast), is_signed_in(client)) == (False, True)
    assert client.get(reverse("second_factor_needed")).status_code == 200


def test_otherwise_it_waits_a_day(cast: Cast) -> None:
    begin(cast, "wait")

    early = lost_factor.finish_due(now=clock.now() + timedelta(hours=23))
    late = lost_factor.finish_due(now=clock.now() + timedelta(hours=25))

    assert (early, late, has_factor(cast)) == (0, 1, False)


def test_its_person_stops_it_with_the_mailed_link(client: Client, cast: Cast) -> None:
    begin(cast, "wait")
    link = link_in_mail("/second-step/")

    client.get(link)
    assert FactorReset.objects.waiting().count() == 1
    page = client.post(link).content.decode()
    lost_factor.finish_due(now=clock.now() + timedelta(hours=25))

    assert ("Nothing has changed" in page, has_factor(cast)) == (True, True)
    assert client.get(link).status_code == 410


def test_every_session_ends_with_it(client: Client, cast: Cast) -> None:
    give_app(cast.lead)
    submit_password(client, cast.lead.email)
    submit_code(client, code_now())
    assert is_signed_in(client)

    lost_factor.start(person=cast.lead, met_in_person=True, by=cast.administrator)

    assert not is_signed_in(client)


def test_nobody_does_it_for_themselves(cast: Cast) -> None:
    client = sign_in(Client(), cast.administrator)
    address = reverse("reset_factor", kwargs={"pk": cast.administrator.pk})

    assert client.post(address, {"met": "met"}).status_code == 403


def test_only_an_administrator_may(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        lost_factor.start(person=cast.co_producer, met_in_person=True, by=cast.lead)


def test_each_step_is_mailed_and_recorded(cast: Cast) -> None:
    begin(cast, "met")

    subjects = OutboxMessage.objects.order_by("created_at").values_list("to", "subject")
    assert list(subjects) == [
        (cast.lead.email, "Your second step is being taken away"),
        (cast.lead.email, "Your second step was taken away"),
    ]
    verbs = audit.AuditEntry.objects.filter(about_id=cast.lead.pk).values_list("verb", "actor_kind")
    assert list(verbs) == [("factor_reset_started", "person"), ("factor_reset_done", "system")]


def test_a_second_beginning_replaces_the_first(cast: Cast) -> None:
    other = person("Aoife")
    lost_factor.start(person=other, met_in_person=False, by=cast.administrator)
    lost_factor.start(person=other, met_in_person=False, by=cast.administrator)

    assert FactorReset.objects.waiting().count() == 1
    assert FactorReset.objects.exclude(stopped_at=None).count() == 1


def test_finishing_twice_finishes_once(cast: Cast) -> None:
    begin(cast, "wait")
    later = clock.now() + timedelta(hours=25)

    assert [lost_factor.finish_due(now=later) for _ in range(2)] == [1, 0]
