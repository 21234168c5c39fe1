"""Many concerns for measuring: valid, sealed, findable, and never on a real site."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from concerns import receipts
from concerns.models import Concern, NameToken
from concerns.services import names
from safeguarding import audit, context
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def sow(count: int) -> str:
    said = StringIO()
    call_command("seed_bulk", concerns=count, stdout=said)
    return said.getvalue()


def test_it_adds_as_many_as_asked_and_leaves_one_audit_row(cast: Cast) -> None:
    said = sow(1_100)

    assert said.startswith("Added 1,100 concerns in ")
    with context.system():
        assert Concern.objects.count() == 1_100
        (row,) = audit.AuditEntry.objects.all()
        assert (row.verb, row.facts) == ("bulk_seeded", {"count": 1_100})


def test_every_word_is_sealed_and_opens(cast: Cast) -> None:
    sow(20)

    with context.system():
        concern = Concern.objects.select_related("key", "reporter").newest_first()[0]
        assert (concern.words or "").endswith("It is note 0.")
        assert b"note" not in bytes(concern.words_sealed or b"")
        assert concern.involved.get().name == "Ada Dunmore"


def test_a_name_is_found_by_any_of_its_words(cast: Cast) -> None:
    sow(20)

    with context.system():
        for typed in ("dunmore", "Ada Dunmore"):
            assert NameToken.objects.filter(token=names.whole_name(typed)).exists()


def test_most_are_closed_and_the_newest_wait(cast: Cast) -> None:
    sow(1_000)

    with context.system():
        states = {
            state: Concern.objects.filter(state=state).count() for state in ("waiting", "open", "closed")
        }
        assert states == {"waiting": 2, "open": 18, "closed": 980}
        assert [c.state for c in Concern.objects.newest_first()[:3]] == ["waiting", "waiting", "open"]


def test_nobody_holds_a_receipt(cast: Cast) -> None:
    sow(3)

    with context.system():
        assert receipts.find("0" * 16) is None


def test_someone_who_may_read_sees_them(cast: Cast) -> None:
    sow(3)

    with context.person(cast.lead):
        assert Concern.objects.visible_to(cast.lead).count() == 3


@pytest.mark.parametrize("count", [0, -1, 1_000_001])
def test_a_senseless_number_is_refused(count: int, cast: Cast) -> None:
    with pytest.raises(CommandError, match="from 1 to 1,000,000"):
        sow(count)


def test_without_a_lead_it_says_what_to_do() -> None:
    with pytest.raises(CommandError, match="seed_demo"):
        sow(1)


def test_it_is_refused_on_a_real_site(cast: Cast, settings: pytest.MonkeyPatch) -> None:
    settings.DEMO, settings.EMBEDDED_DATABASE = False, False  # type: ignore[attr-defined]

    with pytest.raises(CommandError, match="DEMO=1"):
        sow(1)
