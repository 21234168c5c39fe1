"""Activities, their plans, and taking part without an account."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from riskassessment.enums import Place
from riskassessment.models import Activity, Assessment
from riskassessment.services import activities, assessing, joining
from safeguarding.people.models import Person
from safeguarding.permissions import Role, Verb, can
from tests.access.table import Row, Who
from tests.cast import Cast, person
from tests.planning.conftest import code_for, contributed

FORM, POST = ("GET", "POST"), ("POST",)
PLAN = (Verb.PLAN_ACTIVITIES,)


def _organised_by(organiser: Person) -> Activity:
    return activities.plan(by=organiser, title="Writing circle")


def _shared_with(cast: Cast, someone: Person | None) -> Activity:
    """An activity that this person has a place in; one that they facilitate where they may."""
    activity = _organised_by(cast.facilitator)
    if someone is not None and someone != cast.facilitator:
        activities.give_place(activity=activity, person=someone, place=Place.TAKES_PART, by=cast.facilitator)
    return activity


def _strangers() -> Activity:
    return _organised_by(
        Person.objects.filter(email="stranger@example.org").first() or person("Stranger", Role.FACILITATOR)
    )


def own_activity(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"pk": _shared_with(cast, someone).pk}


def other_activity(cast: Cast, someone: Person | None) -> dict[str, Any] | None:
    """Those who oversee see every activity: for them, nothing is somebody else's."""
    if someone and can(someone, Verb.OVERSEE_ACTIVITIES):
        return None
    return {"pk": _strangers().pk}


def _assess(activity: Activity) -> Assessment:
    assert activity.organiser is not None
    return assessing.begin(activity=activity, by=activity.organiser)


def own_assessment(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"pk": _assess(_shared_with(cast, someone)).pk}


def other_assessment(cast: Cast, someone: Person | None) -> dict[str, Any] | None:
    if someone and can(someone, Verb.OVERSEE_ACTIVITIES):
        return None
    return {"pk": _assess(_strangers()).pk}


def assessment_with_code(cast: Cast, someone: Person | None) -> dict[str, Any]:
    assessment = _assess(_shared_with(cast, someone))
    code_for(assessment, cast)
    return {"pk": assessment.pk}


def own_part(cast: Cast, someone: Person | None) -> dict[str, Any]:
    activity = _shared_with(cast, someone)
    return {"pk": activities.add_part(activity=activity, by=cast.facilitator, title="Reading").pk}


def other_part(cast: Cast, someone: Person | None) -> dict[str, Any]:
    activity = _strangers()
    assert activity.organiser is not None
    return {"pk": activities.add_part(activity=activity, by=activity.organiser, title="Reading").pk}


def own_place(cast: Cast, someone: Person | None) -> dict[str, Any]:
    place = _shared_with(cast, someone).people.first()
    assert place is not None
    return {"pk": place.pk}


def other_place(cast: Cast, someone: Person | None) -> dict[str, Any]:
    place = _strangers().people.first()
    assert place is not None
    return {"pk": place.pk}


def own_contribution(cast: Cast, someone: Person | None) -> dict[str, Any]:
    assessment = _assess(_shared_with(cast, someone))
    return {"pk": contributed(assessment, cast)[0].pk}


def other_contribution(cast: Cast, someone: Person | None) -> dict[str, Any]:
    assessment = _assess(_strangers())
    organiser = assessment.activity.organiser
    assert organiser is not None
    code, once = joining.open_code(assessment=assessment, by=organiser), uuid4()
    said = [joining.Said("worry", "The stairs.")]
    guest = joining.contribute(
        code=code, said=said, attribution="unnamed", name="", once=once, token=joining.token_for(once)
    )
    return {"pk": guest.contributions.get().pk}


def a_code(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"code": code_for(_assess(_organised_by(cast.facilitator)), cast).code}


def no_code(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"code": "ABCDEF"}


def my_link(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"token": contributed(_assess(_organised_by(cast.facilitator)), cast)[1]}


def no_link(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"token": "nobody"}


def my_words(cast: Cast, someone: Person | None) -> dict[str, Any]:
    contribution, token = contributed(_assess(_organised_by(cast.facilitator)), cast)
    return {"token": token, "pk": contribution.pk}


def their_words(cast: Cast, someone: Person | None) -> dict[str, Any]:
    """My own link does not reach what somebody else wrote."""
    assessment = _assess(_organised_by(cast.facilitator))
    theirs, _token = contributed(assessment, cast)
    _mine, token = contributed(assessment, cast)
    return {"token": token, "pk": theirs.pk}


ROWS = (
    Row("activities", Who.SIGNED_IN),
    Row("activity_new", PLAN, FORM),
    Row("activity", Who.SIGNED_IN, own=own_activity, other=other_activity),
    Row("activity_change", PLAN, FORM, own=own_activity, other=other_activity),
    Row("route_seen", PLAN, POST, own=own_activity, other=other_activity, gives=302),
    Row("part_add", PLAN, FORM, own=own_activity, other=other_activity),
    Row("part_change", PLAN, FORM, own=own_part, other=other_part),
    Row("part_remove", PLAN, POST, own=own_part, other=other_part, gives=302),
    Row("place_give", PLAN, FORM, own=own_activity, other=other_activity),
    Row("place_end", PLAN, POST, own=own_place, other=other_place, gives=302),
    Row("assessment_begin", PLAN, POST, own=own_activity, other=other_activity, gives=302),
    Row("assessment", Who.SIGNED_IN, own=own_assessment, other=other_assessment),
    Row("assessment_write", PLAN, FORM, own=own_assessment, other=other_assessment, post_gives=302),
    Row("agree_aloud", PLAN, POST, own=own_assessment, other=other_assessment, gives=302),
    Row("code_open", PLAN, POST, own=own_assessment, other=other_assessment, gives=302),
    Row("code_end", PLAN, POST, own=own_assessment, other=other_assessment, gives=302),
    Row("join_poster", PLAN, own=assessment_with_code, other=other_assessment),
    Row("contributions", PLAN, own=own_assessment, other=other_assessment),
    Row("contribution_type_in", PLAN, FORM, own=own_assessment, other=other_assessment),
    Row("contributions_show", PLAN, POST, own=own_assessment, other=other_assessment, gives=302),
    Row("contribution_answer", PLAN, FORM, own=own_contribution, other=other_contribution),
    Row("contribution_take_up", PLAN, POST, own=own_contribution, other=other_contribution, gives=302),
    Row("join", Who.PUBLIC, FORM),
    Row("join_code", Who.PUBLIC, FORM, own=a_code, other=no_code),
    Row("joined", Who.PUBLIC, own=my_link, other=no_link),
    Row("contribution_withdraw", Who.PUBLIC, POST, own=my_words, other=their_words, gives=302),
)
