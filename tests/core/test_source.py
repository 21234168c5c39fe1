"""What the source itself must not hold: raw SQL outside its places, pickle, weak chance, slow patterns."""

from __future__ import annotations

import ast
import re
import time
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
APPS = ("safeguarding", "concerns", "riskassessment", "reviews")
SOURCES = {
    str(path.relative_to(ROOT)): path.read_text()
    for app in APPS
    for path in (ROOT / app).rglob("*.py")
    if "migrations" not in path.parts
}
RAW_SQL = re.compile(r"\.cursor\(|\.raw\(|\.extra\(|RawSQL\(")
RAW_SQL_PLACES = (
    "concerns/services/raising.py",
    "concerns/services/routing.py",
    "reviews/services/releasing.py",
    "safeguarding/audit.py",
    "safeguarding/checks.py",
    "safeguarding/clock.py",
    "safeguarding/context.py",
    "safeguarding/copies.py",
    "safeguarding/demo/bulk.py",
    "safeguarding/dispatcher.py",
    "safeguarding/embedded.py",
    "safeguarding/limits.py",
    "safeguarding/looks.py",
    "safeguarding/management/commands/restore.py",
    "safeguarding/outbox.py",
    "safeguarding/people/roles.py",
)
FIRST_LINES = "GNU AFFERO GENERAL PUBLIC LICENSE\n                       Version 3, 19 November 2007"
WORST = ("a" * 50_000, " " * 50_000, "<" * 50_000, "a-" * 25_000, "1" * 50_000 + "!", "\t\n" * 25_000)


def patterns() -> list[str]:
    found = []
    for text in SOURCES.values():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re."):
                first = node.args[0] if node.args else None
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    found.append(first.value)
    return sorted(set(found))


def test_raw_sql_stands_only_where_it_is_looked_after() -> None:
    """A new place must bind its values, be read by somebody, and be added to the list above."""
    places = {name for name, text in SOURCES.items() if RAW_SQL.search(text)}

    assert sorted(places - set(RAW_SQL_PLACES)) == []


def test_nothing_is_unpickled_or_evaluated() -> None:
    risky = re.compile(r"\bpickle\b|\bmarshal\b|\beval\(|\bexec\(|yaml\.load\(|shell=True")

    assert [name for name, text in SOURCES.items() if risky.search(text)] == []


def test_chance_comes_from_secrets_only() -> None:
    assert [name for name, text in SOURCES.items() if re.search(r"^(import|from) random\b", text, re.M)] == []


@pytest.mark.parametrize("pattern", patterns())
def test_no_pattern_is_slow_on_the_worst_text(pattern: str) -> None:
    compiled = re.compile(pattern)
    for text in WORST:
        start = time.process_time()
        compiled.search(text)
        assert time.process_time() - start < 0.05


def test_the_licence_is_whole() -> None:
    text = (ROOT / "LICENSE").read_text()

    assert FIRST_LINES in text
    assert [f"\n  {n}. " in text for n in range(18)] == [True] * 18
    assert "13. Remote Network Interaction; Use with the GNU General Public License." in text
    assert len(text) == 34523
