"""What each section of the evidence tells."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from reviews import figures, measures
from reviews.evidence import changes
from reviews.evidence.section import Asked, Line, Section
from reviews.models import ReviewCycle
from safeguarding import clock, context
from safeguarding.people.models import Person
from tests.access.rows_cycles import a_cycle
from tests.cast import Cast
from tests.statement.conftest import published, rewrite, text_of

pytestmark = pytest.mark.django_db


def gathered(gather: object, cycle: ReviewCycle | None = None, since: datetime | None = None) -> Section:
    asked = Asked(cycle or a_cycle(), since, clock.now())
    with context.system():
        return gather(asked)  # type: ignore[operator, no-any-return]


def last_month() -> datetime:
    """Inside the window that is counted now."""
    return figures.year_before(timezone.localdate(clock.now())).ends - timedelta(days=20)


def test_reviews_that_were_late_or_missed_are_told(cast: Cast) -> None:
    a_cycle(days_ago=400)

    section = gathered(changes.late)

    assert [line.text for line in section.lines] == [f"{ReviewCycle.objects.earliest('opens_on')}: not held"]
    assert gathered(changes.late, a_cycle(days_ago=400)).note == "None was late, and each was held."


def test_clauses_that_changed_since_the_last_review_are_named(cast: Cast) -> None:
    with clock.at(clock.now() - timedelta(days=100)):
        first = published(cast)
        since = clock.now() + timedelta(days=1)
    clause = text_of(first, "We plan together.").clause
    from reviews.services import drafting

    draft = drafting.begin(by=cast.administrator)
    rewrite(text_of(draft, "We plan together."), cast, "We plan together, slowly.")
    drafting.publish(draft=draft, by=cast.administrator, summary="Slower.")

    assert gathered(changes.clauses, since=since).lines == (Line("Changed", clause.serial),)


def test_an_account_that_was_not_used_for_long_is_counted(cast: Cast) -> None:
    window = figures.year_before(timezone.localdate(clock.now()))
    for person, days in ((cast.lead, 91), (cast.deputy, 89), (cast.co_producer, 200)):
        Person.objects.get_queryset().filter(pk=person.pk).update(
            last_login=window.ends - timedelta(days=days)
        )

    assert measures.BY_KEY["silent"].count(window) == 1
