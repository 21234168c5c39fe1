"""docs/asvs.md has every row that we took on, and each test that a document names exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
NAMED = re.compile(r"`([a-z_/]+\.py)::(test_\w+)`")
FILES = sorted((ROOT / "docs").rglob("*.md"))
TAKEN_ON = [
    *("1.2.1, 3.2.2", "1.2.4", "1.2.5, 1.3.2", "1.2.10", "1.3.6", "1.3.7", "1.3.11", "1.3.12", "1.5.2"),
    *("2.1.3, 2.3.2", "2.2.2", "2.3.1", "2.3.3", "2.3.4, 15.4.2", "2.3.5", "2.4.1"),
    *("3.3.1–3.3.4", "3.4.1–3.4.6", "3.4.7, 3.4.8", "3.5.1, 3.5.3", "3.5.8", "3.6.1", "3.7.2"),
    *("4.1.3, 15.3.4", "4.1.4", "4.2.1"),
    *("5.1.1, 5.2.1–5.2.3", "5.2.6", "5.3.2, 5.4.1, 5.4.2", "5.4.3"),
    *(
        "6.2.1–6.2.11",
        "6.2.12",
        "6.3.1",
        "6.3.2",
        "6.3.3",
        "6.3.6",
        "6.3.7",
        "6.3.8",
        "6.4.3, 6.4.4",
        "6.4.6",
    ),
    *("6.5.1, 6.5.5", "6.5.2", "6.5.3, 6.5.4, 11.5.1"),
    *("7.2.3, 7.2.4", "7.3.1, 7.3.2", "7.4.1–7.4.3, 7.4.5, 7.5.2", "7.5.1, 7.5.3"),
    *("8.1.1, 8.1.2", "8.2.1–8.2.3", "8.3.2", "8.4.2"),
    *("11.1.1, 11.1.2", "11.2.2, 11.3.2, 11.3.3", "11.4.2", "12.1.1, 12.1.2", "12.3.1, 12.3.2"),
    *("13.1.2, 13.1.3, 13.2.6", "13.2.2", "13.3.1, 13.3.4", "13.4.1–13.4.6"),
    *("14.1.1, 14.1.2", "14.2.1", "14.2.2, 14.3.2", "14.2.6", "14.2.7", "14.2.8", "14.3.1, 14.3.3"),
    *("15.1.1, 15.1.2, 15.2.1", "15.1.3, 15.2.2", "15.3.1, 15.3.3, 15.3.7"),
    *("16.1.1, 16.2.1–16.2.4", "16.2.5", "16.3.2", "16.4.1–16.4.3", "16.5.1–16.5.4"),
]


def rows() -> dict[str, list[str]]:
    """Requirement → what is shown by, and what is not."""
    lines = (ROOT / "docs" / "asvs.md").read_text().splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return {row[0].strip("*"): row[3:] for row in cells if row[0] != "id"}


def named_in(path: Path) -> set[str]:
    return {node.name for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_test_that_a_document_names_exists(path: Path) -> None:
    for name, test in NAMED.findall(path.read_text()):
        found = ROOT / "tests" / name.removeprefix("tests/")
        assert found.exists(), name
        assert test in named_in(found), f"{name}::{test}"


def test_every_requirement_has_its_row() -> None:
    assert list(rows()) == TAKEN_ON


@pytest.mark.parametrize("requirement", TAKEN_ON)
def test_a_row_names_a_test_or_says_no(requirement: str) -> None:
    shown, missing = rows()[requirement]

    assert NAMED.search(shown) or missing.startswith("**no**: ")
    assert not (shown and missing.startswith("**no**"))
