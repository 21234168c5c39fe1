"""What browsers report of our Content-Security-Policy, reduced to words of our own."""

from __future__ import annotations

import json
import logging
from typing import Any

from django.conf import settings

from safeguarding.limits import Limit

MOST_BYTES = 8 * 1024
LIMIT = Limit("csp_report", hits=30, seconds=60)
KINDS = ("inline", "eval", "data", "blob", "self", "wasm-eval")


def note(body: bytes) -> None:
    """Log which directive blocked which kind of thing: both from lists of ours, never an address."""
    report = _report(body)
    directive = str(report.get("effective-directive") or report.get("effectiveDirective") or "")
    directive = directive or str(report.get("violated-directive") or "").partition(" ")[0]
    blocked = str(report.get("blocked-uri") or report.get("blockedURL") or "")
    logging.getLogger("safeguarding.csp").warning(
        "blocked %s by %s", blocked if blocked in KINDS else "an address", _known(directive)
    )


def _report(body: bytes) -> dict[str, Any]:
    """The report itself, from either form that browsers send; empty when it is neither."""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    first = sent[0] if isinstance(sent, list) and sent else sent
    inner = first.get("csp-report") or first.get("body") if isinstance(first, dict) else None
    return inner if isinstance(inner, dict) else {}


def _known(directive: str) -> str:
    known = {*settings.CONTENT_SECURITY_POLICY["DIRECTIVES"], "script-src-elem", "style-src-elem"}
    return directive if directive in known | {"script-src-attr", "style-src-attr"} else "another rule"
