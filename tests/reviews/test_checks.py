"""What start-up refuses of the days that somebody waits for: in a sentence that names the setting."""

from __future__ import annotations

import pytest
from django.core.checks import run_checks
from pytest_django import Settings

from reviews.checks import MOST_DAYS
from safeguarding.checks import OURS

WAITS = ("LEARNING_DELAY_DAYS", "LEARNING_LOOK_AFTER_DAYS", "CHALLENGE_ANSWER_DAYS")


@pytest.mark.parametrize("days", [-1, 0, MOST_DAYS + 1])
@pytest.mark.parametrize("name", WAITS)
def test_days_that_nobody_can_wait_are_refused_by_name(name: str, days: int, settings: Settings) -> None:
    setattr(settings, name, days)

    refused = [(str(fault.id), fault.msg) for fault in run_checks(tags=[OURS])]

    assert refused == [("safeguarding.E018", f"{name} must be a number of days from 1 to {MOST_DAYS}")]


@pytest.mark.parametrize("days", [1, MOST_DAYS])
@pytest.mark.parametrize("name", WAITS)
def test_one_day_and_the_most_are_enough(name: str, days: int, settings: Settings) -> None:
    setattr(settings, name, days)

    assert run_checks(tags=[OURS]) == []
