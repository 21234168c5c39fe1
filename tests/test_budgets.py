"""The house style's budgets, counted."""

from __future__ import annotations

import ast
import statistics
from collections.abc import Iterator
from pathlib import Path

from tests.test_layout import MODULES, ROOT

LONGEST_FUNCTION, LONGEST_FILE, LONGEST_TEMPLATE, LONGEST_VIEW = 50, 400, 120, 15
VAGUE = {"utils", "helpers", "common", "mixins"}


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Each function's name and its length in lines, its docstring and signature aside."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
            yield f"{path.relative_to(ROOT)}:{node.name}", (body[-1].end_lineno or 0) - body[0].lineno + 1


LENGTHS = [pair for path in MODULES.values() for pair in functions(path)]


def test_no_function_is_over_fifty_lines() -> None:
    assert [(name, lines) for name, lines in LENGTHS if lines > LONGEST_FUNCTION] == []


def test_most_functions_are_short() -> None:
    lines = sorted(length for _name, length in LENGTHS)

    assert statistics.median(lines) <= 8
    assert lines[int(len(lines) * 0.95)] <= 30


def test_views_only_fetch_ask_and_redirect() -> None:
    views = [
        pair
        for name, path in MODULES.items()
        if ".views" in name or name.endswith("_views")
        for pair in functions(path)
    ]

    assert [(name, lines) for name, lines in views if lines > LONGEST_VIEW] == []


def test_no_file_is_over_four_hundred_lines() -> None:
    files = [*MODULES.values(), *(ROOT / "tests").rglob("*.py"), *(ROOT / "bench").rglob("*.py")]
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in files}

    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_no_template_is_over_its_length() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text().splitlines())
        for path in (ROOT / "templates").rglob("*.html")
    }

    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_TEMPLATE} == {}


def test_a_file_is_named_after_its_noun() -> None:
    assert [name for name in MODULES if not VAGUE.isdisjoint(name.split("."))] == []
