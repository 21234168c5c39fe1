"""What looking back suggests for the library, and what still holds in a copied plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

from riskassessment.models import AfterReview
from riskassessment.services import activities, after, assessing
from safeguarding import clock
from safeguarding.people.models import Person
from safeguarding.permissions import Verb
from tests.access.rows_planning import other_assessment, own_assessment
from tests.access.table import Row
from tests.cast import Cast

FORM, POST = ("GET", "POST"), ("POST",)
PLAN, LIBRARY = (Verb.PLAN_ACTIVITIES,), (Verb.EDIT_PROMPTS,)


def a_suggestion(cast: Cast, someone: Person | None) -> Mapping[str, Any]:
    """Of somebody else's activity: who looks after the library need not have been there."""
    by, starts = cast.facilitator, clock.now() - timedelta(days=2)
    activity = activities.plan(by=by, title="Writing circle", starts_at=starts)
    assessing.begin(activity=activity, by=by)
    after.write(activity=activity, by=by, version=0, uses={}, keep_prompt="Who sat far from the door?")
    return {"pk": AfterReview.objects.get(activity=activity).pk}


def nothing_suggested(cast: Cast, someone: Person | None) -> Mapping[str, Any]:
    return {"pk": uuid4()}


ROWS = (
    Row("prompt_suggestion", LIBRARY, FORM, own=a_suggestion, other=nothing_suggested),
    Row("prompt_suggestion_set_aside", LIBRARY, POST, own=a_suggestion, other=nothing_suggested),
    Row("still_true", PLAN, FORM, own=own_assessment, other=other_assessment, post_gives=302),
)
