"""Tasks as files in a folder, for the embedded default: each file is there whole, or not at all.

Kombu's own filesystem transport makes a file and then fills it. A worker that looks in between, or after a
full disk cut it off, cannot read it and ends; and with it the whole demonstration.
"""

from __future__ import annotations

import json
import time
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

from kombu.exceptions import ChannelError
from kombu.transport import filesystem


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: dict[str, Any], **kwargs: Any) -> None:
        """Written aside, then renamed: a name that readers look for never stands for half a file."""
        folder = Path(self.data_folder_out)
        name = f"{round(time.monotonic() * 1000)}_{uuid4()}"
        aside = folder / f"{name}.part"
        try:
            aside.write_text(json.dumps(payload))
            aside.rename(folder / f"{name}.{queue}.msg")
        except OSError as fault:  # a full disk: the task is handed over anew when there is room
            aside.unlink(missing_ok=True)
            raise ChannelError("the folder takes no task now") from fault

    def _get(self, queue: str) -> Any:
        """The next whole message. What was cut off is lost, as every task may be."""
        while True:
            with suppress(ValueError):
                return super()._get(queue)

    def _queue_bind(self, exchange: str, *about: str) -> None:
        """A cut list of who listens is begun anew."""
        try:
            super()._queue_bind(exchange, *about)
        except ValueError:
            self._exchange_file(exchange).unlink(missing_ok=True)
            super()._queue_bind(exchange, *about)


class Transport(filesystem.Transport):
    Channel = Channel
