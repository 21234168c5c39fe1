"""A stopped PostgreSQL that is migrated once for a run, and copied by each test that needs one of its own."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from safeguarding import embedded
from tests.conftest import TEST_VAR


def copy_to(folder: Path) -> None:
    """Put a migrated cluster there; whoever comes first in a run makes it, and the others wait."""
    TEST_VAR.mkdir(parents=True, exist_ok=True)
    made = TEST_VAR / f"migrated-{_version()}"
    with (TEST_VAR / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            _make(made)
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["cp", "-a", made / "data", folder / "data"], check=True)


def _version() -> str:
    """Changes with every migration, and with what makes the roles."""
    files = [Path(embedded.__file__), *sorted(settings.BASE_DIR.glob("*/migrations/*.py"))]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


def _make(made: Path) -> None:
    for old in TEST_VAR.glob("migrated-*"):
        shutil.rmtree(old)
    cluster = embedded.Cluster(folder=made.with_name(f"making-{made.name}"))
    shutil.rmtree(cluster.folder, ignore_errors=True)
    embedded.start(cluster)
    try:
        embedded.make_roles_and_database(cluster)
        owner = os.environ | {"DATABASE_URL": cluster.url(role=embedded.OWNER)}
        migrate = [sys.executable, "manage.py", "migrate", "-v0"]
        subprocess.run(migrate, cwd=settings.BASE_DIR, env=owner, check=True)
    finally:
        embedded.stop(cluster)
    cluster.folder.rename(made)
