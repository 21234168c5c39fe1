"""docs/limits.md says what the code does, and every limit of the code stands in it (ASVS 2.1.3, 13.1.2)."""

from __future__ import annotations

import ast
import importlib
import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from safeguarding.limits import Limit
from safeguarding.management.commands.limits import in_words, rows, value_of
from tests.test_layout import MODULES

ROOT = Path(settings.BASE_DIR)
ROWS = rows(ROOT)
NAMED = {row["where"] for row in ROWS}
EVERYBODYS = ("Words and files", "How often", "Sessions, links and codes", "Kept", "Lists")
UNTESTED = {  # inside one of our own queries or drawings: nobody meets it as a limit
    "concerns.needs.FETCHED",
    "concerns.views.records.MOST_SHOWN",
    "riskassessment.views.documents.MOST_SHOWN",
    "concerns.pictures.MOST",
}
NO_LIMITS = {
    # the name of a lock
    "safeguarding.looks.PERIODIC_LOCK",
    "safeguarding.people.roles.ADMINISTRATORS",
    # a format, a unit, a status, the measure of a drawing
    "safeguarding.people.kept.LONGEST_PATH",  # a column: no address of ours is longer
    "riskassessment.services.room_codes.LENGTH",
    "riskassessment.services.changing.LONGEST_HEADING",  # a column: only our own words are cut
    "riskassessment.services.papers.LONGEST_NAME",
    "riskassessment.services.telling.DAYS_BACK",  # how far a query looks: no mail waits longer than a night
    "riskassessment.documents.names.SHORTEST",
    "reviews.packs.LONGEST_FAULT",  # a column: the name of a class
    "reviews.figures.NEAREST",  # a unit
    "reviews.services.releasing.LOCK",  # the name of a lock
    "reviews.services.passing_words.SHORTEST",  # a shorter name is found in any text
    "reviews.services.passing_words.AT_ONCE",  # rows held in memory together
    *(f"riskassessment.{place}" for place in ("rhythm.DAYS", "rhythm.MONTHS", "months.MONTHS")),
    *(f"riskassessment.months.{name}" for name in ("FIRST_YEAR", "LAST_YEAR")),
    "riskassessment.forms.assessments.FREE",
    "riskassessment.forms.assessments.PRINT",
    "riskassessment.models.zones.LONGEST_ZONE",
    "riskassessment.zone_words.PADDED",
    "riskassessment.zone_prompts.LONG_RUN",  # a prompt, never a bound
    *(f"riskassessment.services.group_pictures.{share}" for share in ("FEW", "MOST")),
    *(f"riskassessment.session_picture.{measure}" for measure in ("ROW", "TOP", "GAP", "LONGEST_TITLE")),
    "reviews.services.suggesting.CODE_LENGTH",
    "reviews.services.challenging.CODE_LENGTH",
    "reviews.services.challenging.ROUNDS",  # a rule, said on the page
    *(f"reviews.services.comparing.{weight}" for weight in ("VALUE", "CLAUSE", "CHOICE", "RANK")),
    "reviews.services.comparing.MOST_WORDS",  # how much of a text is looked for; nothing is cut
    *(
        f"reviews.{measure}"
        for measure in ("matching.NEAR", "matching.MANY", "differences.HEADING_WORDS", "pages.HIGHEST")
    ),
    *(
        "reviews.drawn.KEPT",
        "reviews.pages.LOWEST",
        "reviews.blocks.DEEPEST",
        "safeguarding.word.reading.DEEPEST",
    ),
    *(f"reviews.years.{measure}" for measure in ("WIDTH", "EDGE", "ROOM", "MONTH")),
    *(f"reviews.windows.{unit}" for unit in ("WEEK", "DAY")),
    "safeguarding.crypto.VERSION",
    "safeguarding.crypto.NONCE",
    "safeguarding.celery.SECONDS",
    "safeguarding.contacts.hours.NOTHING",
    *(f"concerns.ages.{unit}" for unit in ("HOUR", "DAY", "WEEK", "MONTH", "YEAR")),
    "concerns.services.routing.HOUR",
    "concerns.services.weekly.WEEK",
    "concerns.views.pages.BAD",
    "concerns.views.pages.OVERTAKEN",
    *(f"concerns.pictures.{measure}" for measure in ("WIDTH", "LEFT", "RIGHT", "LEAST")),
    # the kernel's own; the demonstration's
    "safeguarding.embedded.SOCKET_PATH_LIMIT",
    "safeguarding.management.commands.seed_bulk.MOST",
    # a place, or a number that follows from another
    "settings.TRUSTED_PROXY_COUNT",
    "settings.EMAIL_PORT",
    "settings.SECURE_HSTS_SECONDS",
    "concerns.services.drafts.KEPT_FOR",  # settings.DRAFT_DAYS
}


def constants() -> Iterator[str]:
    """The constants of our modules that are numbers, times or rates."""
    for name, path in MODULES.items():
        names = [each for node in ast.parse(path.read_text()).body for each in _assigned(node)]
        if names and ".demo" not in name:
            module: Any = settings if name == "safeguarding.settings" else importlib.import_module(name)
            place = "settings" if module is settings else name
            yield from (f"{place}.{each}" for each in names if _is_number(getattr(module, each)))


def _assigned(node: ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for target in targets:
            for each in target.elts if isinstance(target, ast.Tuple) else [target]:
                if isinstance(each, ast.Name) and re.fullmatch("[A-Z][A-Z0-9_]+", each.id):
                    yield each.id


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | timedelta | Limit) and not isinstance(value, bool)


def test_the_document_is_what_the_command_prints() -> None:
    out = StringIO()

    call_command("limits", stdout=out)

    assert (ROOT / "docs" / "limits.md").read_text() == out.getvalue()


def test_every_limit_of_the_code_stands_in_it() -> None:
    assert [name for name in constants() if name not in NAMED | NO_LIMITS] == []


def test_nothing_is_both_a_limit_and_none_and_each_stands_once() -> None:
    assert NAMED.isdisjoint(NO_LIMITS)
    assert [where for where, times in Counter(row["where"] for row in ROWS).items() if times > 1] == []


@pytest.mark.parametrize("row", [pytest.param(r, id=r["where"]) for r in ROWS if r["part"] in EVERYBODYS])
def test_what_somebody_can_meet_has_its_test(row: dict[str, str]) -> None:
    assert row["test"] or row["where"] in UNTESTED


@pytest.mark.parametrize(
    "place",
    [
        "settings.NOTHING",
        "safeguarding.outbox.NOTHING",
        "nowhere.at.all",
        "deploy/nginx.conf:nothing_timeout",
    ],
)
def test_what_is_not_there_is_said(place: str) -> None:
    with pytest.raises(CommandError):
        value_of(place)


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (900, "seconds", "15 minutes"),
        (timedelta(days=1), "", "1 day"),
        (0.5, "seconds", "0.5 seconds"),
        (timedelta(seconds=90), "", "90 seconds"),
        (20_000, "characters", "20,000 characters"),
        (8192, "bytes", "8 KiB"),
        (3 * 1024**2, "bytes", "3 MiB"),
        (Limit("x", 60, 600), "", "60 in 10 minutes"),
        ("5/300s/key", "rate", "5 in 5 minutes for each account that is named"),
        ("10s", "", "10s"),
    ],
)
def test_a_value_is_said_in_words(value: Any, unit: str, words: str) -> None:
    assert in_words(value, unit) == words
