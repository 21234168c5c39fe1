"""`/csp-report/`: small reports from browsers, reduced to words of our own (ASVS 3.4.7)."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from django.test import Client

from safeguarding.pages import reports

pytestmark = pytest.mark.django_db
OLD_FORM = {
    "csp-report": {
        "document-uri": "https://site.example.org/raise/?canary=heron",
        "violated-directive": "script-src 'self'",
        "blocked-uri": "https://heron.example.org/x.js",
        "script-sample": "heron heron",
    }
}
NEW_FORM = [
    {"type": "csp-violation", "body": {"effectiveDirective": "style-src-attr", "blockedURL": "inline"}}
]


def send(client: Client, body: Any, **headers: Any) -> int:
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    status: int = client.post(
        "/csp-report/", text, content_type="application/csp-report", **headers
    ).status_code
    return status


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (OLD_FORM, "blocked an address by script-src"),
        (NEW_FORM, "blocked inline by style-src-attr"),
        ({"csp-report": {"effective-directive": "heron\nheron"}}, "blocked an address by another rule"),
        ("not json", "blocked an address by another rule"),
        ("[]", "blocked an address by another rule"),
        ("[[[[", "blocked an address by another rule"),
        ("5", "blocked an address by another rule"),
        (b"\xff\xfe", "blocked an address by another rule"),
    ],
)
def test_a_report_becomes_one_line_of_our_own_words(
    client: Client, caplog: pytest.LogCaptureFixture, body: Any, line: str
) -> None:
    with caplog.at_level(logging.WARNING, "safeguarding.csp"):
        assert send(client, body) == 204

    assert [record.getMessage() for record in caplog.records] == [line]
    assert "heron" not in caplog.text


def test_a_large_report_is_refused_unread(client: Client) -> None:
    assert send(client, "x" * (reports.MOST_BYTES + 1)) == 413
    assert send(client, "x" * reports.MOST_BYTES) == 204


def test_a_flood_of_reports_is_refused(client: Client) -> None:
    answers = [send(client, NEW_FORM) for _ in range(reports.LIMIT.hits + 2)]

    assert answers == [204] * reports.LIMIT.hits + [429] * 2


def test_get_is_refused(client: Client) -> None:
    assert client.get("/csp-report/").status_code == 405


def test_every_page_names_this_address(client: Client) -> None:
    assert "report-uri /csp-report/" in client.get("/privacy/").headers["Content-Security-Policy"]
