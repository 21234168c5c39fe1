"""An activity that Farah facilitates, its plan, and a guest who joins by code."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from riskassessment.enums import Attribution
from riskassessment.models import Activity, AgreedVersion, Assessment, Contribution, JoinCode
from riskassessment.services import activities, assessing, joining
from safeguarding.people.models import Person
from tests.cast import Cast


def planned(by: Person, title: str = "Writing circle", **columns: Any) -> Activity:
    return activities.plan(by=by, title=title, **columns)


def begun(cast: Cast, **columns: Any) -> Assessment:
    return assessing.begin(activity=planned(cast.facilitator, **columns), by=cast.facilitator)


def code_for(assessment: Assessment, cast: Cast) -> JoinCode:
    return joining.open_code(assessment=assessment, by=cast.facilitator)


def contributed(
    assessment: Assessment,
    cast: Cast,
    words: str = "The stairs.",
    *,
    about: str = "worry",
    attribution: str = Attribution.UNNAMED,
    name: str = "",
) -> tuple[Contribution, str]:
    """What a guest wrote, and the token of their own link."""
    once = uuid4()
    token = joining.token_for(once)
    code = joining.open_code_of(assessment) or code_for(assessment, cast)
    said = [joining.Said(about, words)]
    guest = joining.contribute(
        code=code, said=said, attribution=attribution, name=name, once=once, token=token
    )
    return guest.contributions.get(), token


def agreed(assessment: Assessment, by: Person) -> AgreedVersion:
    """With one text and one worry, read aloud and agreed."""
    worries = {uuid4(): assessing.Written("The stairs are steep.", "We meet downstairs.")}
    page = assessing.Page(passages={"good": ("Poems for everybody", 0)}, new=worries)
    assessing.save(assessment=assessment, by=by, page=page)
    return assessing.agree_aloud(
        assessment=assessment, by=by, version=assessment.version, who_was_there="Eight of us"
    )
