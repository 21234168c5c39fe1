"""A plan with a worry, an activity that is over, and an action of somebody's."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from riskassessment.enums import Place
from riskassessment.models import Action, Assessment, Worry
from riskassessment.services import actions, activities, assessing
from riskassessment.services.assessing import Page, Written
from safeguarding.people.models import Person
from tests.cast import Cast
from tests.planning.conftest import begun

DAY = date(2031, 5, 14)  # a Wednesday
NINE = datetime(2031, 5, 14, 8, tzinfo=UTC)  # nine o'clock in the site's summer


def held(cast: Cast, *, starts: datetime = NINE, hours: int = 2, **columns: Any) -> Assessment:
    """An activity of Farah's from a moment on; Ceri takes part."""
    times = {"starts_at": starts, "ends_at": starts + timedelta(hours=hours)}
    assessment = begun(cast, **times, **columns)
    give(assessment, cast, cast.co_producer, Place.TAKES_PART)
    return assessment


def give(assessment: Assessment, cast: Cast, someone: Person, place: Place) -> None:
    activities.give_place(activity=assessment.activity, person=someone, place=place, by=cast.facilitator)


def worried(assessment: Assessment, cast: Cast, words: str = "The stairs.", plan: str = "A lamp.") -> Worry:
    page = Page(new={uuid4(): Written(words, plan)})
    assessing.save(assessment=assessment, by=cast.facilitator, page=page)
    found = assessment.worries.filter(words=words).first()
    assert found is not None
    return found


def given(
    assessment: Assessment, cast: Cast, who: Person | None, what: str = "Ask for a room", **columns: Any
) -> Action:
    return actions.add(assessment=assessment, by=cast.facilitator, what=what, who=who, **columns)
