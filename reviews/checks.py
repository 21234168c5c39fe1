"""What start-up refuses of the settings of reviews."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from reviews import windows
from safeguarding.checks import OURS

WAITS = ("LEARNING_DELAY_DAYS", "LEARNING_LOOK_AFTER_DAYS", "CHALLENGE_ANSWER_DAYS")
MOST_DAYS = 1_000  # beyond that it is no promise, and far beyond no date


@register(OURS)
def reviews_come_twice_a_year(**kwargs: Any) -> list[CheckMessage]:
    """The statement asks for two; more is their choice."""
    months, days = settings.REVIEW_MONTHS, settings.REVIEW_DAYS
    if len(set(months)) < 2 or not set(months) <= set(range(1, 13)):
        return [Error("REVIEW_MONTHS must name two months or more, like 4,10", id="safeguarding.E016")]
    if days < 7 or windows.overlap(months=months, days=days):
        words = "REVIEW_DAYS must be 7 or more, and end before the next review opens"
        return [Error(words, id="safeguarding.E017")]
    return []


@register(OURS)
def each_wait_is_some_days(**kwargs: Any) -> list[CheckMessage]:
    """None at all would publish, ask or be late on the day itself."""
    wrong = [name for name in WAITS if not 1 <= getattr(settings, name) <= MOST_DAYS]
    words = "{name} must be a number of days from 1 to {most}"
    return [Error(words.format(name=name, most=MOST_DAYS), id="safeguarding.E018") for name in wrong]
