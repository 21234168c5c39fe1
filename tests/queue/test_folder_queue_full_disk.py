"""The queue in a folder, when a full disk cut off what was written there."""

from __future__ import annotations

from pathlib import Path

import pytest
from kombu import Connection, Exchange, Message, Queue

from safeguarding.folder_queue import Transport

CUT_OFF = ["", '{"body": "abc', '[["celery", nul']


class Folder:
    """Each step is of a process of its own, which knows nothing of the steps before."""

    def __init__(self, folder: Path) -> None:
        self.messages, self.control = folder / "messages", folder / "control"
        for each in (self.messages, self.control):
            each.mkdir()
        self.queue = Queue("celery", Exchange("celery"), routing_key="celery")

    def way(self) -> Connection:
        Transport.global_state.clear()
        where = {"data_folder_in": f"{self.messages}", "data_folder_out": f"{self.messages}"}
        options = {**where, "control_folder": str(self.control), "polling_interval": 0.01}
        return Connection("filesystem://", transport=Transport, transport_options=options)

    def send(self, word: str) -> None:
        where = {"exchange": self.queue.exchange, "routing_key": "celery", "declare": [self.queue]}
        with self.way() as way, way.Producer() as producer:
            producer.publish({"word": word}, **where)

    def received(self, number: int) -> list[str]:
        found: list[str] = []

        def take(body: dict[str, str], message: Message) -> None:
            found.append(body["word"])
            message.ack()

        with self.way() as way, way.Consumer(self.queue, callbacks=[take]):
            while len(found) < number:
                way.drain_events(timeout=2)
        return found


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.mark.parametrize("cut_off", CUT_OFF)
def test_a_message_that_was_cut_off_is_passed_over(folder: Folder, cut_off: str) -> None:
    folder.send("before")
    (folder.messages / "5_cut.celery.msg").write_text(cut_off)
    folder.send("after")

    assert sorted(folder.received(2)) == ["after", "before"]  # the file names order them, to a millisecond


@pytest.mark.parametrize("cut_off", CUT_OFF)
def test_who_listens_is_written_anew(folder: Folder, cut_off: str) -> None:
    folder.send("before")
    (written,) = folder.control.iterdir()
    written.write_text(cut_off)

    folder.send("after")

    assert sorted(folder.received(2)) == ["after", "before"]
