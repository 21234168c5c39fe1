"""Print docs/limits.md: each limit that docs/limits.csv names, with its value read from the code."""

from __future__ import annotations

import csv
import importlib
import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.forms import BaseForm, Field

from safeguarding.limits import Limit

LIMITS = Path("docs") / "limits.csv"
APPS = ("safeguarding", "riskassessment", "concerns", "reviews")
TIMES = ("days", "hours", "minutes", "seconds")
PER = {"ip": "address", "key": "account that is named", "user": "person"}
HEAD = """# Limits: how long, how often, how many

Made by `manage.py limits > docs/limits.md` from [limits.csv](limits.csv) and the code; a test compares them. The
values are those of this place: what `.env` may change is marked.

"Shown by" names the test, under `tests/`, that stands at the limit or meets the fault. It is empty for intervals
between our own parts, and where no test waits that long.
"""


def value_of(place: str) -> Any:
    """A constant (`module.NAME`), a key or an attribute of one, a setting, or what a file says (`path:name`)."""
    path, _, name = place.partition(":")
    if name:
        return _said_in(settings.BASE_DIR / path, name)
    parts = place.split(".")
    if parts[0] == "settings":
        return _walk(settings, parts[1:])
    for length in range(len(parts) - 1, 0, -1):
        try:
            module = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        return _walk(module, parts[length:])
    raise CommandError(f"{place} is not there")


def _walk(found: Any, names: list[str]) -> Any:
    try:
        for name in names:
            if isinstance(found, Mapping):
                found = found[name]
            else:
                found = found[int(name)] if name.isdigit() else getattr(found, name)
    except (KeyError, IndexError, AttributeError) as fault:
        raise CommandError(f"{'.'.join(names)} is not there") from fault
    return found


def _said_in(path: Path, name: str) -> str:
    said = re.search(rf"(?<![\w-]){re.escape(name)}[\s=\"',]+([^\s;\"',]+)", path.read_text())
    if said is None:
        raise CommandError(f"{path.name} does not say {name}")
    return said[1]


def in_words(value: Any, unit: str) -> str:
    """`900` seconds are "15 minutes"; a rate is "5 in 5 minutes"."""
    if isinstance(value, Limit):
        return f"{value.hits} in {_time(value.seconds)}"
    if isinstance(value, timedelta):
        return _time(value.total_seconds())
    if unit == "rate":
        return "; ".join(_rate(*each.split("/")) for each in value.split(","))
    if unit == "bytes":
        return f"{value // 1024:,} KiB" if value < 1024**2 else f"{value // 1024**2:,} MiB"
    if unit in TIMES and not isinstance(value, str):
        return _time(timedelta(**{unit: value}).total_seconds())
    return f"{value:,} {unit}".strip() if isinstance(value, int) else f"{value} {unit}".strip()


def _time(seconds: float) -> str:
    """In the largest unit that fits without a rest."""
    for unit, length in (("day", 86_400), ("hour", 3600), ("minute", 60)):
        if seconds and seconds % length == 0:
            return _many(int(seconds // length), unit)
    return _many(seconds, "second")


def _many(number: float, unit: str) -> str:
    return f"{number:g} {unit}{'' if number == 1 else 's'}"


def _rate(hits: str, time: str, per: str) -> str:
    """As allauth writes it: 5/300s/key."""
    seconds = int(time[:-1] or 1) * {"s": 1, "m": 60, "h": 3600, "d": 86_400}[time[-1]]
    return f"{hits} in {_time(seconds)} for each {PER[per]}"


def lengths() -> Iterator[tuple[str, Field, int]]:
    """Every form field of ours that has a length: its name, itself, and the length in characters."""
    for form in _forms():
        for name, field in form.base_fields.items():  # type: ignore[attr-defined]  # each concrete form has them
            length = getattr(field, "limit", None) or getattr(field, "max_length", None)
            if length:
                yield f"{form.__module__}.{form.__name__}.{name}", field, length


def _forms() -> Iterator[type[BaseForm]]:
    for app in APPS:
        for found in pkgutil.walk_packages(importlib.import_module(app).__path__, f"{app}."):
            if "forms" in found.name.split("."):
                things = vars(importlib.import_module(found.name)).values()
                yield from (each for each in things if _is_form_of(each, found.name))


def _is_form_of(thing: Any, module: str) -> bool:
    return isinstance(thing, type) and issubclass(thing, BaseForm) and thing.__module__ == module


def rows(root: Path) -> list[dict[str, str]]:
    with (root / LIMITS).open(newline="") as file:
        return list(csv.DictReader(file))


def printed(root: Path) -> str:
    parts = [HEAD]
    for part, found in groupby(rows(root), key=lambda row: row["part"]):
        parts += [f"\n## {part}\n", "\n| what | at most | where | shown by |\n|---|---|---|---|\n"]
        parts += [_line(row) for row in found]
    return "".join([*parts, _lengths_in_words()])


def _line(row: Mapping[str, str]) -> str:
    value = in_words(value_of(row["where"]), row["unit"])
    shown = f"`{row['test']}`" if row["test"] else ""
    return f"| {row['what']} | {value} | `{row['where']}` | {shown} |\n"


def _lengths_in_words() -> str:
    fields: dict[int, list[str]] = defaultdict(list)
    for name, _field, length in lengths():
        fields[length].append("`" + ".".join(name.split(".")[-3:]) + "`")
    lines = [f"| {length:,} | {', '.join(sorted(names))} |\n" for length, names in sorted(fields.items())]
    test = "`front/test_lengths.py::test_each_answer_may_be_exactly_as_long_as_its_limit`"
    head = f"\n## What people type\n\nShown by {test}.\n\n| characters | answers |\n|---|---|\n"
    return head + "".join(lines)


class Command(BaseCommand):
    help = "Print every limit with its value, as docs/limits.md holds it."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(printed(settings.BASE_DIR), ending="")
