"""Print which tests prove each clause of the statement, read from the tests' own marks."""

from __future__ import annotations

import ast
import csv
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

CLAUSES = Path("docs") / "clauses.csv"


def clauses(root: Path) -> dict[str, str]:
    """Each clause and its gist, in the order of the statement."""
    with (root / CLAUSES).open(newline="") as file:
        return {row["clause"]: row["gist"] for row in csv.DictReader(file)}


def proofs(root: Path) -> dict[str, list[str]]:
    """Clause → the tests that carry its mark."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted((root / "tests").rglob("test_*.py")):
        for clause, name in _marked(ast.parse(path.read_text())):
            found[clause].append(f"{path.relative_to(root)}::{name}")
    return dict(found)


def _marked(module: ast.Module) -> Iterator[tuple[str, str]]:
    of_all = [clause for node in module.body if _is_pytestmark(node) for clause in _clauses_in(node)]
    for node in module.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            own = [clause for decorator in node.decorator_list for clause in _clauses_in(decorator)]
            yield from ((clause, node.name) for clause in dict.fromkeys([*of_all, *own]))


def _is_pytestmark(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark"


def _clauses_in(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Call) and ast.unparse(part.func) == "pytest.mark.clause":
            yield from (str(word.value) for word in part.args if isinstance(word, ast.Constant))


class Command(BaseCommand):
    help = "Print each clause of the statement and the tests that prove it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("clause", nargs="*", help="only these clauses")

    def handle(self, *args: Any, **options: Any) -> None:
        known, proved = clauses(settings.BASE_DIR), proofs(settings.BASE_DIR)
        unknown = sorted({*options["clause"], *proved} - set(known))
        if unknown:
            raise CommandError(f"not in {CLAUSES}: {', '.join(unknown)}")
        for clause in options["clause"] or known:
            self.stdout.write(f"{clause}  {known[clause]}")
            for test in proved.get(clause, ["no test yet"]):
                self.stdout.write(f"    {test}")
