"""Log lines hold no address: some of ours carry a link that works once."""

from __future__ import annotations

import io
import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.utils.log import log_response

from safeguarding.logs import JsonFormatter

SECRET = "a-link-that-works-once"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What Django's loggers write, in our format."""
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(JsonFormatter())
    loggers = [logging.getLogger(name) for name in ("django", "django.request")]
    for logger in loggers:
        logger.addHandler(handler)
    yield lines
    for logger in loggers:
        logger.removeHandler(handler)


@pytest.mark.django_db
def test_a_form_without_its_token_is_logged_without_the_address(written: io.StringIO) -> None:
    reply = Client(enforce_csrf_checks=True).post(f"/invitation/{SECRET}/")

    line = json.loads(written.getvalue())
    assert (reply.status_code, line["logger"], line["level"]) == (403, "django.security.csrf", "WARNING")
    assert line["says"] == "Forbidden (%s): %s"
    assert SECRET not in written.getvalue()


def test_an_answer_that_failed_is_logged_without_the_address(written: io.StringIO) -> None:
    request = HttpRequest()
    request.path = f"/invitation/{SECRET}/"
    reply = HttpResponse(status=503)

    log_response("%s: %s", reply.reason_phrase, request.path, request=request, response=reply)

    assert json.loads(written.getvalue())["says"] == "%s: %s"
    assert SECRET not in written.getvalue()


def test_what_we_log_ourselves_is_said_in_full() -> None:
    record = logging.LogRecord("looks", logging.INFO, "", 0, "%d messages", (3,), None)

    assert json.loads(JsonFormatter().format(record))["says"] == "3 messages"


LINES = {
    "plain": logging.LogRecord("looks", logging.WARNING, "", 0, "two\r\nlines %s", ("a\nb",), None),
    "an error": logging.LogRecord("x", logging.ERROR, "", 0, "a\nb", (), (ValueError, ValueError("w"), None)),
}


@pytest.mark.parametrize("record", LINES.values(), ids=LINES)
def test_every_line_is_one_object_with_the_same_four_words(record: logging.LogRecord) -> None:
    """A line break in what is logged begins no line of its own, and the time is UTC."""
    line = JsonFormatter().format(record)

    told = json.loads(line)
    assert "\n" not in line and "\r" not in line
    assert (
        {"at", "level", "logger", "says"} <= set(told) <= {"at", "level", "logger", "says", "fault", "place"}
    )
    assert datetime.fromisoformat(told["at"]).utcoffset() == timedelta(0)


def test_every_logger_of_ours_writes_in_that_form() -> None:
    """Those below them hand on to the root, which has the same one handler."""
    configured: Any = settings.LOGGING

    assert {handler["formatter"] for handler in configured["handlers"].values()} == {"json"}
    assert configured["formatters"]["json"] == {"()": "safeguarding.logs.JsonFormatter"}
    assert configured["root"]["handlers"] == ["console"]


def test_a_crash_leaves_no_memory_on_the_disk() -> None:
    """A process that may write a dump gives that up when it starts."""
    said = (
        "import resource as r; r.setrlimit(r.RLIMIT_CORE, (r.getrlimit(r.RLIMIT_CORE)[1],) * 2)\n"
        "import django; before = r.getrlimit(r.RLIMIT_CORE)[0]; django.setup()\n"
        "print(before != 0, r.getrlimit(r.RLIMIT_CORE)[0])"
    )
    done = subprocess.run([sys.executable, "-c", said], cwd=settings.BASE_DIR, capture_output=True, text=True)

    assert done.stdout == "True 0\n", done.stderr
