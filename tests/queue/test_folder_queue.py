"""The embedded default's queue: tasks are files, and a worker never takes half of one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from kombu import Connection

from safeguarding import celery  # noqa: F401  # names the transport

TASKS = 1500


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Connection]:
    folder = str(tmp_path)
    options = {"data_folder_in": folder, "data_folder_out": folder, "control_folder": f"{folder}/control"}
    with Connection("folder://", transport_options=options | {"polling_interval": 0.001}) as connection:
        yield connection


def test_a_worker_that_looks_while_tasks_are_put_reads_each_of_them_whole(
    place: Connection, tmp_path: Path
) -> None:
    with place.clone() as other:
        tasks, taken = place.SimpleQueue("tasks"), []
        putting = threading.Thread(
            target=lambda: [other.SimpleQueue("tasks").put({"n": n}) for n in range(TASKS)]
        )
        putting.start()
        for _task in range(TASKS):
            message = tasks.get(timeout=30)
            message.ack()
            taken.append(message.payload["n"])
        putting.join()

    assert sorted(taken) == list(range(TASKS))
    assert [file for file in tmp_path.iterdir() if file.is_file()] == []
