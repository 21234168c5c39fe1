"""Values and ways of working: dated words that administrators change, and that everybody reads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from safeguarding import clock
from safeguarding.audit import AuditEntry
from safeguarding.permissions import Role
from safeguarding.statement import services
from safeguarding.statement.models import Value, WayOfWorking
from tests.cast import SINCE, Cast

pytestmark = pytest.mark.django_db
As = Callable[..., Client]
FIVE = ["Inclusive", "Transparent", "Embracing of change", "Kind", "Reflective"]


def standing(at: datetime | None = None) -> list[str]:
    return [value.name for value in Value.objects.current(at or clock.now())]


def test_the_five_values_stand_from_the_first_day_and_not_before(cast: Cast) -> None:
    assert standing() == FIVE
    assert standing(SINCE) == []


@pytest.mark.clause("5.2", "V2")
def test_everybody_with_an_account_reads_them_and_only_administrators_find_a_way_to_change_them(
    cast: Cast, client_for: As
) -> None:
    for role, someone in cast.everyone().items():
        page = client_for(someone).get("/ways-of-working/").content.decode()
        assert all(words in page for words in (*FIVE, "Two who lead"))
        assert ("Add a value" in page) == (role == Role.ADMINISTRATOR)


def test_a_change_ends_the_old_words_and_begins_the_new(cast: Cast, client_for: As) -> None:
    old = Value.objects.get(name="Kind")

    client_for(cast.administrator).post(
        f"/ways-of-working/value/{old.pk}/", {"name": "Kind", "text": "We are kind."}
    )

    new = Value.objects.get(follows=old)
    old.refresh_from_db()
    assert old.valid_to == new.valid_from
    assert (new.order, new.written_by, standing()) == (old.order, cast.administrator, FIVE)
    assert AuditEntry.objects.about(new).get().facts == {"before": str(old.pk)}
    assert old.text in client_for(cast.co_producer).get("/ways-of-working/").content.decode()


def test_nothing_new_writes_nothing(cast: Cast) -> None:
    kind = Value.objects.get(name="Kind")

    assert services.change(thing=kind, by=cast.administrator, name=kind.name, text=kind.text) == kind
    assert Value.objects.count() == len(FIVE)


def test_two_who_change_one_at_once_the_second_learns_of_it(cast: Cast) -> None:
    first, second = Value.objects.get(name="Kind"), Value.objects.get(name="Kind")
    services.change(thing=first, by=cast.administrator, name="Kind", text="Theirs.")

    with pytest.raises(services.Overtaken):
        services.change(thing=second, by=cast.administrator, name="Kind", text="Mine.")


def test_one_that_ended_is_gone_from_the_list_and_ending_twice_is_once(cast: Cast, client_for: As) -> None:
    way = WayOfWorking.objects.get(name="Repair")
    for _each in range(2):
        client_for(cast.administrator).post(f"/ways-of-working/way/{way.pk}/end/")

    assert "Repair" not in {each.name for each in WayOfWorking.objects.current(clock.now())}
    assert AuditEntry.objects.about(way).count() == 1


def test_a_name_that_stands_already_gets_a_clear_sentence(cast: Cast, client_for: As) -> None:
    client = client_for(cast.administrator)

    page = client.post("/ways-of-working/value/add/", {"name": "Kind", "text": "Twice."}).content.decode()

    assert "There is one with this name already" in page
    client.post("/ways-of-working/value/add/", {"name": "Brave", "text": "We try."})
    assert standing() == [*FIVE, "Brave"]


@pytest.mark.parametrize("who", ["co_producer", "facilitator", "lead", "deputy", "alternate"])
def test_nobody_else_changes_them(who: str, cast: Cast) -> None:
    someone = getattr(cast, who)

    with pytest.raises(PermissionDenied):
        services.add(Value, by=someone, name="Mine", text="Mine.")
    with pytest.raises(PermissionDenied):
        services.end(thing=Value.objects.all()[0], by=someone)
