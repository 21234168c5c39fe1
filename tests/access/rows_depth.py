"""How deep plans go, their worries, and the library of things to think about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from riskassessment.models import Assessment, Prompt, Worry
from riskassessment.services import assessing
from riskassessment.services.assessing import Page, Written
from safeguarding.people.models import Person
from safeguarding.permissions import Verb
from tests.access.rows_planning import other_assessment, own_assessment
from tests.access.table import Row, Who
from tests.cast import Cast

FORM, POST = ("GET", "POST"), ("POST",)
PLAN, LIBRARY = (Verb.PLAN_ACTIVITIES,), (Verb.EDIT_PROMPTS,)


def _worry_of(kwargs: Mapping[str, Any]) -> dict[str, Any]:
    assessment, pk = Assessment.objects.get(**kwargs), uuid4()
    by = assessment.begun_by
    assessing.save(assessment=assessment, by=by, page=Page(new={pk: Written("The stairs.")}))
    return {"pk": Worry.objects.get(pk=pk).pk}


def own_worry(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return _worry_of(own_assessment(cast, someone))


def other_worry(cast: Cast, someone: Person | None) -> dict[str, Any] | None:
    theirs = other_assessment(cast, someone)
    return _worry_of(theirs) if theirs else None


def own_area(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return own_assessment(cast, someone) | {"area": "travel"}


def other_area(cast: Cast, someone: Person | None) -> dict[str, Any] | None:
    theirs = other_assessment(cast, someone)
    return theirs | {"area": "travel"} if theirs else None


def a_prompt(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"pk": Prompt.objects.current()[0].pk}


def no_prompt(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"pk": uuid4()}


ROWS = (
    Row("depth", Who.SIGNED_IN, FORM, own=own_assessment, other=other_assessment),
    Row("depth_choose", PLAN, POST, own=own_assessment, other=other_assessment),
    Row("depth_wish", Who.SIGNED_IN, POST, own=own_assessment, other=other_assessment),
    Row("areas", Who.SIGNED_IN, own=own_assessment, other=other_assessment),
    Row("prompt_put_in", PLAN, POST, own=own_assessment, other=other_assessment, gives=302),
    Row("area_leave_out", PLAN, FORM, own=own_area, other=other_area, post_gives=302),
    Row("name_keep", PLAN, POST, own=own_assessment, other=other_assessment, gives=302),
    Row("worry", PLAN, FORM, own=own_worry, other=other_worry),
    Row("prompts", LIBRARY),
    Row("prompt_add", LIBRARY, FORM),
    Row("prompt_change", LIBRARY, FORM, own=a_prompt, other=no_prompt),
    Row("prompt_retire", LIBRARY, POST, own=a_prompt, other=no_prompt, gives=302),
)
