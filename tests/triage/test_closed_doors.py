"""What the database itself refuses, and what a change of role does at once (faults 3, 47)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from concerns.enums import EntryKind, Kind
from concerns.models import Concern, Entry, Message, NameToken
from concerns.services import entries, triage
from safeguarding import context
from safeguarding.people.models import RoleGrant
from safeguarding.permissions import Role
from tests.cast import Cast
from tests.triage.conftest import acknowledged, raised, url
from tests.triage.story import full

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
TABLES = ("concern", "entry", "message", "closing", "involvedperson", "nametoken", "reporteridentity")


@pytest.mark.parametrize("table", TABLES)
def test_without_a_context_a_raw_query_gives_no_rows(table: str, cast: Cast) -> None:
    full(cast)

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM concerns_{table}")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("table", TABLES)
def test_as_somebody_kept_out_a_raw_query_gives_no_rows(table: str, cast: Cast) -> None:
    raised(kept_out=[cast.lead])

    with context.person(cast.lead), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM concerns_{table}")
        assert cursor.fetchone() == (0,)


def test_without_a_context_nothing_can_be_written(cast: Cast) -> None:
    concern = acknowledged(cast.lead)

    with pytest.raises(DatabaseError), transaction.atomic():
        entries.write(concern, kind=EntryKind.SEEN, by=cast.lead, words="From nowhere.")


def test_somebody_kept_out_cannot_change_it_by_a_raw_update(cast: Cast) -> None:
    concern = raised(kept_out=[cast.lead])

    with context.person(cast.lead):
        assert Concern.objects.filter(pk=concern.pk).update(kind=Kind.BARRIER) == 0


@pytest.mark.parametrize("model", [Concern, Entry, Message])
def test_nothing_of_a_record_can_be_deleted(model: type, cast: Cast) -> None:
    full(cast)

    with context.system(), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {model._meta.db_table}")  # type: ignore[attr-defined]


@pytest.mark.clause("8.d")
def test_the_original_and_what_was_written_are_locked(cast: Cast) -> None:
    full(cast)

    for model in (Concern, Entry, Message):
        with context.system(), pytest.raises(DatabaseError), transaction.atomic():
            model._default_manager.update(words_sealed=b"other")


def test_a_role_that_ends_closes_the_next_request(cast: Cast, client_for: As) -> None:
    concern, client = raised(), client_for(cast.deputy)
    before = client.get(url("concern", concern)).status_code

    RoleGrant.objects.filter(person=cast.deputy, role=Role.DEPUTY).update(ended_at=timezone.now())

    after = [
        client.get(address).status_code
        for address in (url("concern", concern), url("concern_close", concern), "/concerns/")
    ]
    assert (before, after) == (200, [403, 403, 403])


def test_a_role_that_only_reads_closes_the_acts(cast: Cast, client_for: As) -> None:
    concern, client = raised(), client_for(cast.deputy)
    RoleGrant.objects.filter(person=cast.deputy).update(role=Role.ADMINISTRATOR)

    page = client.get(url("concern", concern)).content.decode()

    assert client.post(url("concern_acknowledge", concern)).status_code == 403
    assert "Add a note" not in page


def test_parameters_that_were_not_asked_for_change_nothing(cast: Cast, client_for: As) -> None:
    from tests.triage.conftest import hidden, now_is

    concern, client = acknowledged(cast.lead), client_for(cast.lead)
    data = hidden(client.get(url("concern_kind", concern)).content.decode()) | {"kind": Kind.QUESTION}

    client.post(url("concern_kind", concern), data | {"state": "closed", "assigned_to": "", "by": "x"})

    after = now_is(concern)
    assert (after.kind, after.state, after.assigned_to) == (Kind.QUESTION, "open", cast.lead)


def test_a_token_tells_nothing_without_the_key(cast: Cast) -> None:
    full(cast)

    with context.system():
        tokens = [bytes(token) for token in NameToken.objects.values_list("token", flat=True)]
    assert {len(token) for token in tokens} == {16}


def test_a_closed_door_does_not_stop_reading(cast: Cast) -> None:
    concern = acknowledged(cast.lead)
    with context.person(cast.lead):
        triage.sort_kind(concern=concern, by=cast.lead, kind=Kind.TALK)

        assert Concern.objects.visible_to(cast.lead).get() == concern
