"""The audit chain: what it holds, what it refuses, and how tampering shows (fault 46)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from safeguarding import audit, embedded
from safeguarding.audit import AuditEntry, Other
from tests.cast import Cast
from tests.conftest import CLUSTER, Clone

TABLE = "safeguarding_auditentry"


def write(rows: int) -> None:
    for number in range(rows):
        audit.record("counted", by=Other.SYSTEM, number=number)


def verify(*words: str) -> str:
    out = StringIO()
    call_command("verify_audit", *words, stdout=out)
    return out.getvalue()


def as_superuser(clone: Clone, *statements: str) -> None:
    """What somebody with the whole server could do: switch the triggers off and change rows."""
    server = CLUSTER.connect(database=clone.name)
    with server.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER USER")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute(f"ALTER TABLE {TABLE} ENABLE TRIGGER USER")
    server.close()


@pytest.mark.django_db
@pytest.mark.clause("8.d")
def test_a_row_says_who_did_what_to_which_thing(cast: Cast) -> None:
    audit.record("opened", by=cast.lead, about=cast.deputy, state="new")

    row = AuditEntry.objects.get()
    assert (row.actor_kind, row.actor_id, row.verb) == ("person", cast.lead.pk, "opened")
    assert (row.about_type, row.about_id) == ("safeguarding.person", cast.deputy.pk)
    assert row.facts == {"state": "new"}


@pytest.mark.django_db
def test_no_row_is_without_a_name() -> None:
    audit.record("looked", by=Other.SYSTEM)

    assert AuditEntry.objects.get().actor_kind == "system"


@pytest.mark.django_db
def test_rows_are_numbered_and_chained_by_the_database() -> None:
    write(3)

    first, second, third = AuditEntry.objects.all()
    assert [first.seq, second.seq, third.seq] == [1, 2, 3]
    assert bytes(first.previous_hash) == b""
    assert bytes(third.previous_hash) == bytes(second.hash)


@pytest.mark.django_db
def test_a_whole_chain_is_called_whole() -> None:
    write(3)
    seq, digest = audit.head()

    assert verify() == f"the audit chain is whole: 3 rows, head {seq}:{digest}\n"


@pytest.mark.django_db
def test_an_empty_chain_is_whole() -> None:
    assert verify() == "the audit chain is whole: 0 rows, head 0:\n"


@pytest.mark.django_db
def test_a_long_chain_is_read_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "BATCH", 2)
    write(5)

    assert verify().startswith("the audit chain is whole: 5 rows")


@pytest.mark.django_db(transaction=True)
@pytest.mark.clause("8.d")
@pytest.mark.parametrize(
    ("tampering", "said"),
    [
        (f"UPDATE {TABLE} SET verb = 'forgot' WHERE seq = 2", "row 2 was changed"),
        (f"""UPDATE {TABLE} SET facts = '{{"number": 9}}' WHERE seq = 3""", "row 3 was changed"),
        (
            f"UPDATE {TABLE} SET recorded_at = recorded_at - interval '1 day' WHERE seq = 1",
            "row 1 was changed",
        ),
        (f"UPDATE {TABLE} SET actor_id = gen_random_uuid() WHERE seq = 4", "row 4 was changed"),
        (f"DELETE FROM {TABLE} WHERE seq = 2", "row 2 is missing (found 3)"),
        (f"DELETE FROM {TABLE} WHERE seq = 1", "row 1 is missing (found 2)"),
        (
            f"UPDATE {TABLE} SET hash = sha256(previous_hash || convert_to(safeguarding_audit_text({TABLE}),"
            " 'UTF8')), verb = verb WHERE seq = 2;"
            f" UPDATE {TABLE} SET verb = 'forgot' WHERE seq = 2;"
            f" UPDATE {TABLE} a SET hash = sha256(previous_hash || convert_to(safeguarding_audit_text(a),"
            " 'UTF8')) WHERE seq = 2",
            "row 3 does not follow the row before it",
        ),
    ],
)
def test_tampering_shows_and_the_first_bad_row_is_named(clone: Clone, tampering: str, said: str) -> None:
    write(4)
    as_superuser(clone, tampering)

    with pytest.raises(CommandError, match="the audit chain is broken") as told:
        verify()

    assert str(told.value) == f"the audit chain is broken: {said}"


@pytest.mark.django_db(transaction=True)
@pytest.mark.clause("8.d")
def test_a_rollback_to_an_earlier_copy_shows_against_a_printed_head(clone: Clone) -> None:
    write(4)
    seq, digest = audit.head()
    as_superuser(clone, f"DELETE FROM {TABLE} WHERE seq > 2")
    write(2)

    assert verify().startswith("the audit chain is whole: 4 rows")
    with pytest.raises(CommandError, match="does not contain the printed head 4"):
        verify("--head", f"{seq}:{digest}")


@pytest.mark.django_db
def test_a_printed_head_that_is_still_there_passes() -> None:
    write(2)
    seq, digest = audit.head()
    write(2)

    assert verify("--head", f"{seq}:{digest}").startswith("the audit chain is whole: 4 rows")


def test_a_head_that_is_not_one_is_refused_in_words() -> None:
    with pytest.raises(CommandError, match="a head looks like"):
        verify("--head", "4:nonsense")


@pytest.mark.django_db
@pytest.mark.clause("8.d")
@pytest.mark.parametrize(
    "statement", [f"UPDATE {TABLE} SET verb = 'x'", f"DELETE FROM {TABLE}", f"TRUNCATE {TABLE}"]
)
def test_the_application_has_no_privilege_to_change_rows(statement: str) -> None:
    write(1)

    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
@pytest.mark.clause("8.d")
@pytest.mark.parametrize("role", [embedded.OWNER, embedded.SUPERUSER])
@pytest.mark.parametrize(
    "statement", [f"UPDATE {TABLE} SET verb = 'x'", f"DELETE FROM {TABLE}", f"TRUNCATE {TABLE}"]
)
def test_a_trigger_refuses_even_those_who_have_the_privilege(clone: Clone, role: str, statement: str) -> None:
    write(1)
    server = CLUSTER.connect(role=role, database=clone.name)

    with pytest.raises(Exception, match="audit rows are never changed or deleted"), server.cursor() as cursor:
        cursor.execute(statement)

    server.close()
    assert AuditEntry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_writers_at_once_chain_right() -> None:
    def writer(name: int) -> None:
        for number in range(20):
            with transaction.atomic():
                audit.record("counted", by=Other.SYSTEM, writer=name, number=number)
        connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(writer, range(2)))

    assert verify().startswith("the audit chain is whole: 40 rows")


@pytest.mark.django_db(transaction=True)
def test_a_row_rolled_back_leaves_no_gap() -> None:
    write(1)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        audit.record("undone", by=Other.SYSTEM)
        _ = 1 / 0
    write(1)

    assert [row.verb for row in AuditEntry.objects.all()] == ["counted", "counted"]
    assert verify().startswith("the audit chain is whole: 2 rows")
