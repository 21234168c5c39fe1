"""Log lines and error reports without values: nothing that was posted may surface there."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Any

from django.utils.safestring import SafeString
from django.views.debug import ExceptionReporter

logging.raiseExceptions = False  # a line that cannot be written is let go: the complaint would quote it


def place_of(error: BaseException) -> str:
    """The innermost frame, as file, line and function."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return ""
    code = trace.tb_frame.f_code
    return f"{'/'.join(code.co_filename.split('/')[-2:])}:{trace.tb_lineno} {code.co_name}"[:200]


class QuietReporter(ExceptionReporter):
    """Django's error page and mail without values: nothing that was posted may surface there."""

    def get_traceback_data(self) -> dict[str, Any]:
        return {"exception_type": self.exc_type.__name__ if self.exc_type else "", "frames": []}

    def get_traceback_text(self) -> SafeString:
        kind = self.exc_type.__name__ if self.exc_type else "fault"
        place = place_of(self.exc_value) if self.exc_value else ""
        return SafeString(f"{kind} at {place}")  # nosec B703: a class and a place in our code

    def get_traceback_html(self) -> SafeString:
        return self.get_traceback_text()


def _says(record: logging.LogRecord) -> str:
    """Django puts the path into what it says about a request; ours hold one-time links, so it stays out."""
    return str(record.msg) if hasattr(record, "request") else record.getMessage()


class JsonFormatter(logging.Formatter):
    """One JSON object a line, in UTC. Exceptions give their class and place, not their message."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "says": _says(record),
        }
        if record.exc_info and record.exc_info[1] is not None:
            error = record.exc_info[1]
            line |= {"says": "an error", "fault": type(error).__name__, "place": place_of(error)}
        return json.dumps(line)
