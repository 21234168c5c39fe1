"""Each clause that this version must prove has a test that carries its mark."""

from __future__ import annotations

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from safeguarding.management.commands.clauses import clauses, proofs

PROMISED = [
    "P1",
    "P2",
    "P3",
    "I0",
    "I1",
    "I2",
    "I3",
    "I5",
    "V0",
    "V1",
    "V2",
    "V3",
    "V4",
    "V5",
    "4.0",
    "4.a",
    "4.b",
    "4.c",
    "5.0a",
    "5.0b",
    "5.0c",
    "5.0d",
    "5.0e",
    "5.0f",
    "5.0g",
    "5.0h",
    "5.0i",
    "5.1a",
    "5.1b",
    "5.1c",
    "5.1d",
    "5.1e",
    "5.1f",
    "5.2",
    "5.3",
    "5.5",
    "5.6",
    "5.7a",
    "5.7b",
    "5.7c",
    "5.8",
    "5.9",
    "5.10",
    "7.0a",
    "7.0b",
    "7.0c",
    "7.0d",
    "7.1",
    "7.1a",
    "7.1b",
    "7.1c",
    "7.1d",
    "7.2",
    "7.3",
    "7.4",
    "7.5",
    "8.a",
    "8.b",
    "8.c",
    "8.d",
    "8.e",
    "8.f",
    "8.g",
]


def test_each_clause_is_proved() -> None:
    proved = proofs(settings.BASE_DIR)

    assert [clause for clause in PROMISED if not proved.get(clause)] == []


def test_every_mark_names_a_clause_of_the_statement() -> None:
    assert set(proofs(settings.BASE_DIR)) - set(clauses(settings.BASE_DIR)) == set()


def test_the_command_prints_the_clause_and_its_tests() -> None:
    out = StringIO()

    call_command("clauses", "8.d", stdout=out)

    assert out.getvalue().startswith("8.d  those obscure scrutiny of what was done\n")
    assert "    tests/core/test_audit.py::test_a_row_says_who_did_what_to_which_thing\n" in out.getvalue()


def test_an_unknown_clause_is_refused() -> None:
    with pytest.raises(CommandError, match="99"):
        call_command("clauses", "99.z")
