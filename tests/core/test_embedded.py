"""The embedded PostgreSQL starts where it is put, also for root in a folder closed to everybody else."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from safeguarding import embedded


@pytest.mark.slow
def test_cluster_starts_in_a_closed_folder_twice_and_stops() -> None:
    with tempfile.TemporaryDirectory() as closed:  # made with mode 0700
        server = embedded.Cluster(folder=Path(closed) / "postgres", durable=False)
        try:
            embedded.start(server)
            embedded.start(server)
            embedded.make_roles_and_database(server)
            connection = server.connect(role=embedded.APP, database=embedded.DATABASE)
            with connection.cursor() as cursor:
                cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
                assert cursor.fetchone() == (False,)
            connection.close()
        finally:
            embedded.stop(server)

        assert not embedded.is_running(server)


def test_sockets_stay_short_however_long_the_folder_is() -> None:
    server = embedded.Cluster(folder=Path("/" + "long/" * 30))

    assert len(str(server.sockets)) <= embedded.SOCKET_PATH_LIMIT
