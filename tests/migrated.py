"""A stopped PostgreSQL, made once for a run, and copied by each test that needs one of its own.

It gets what the workers' template was migrated to: migrating a second time takes half a minute.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import subprocess
from pathlib import Path

from django.conf import settings

from safeguarding import copies, embedded
from tests.conftest import CLUSTER, TEST_VAR, template


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
        dump = copies.dump(
            owner_url=CLUSTER.url(role=embedded.OWNER, database=template()), folder=cluster.folder
        )
        copies.load(owner_url=cluster.url(role=embedded.OWNER), app_role=embedded.APP, path=dump)
    finally:
        embedded.stop(cluster)
    cluster.folder.rename(made)
