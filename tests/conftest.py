"""Test foundation: a real PostgreSQL cluster, one clone of a migrated template per worker, run as `app`.

Nothing is ever flushed (the audit table refuses TRUNCATE): after a transactional test the worker's
database is put back as its template was, or cloned again.
"""

from __future__ import annotations

import fcntl
import gc
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from django.conf import settings
from django.db import connections
from django.template import Template
from django.test import TransactionTestCase

from safeguarding import embedded
from tests import put_back

pytest_plugins = ["tests.cast", "tests.browser", "tests.cdp", "tests.mail", "tests.servers"]

TEST_VAR = Path(os.environ.get("VAR_DIR", settings.BASE_DIR / "var")) / "test"
# Pages name static files plainly: no collectstatic before a test run.
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
settings.STATIC_ROOT = TEST_VAR / "static"
settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
CLUSTER = embedded.Cluster(folder=TEST_VAR.resolve() / "postgres", durable=False)


def _migrations_digest() -> str:
    digest = hashlib.sha256()
    for path in sorted(settings.BASE_DIR.glob("*/migrations/*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _sql(statement: str, *, database: str = "postgres") -> None:
    connection = CLUSTER.connect(database=database)
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()


def _exists(database: str) -> bool:
    connection = CLUSTER.connect()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
        found = cursor.fetchone() is not None
    connection.close()
    return found


def template() -> str:
    """The migrated template of these migrations; made once, by the first worker that needs it."""
    name = f"template_{_migrations_digest()}"
    with (TEST_VAR / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        embedded.start(CLUSTER)
        if not _exists(name):
            building = f"{name}_building"
            _sql(f'DROP DATABASE IF EXISTS "{building}" WITH (FORCE)')
            embedded.make_roles_and_database(CLUSTER, database=building)
            environment = os.environ | {"DATABASE_URL": CLUSTER.url(role=embedded.OWNER, database=building)}
            subprocess.run(
                [sys.executable, "manage.py", "migrate", "-v0"],
                cwd=settings.BASE_DIR,
                env=environment,
                check=True,
            )
            _sql(f'ALTER DATABASE "{building}" RENAME TO "{name}"')
    return name


class Clone:
    """This worker's database, cloned from the template."""

    def __init__(self, template: str, name: str) -> None:
        self.template, self.name = template, name
        self.found: put_back.Found | None = None

    def renew(self) -> None:
        connections.close_all()
        if self.found is None or not put_back.put_back(CLUSTER, self.name, self.found):
            _sql(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')
            _sql(f'CREATE DATABASE "{self.name}" TEMPLATE "{self.template}" OWNER {embedded.OWNER}')
            self.found = put_back.look(CLUSTER, self.name)

    def use(self) -> None:
        for wrapper in (settings.DATABASES["default"], connections["default"].settings_dict):
            wrapper.update(NAME=self.name, USER=embedded.APP, HOST=str(CLUSTER.sockets), PASSWORD="", PORT="")

    @property
    def url(self) -> str:
        return CLUSTER.url(role=embedded.APP, database=self.name)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Slow ones first: they wait for clocks and disks while other workers use the cores, and none is left alone.

    Before them those that share a world: what begins a run is not split between workers.
    """
    items.sort(key=lambda item: [item.get_closest_marker(mark) is None for mark in ("one_world", "slow")])


@pytest.fixture(scope="session", autouse=True)
def less_work(django_test_environment: None) -> None:
    """A sixth of a run: what is imported is never looked through for garbage again, and no template is noted.

    Django notes each template with a copy of all it was given; no test asks for them.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    Template._render = lambda self, context: self.nodelist.render(context)  # type: ignore[attr-defined]


@pytest.fixture(scope="session", autouse=True)
def quick_receipts() -> None:
    """Tens of thousands of receipts are hashed in a run: by Argon2id still, in one pass of 8 KiB.

    Servers and workers that tests start are other processes and pay the full cost.
    """
    from concerns import receipts

    receipts._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(scope="session")
def clone() -> Clone:
    TEST_VAR.mkdir(parents=True, exist_ok=True)
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    return Clone(
        template(), f"test_{worker}_{hashlib.sha256(str(settings.BASE_DIR).encode()).hexdigest()[:6]}"
    )


@pytest.fixture(scope="session")
def django_db_setup(clone: Clone, django_db_blocker: pytest.Item) -> Iterator[None]:
    """Instead of pytest-django's own: never as owner, never flushed."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        clone.renew()
        clone.use()
        patch = pytest.MonkeyPatch()
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: clone.renew())
        yield
        patch.undo()
        connections.close_all()
        _sql(f'DROP DATABASE IF EXISTS "{clone.name}" WITH (FORCE)')
