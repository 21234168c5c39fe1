"""The import ladder and the single doors, proved by reading every import of every module."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
APPS = ("safeguarding", "riskassessment", "concerns", "reviews")  # each may import those before it
ROOT_MODULES = (
    "settings",
    "page",
    "home",
    "urls",
    "celery",
    "views",
    "wsgi",
    "tasks",
    "looks",
    "dispatcher",
    "management",
)
ROOT_PACKAGES = ("demo", "pages")  # composed by the root's urls; nobody imports them
LAYERS = (
    ("enums", "references"),
    ("models", "querysets"),
    ("services",),
    ("forms", "messages", "documents"),
    ("views", "tasks", "urls"),
)
ASKERS = {"views", "forms", "urls", "documents", "messages", "tasks", "querysets", "listing", "needs"}
WRITES = {"create", "bulk_create", "get_or_create", "update_or_create", "bulk_update", "delete"}
DOORS = {
    "django.core.mail": "safeguarding.outbox",
    "weasyprint": "safeguarding.pdf",
    "cryptography": "safeguarding.crypto",
    "crispy_forms": "safeguarding.forms",
    "docx": "safeguarding.word",
    "icalendar": "safeguarding.calendars",
}


def modules() -> dict[str, Path]:
    """Every module of the product by its dotted name, migrations aside."""
    found = {}
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            parts = path.relative_to(ROOT).with_suffix("").parts
            if "migrations" not in parts:
                found[".".join(parts).removesuffix(".__init__")] = path
    return found


MODULES = modules()


@functools.cache
def read(name: str) -> ast.Module:
    return ast.parse(MODULES[name].read_text())


def imports(name: str) -> Iterator[str]:
    """What a module imports, as dotted names; `from a import b` gives a.b where that is a module, else a."""
    for node in ast.walk(read(name)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name} imports relatively"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in MODULES else str(node.module)


def is_root(name: str) -> bool:
    parts = name.split(".")
    return parts[0] == "safeguarding" and len(parts) > 1 and parts[1] in (*ROOT_MODULES, *ROOT_PACKAGES)


def layer(name: str) -> int | None:
    """How high a module of an app stands, by the first of its parts that names a layer."""
    for part in name.split(".")[1:]:
        for height, names in enumerate(LAYERS):
            if part in names:
                return height
    return None


APART = [name for name in sorted(MODULES) if not is_root(name)]


def test_imports_go_one_way_between_apps() -> None:
    above = {app: APPS[height + 1 :] for height, app in enumerate(APPS)}
    wrong = [(m, i) for m in APART for i in imports(m) if i.split(".")[0] in above[m.split(".")[0]]]

    assert wrong == []


def test_nobody_imports_a_root_module() -> None:
    assert [(name, i) for name in APART for i in imports(name) if is_root(i)] == []


def test_imports_go_one_way_inside_an_app() -> None:
    standing = [(m, here) for m in MODULES if m.split(".")[0] != APPS[0] and (here := layer(m)) is not None]
    inside = [(m, here, i) for m, here in standing for i in imports(m) if i.split(".")[0] == m.split(".")[0]]

    assert [(name, i) for name, here, i in inside if (layer(i) or 0) > here] == []
    assert inside != []


def writes(name: str) -> Iterator[str]:
    """Calls that write rows: by their name, by what only a save takes, or `update` on a queryset."""
    for node in ast.walk(read(name)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            columns = {word.arg for word in node.keywords} & {"update_fields", "force_insert"}
            is_chained = node.func.attr == "update" and isinstance(node.func.value, ast.Call)
            if node.func.attr in WRITES or columns or is_chained:
                yield f"{name}:{node.lineno} {node.func.attr}"


def test_only_services_write() -> None:
    asking = [name for name in MODULES if ASKERS & set(name.split("."))]

    assert [write for name in asking for write in writes(name)] == []
    assert [write for name in MODULES if ".services" in name for write in writes(name)] != []


@pytest.mark.parametrize(("library", "door"), DOORS.items())
def test_each_library_has_one_door(library: str, door: str) -> None:
    users = {
        name for name in MODULES if any(i == library or i.startswith(f"{library}.") for i in imports(name))
    }

    assert {name for name in users if name != door and not name.startswith(f"{door}.")} == set()
    assert users != set()


def test_top_level_holds_what_the_architecture_says() -> None:
    expected = {
        *APPS,
        *("manage.py", "templates", "static", "tests", "pyproject.toml", "docker-compose.yml", "README.md"),
        *("script", "docs", "Dockerfile", "CHANGELOG.md", "LICENSE", "SECURITY.md", "package.json"),
    }

    assert expected - {path.name for path in ROOT.iterdir()} == set()
