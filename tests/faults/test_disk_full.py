"""The disk of the tables is full (fault 42): "not saved" in words, nothing half, and back by itself.

The journal lies elsewhere: where that fills, PostgreSQL stops and its supervisor must start it again.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from safeguarding import embedded
from tests.mail import free_port
from tests.servers import Place, wait_until

pytestmark = pytest.mark.slow
SIZE = 64  # MiB: the tables, and a little room


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own that can fill: a small tmpfs. Needs the right to mount, as in the project's CI."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if os.geteuid() != 0:
        pytest.fail("this test mounts a small tmpfs and must run as root")
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}m,mode=755", "tmpfs", str(disk)], check=True)
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


@pytest.fixture
def small_place(small_disk: Path, tmp_path: Path) -> Iterator[Place]:
    """The site on a database that lives on the small disk."""
    server = embedded.Cluster(folder=tmp_path / "pg", durable=False)
    embedded.start(server)
    embedded.make_roles_and_database(server)
    tables = small_disk / "tables"
    tables.mkdir()
    shutil.chown(tables, embedded.server_user() or os.geteuid())
    connection = server.connect()
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLESPACE small LOCATION '{tables}'")
        cursor.execute(f"ALTER DATABASE {embedded.DATABASE} SET TABLESPACE small")
    connection.close()
    place = Place(
        folder=tmp_path,
        database_url=server.url(role=embedded.APP),
        email_url=f"smtp://localhost:{free_port()}",
    )
    place.extra = {"STATICFILES": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    migrate = place.environment | {"DATABASE_URL": server.url(role=embedded.OWNER)}
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v0"], cwd=settings.BASE_DIR, env=migrate, check=True
    )
    yield place
    place.stop_all()
    embedded.stop(server)


def report(place: Place) -> tuple[int, str]:
    """What a browser that reports a blocked script gets: the smallest request that writes a row."""
    request = urllib.request.Request(f"{place.site_url}/csp-report/", b"{}", method="POST")
    try:
        with urllib.request.urlopen(request, timeout=20) as reply:
            return reply.status, reply.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def fill(disk: Path) -> None:
    with (disk / "ballast").open("wb") as ballast:
        while True:
            try:
                ballast.write(b"\0" * 65536)
                ballast.flush()
            except OSError:
                return


def rows(place: Place) -> int:
    code = (
        "import django; django.setup(); from concerns.models import Concern; from safeguarding import context\n"
        "with context.system(): print(Concern.objects.count())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=settings.BASE_DIR, env=place.environment, capture_output=True, text=True
    )  # fmt: skip
    return int(done.stdout)


def raise_one(place: Place) -> int:
    """0 when a concern was written, 1 when the database refused; in a process of its own."""
    code = (
        "import django, sys; django.setup()\n"
        "from django.db import OperationalError\n"
        "from concerns.services.raising import Raised, raise_concern; from safeguarding import audit\n"
        "try: raise_concern(raised=Raised(words='w' * 15000), by=audit.Other.REPORTER)\n"
        "except OperationalError: sys.exit(1)"
    )
    return subprocess.run(
        [sys.executable, "-c", code], cwd=settings.BASE_DIR, env=place.environment, capture_output=True
    ).returncode


def test_a_full_disk_is_said_in_words_and_heals_by_itself(small_place: Place, small_disk: Path) -> None:
    small_place.web(workers=1, threads=1)
    assert report(small_place)[0] == 204
    assert raise_one(small_place) == 0

    fill(small_disk)
    refused = 0
    for _ in range(12):  # what is in memory still fits for a while
        refused += raise_one(small_place)
        if refused:
            break
    status, shown = report(small_place)
    written = rows(small_place)

    assert refused == 1
    assert status in (204, 429, 503)
    assert status != 503 or "tel:999" in shown
    (small_disk / "ballast").unlink()
    wait_until(lambda: raise_one(small_place) == 0, seconds=60, every=1)
    assert rows(small_place) == written + 1
