"""Each clause that this version must prove has a test that carries its mark."""

from __future__ import annotations

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from safeguarding.management.commands.clauses import clauses, proofs

PROMISED = [
    "P3",
    "I1",
    "I5",
    "V0",
    "V2",
    "V4",
    "4.0",
    "5.3",
    "5.5",
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
    "8.d",
    "8.g",
]


@pytest.mark.parametrize("clause", PROMISED)
def test_the_clause_is_proved(clause: str) -> None:
    assert proofs(settings.BASE_DIR).get(clause, []) != []


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
