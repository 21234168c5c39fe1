"""Zones, what would help, and the cards that people share."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from riskassessment.enums import Place
from riskassessment.models import Adjustment, Assessment, CardShare
from riskassessment.services import activities, adjusting, helps, zones
from safeguarding.people.models import Person
from safeguarding.permissions import Role, Verb
from tests.access.rows_planning import _assess, _organised_by, _shared_with, _strangers, no_code, no_link
from tests.access.table import Row, Who
from tests.cast import Cast, person
from tests.planning.conftest import code_for, contributed

FORM, POST = ("GET", "POST"), ("POST",)
PLAN = (Verb.PLAN_ACTIVITIES,)


def _asked(assessment: Assessment) -> Assessment:
    """With a part, and a round that is open."""
    by = assessment.activity.organiser
    assert by is not None
    activities.add_part(activity=assessment.activity, by=by, title="Reading", intended="stretch")
    zones.open_round(activity=assessment.activity, by=by, invited=6)
    return assessment


def own_zones(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"pk": _asked(_assess(_shared_with(cast, someone))).activity_id}


def other_zones(cast: Cast, someone: Person | None) -> dict[str, Any]:
    """Also for those who oversee every plan: they are not in the room."""
    return {"pk": _asked(_assess(_strangers())).activity_id}


def _adjustment(assessment: Assessment) -> dict[str, Any]:
    by = assessment.activity.organiser
    assert by is not None
    adjusting.add(activity=assessment.activity, by=by, what="A lamp.", origin="group")
    return {"pk": Adjustment.objects.get(activity=assessment.activity_id).pk}


def own_adjustment(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return _adjustment(_assess(_shared_with(cast, someone)))


def other_adjustment(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return _adjustment(_assess(_strangers()))


def room_code(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"code": code_for(_asked(_assess(_organised_by(cast.facilitator))), cast).code}


def zones_link(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"token": contributed(_asked(_assess(_organised_by(cast.facilitator))), cast)[1]}


def room_session(cast: Cast, someone: Person | None) -> dict[str, Any]:
    plan = _asked(_assess(_organised_by(cast.facilitator)))
    return {"code": code_for(plan, cast).code, "pk": plan.activity_id}


def link_session(cast: Cast, someone: Person | None) -> dict[str, Any]:
    plan = _asked(_assess(_organised_by(cast.facilitator)))
    return {"token": contributed(plan, cast)[1], "pk": plan.activity_id}


def room_of_others(cast: Cast, someone: Person | None) -> dict[str, Any]:
    """A code that opens, and a session of another plan."""
    return room_session(cast, someone) | other_zones(cast, someone)


def link_of_others(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return link_session(cast, someone) | other_zones(cast, someone)


def _share(cast: Cast, someone: Person) -> dict[str, Any]:
    helps.write(by=someone, words="A pause.")
    activity = activities.plan(by=cast.facilitator, title="Tea", starts_at=timezone.now())
    activities.give_place(activity=activity, person=someone, place=Place.TAKES_PART, by=cast.facilitator)
    helps.share(by=someone, activity=activity)
    return {"pk": CardShare.objects.get(card__person=someone).pk}


def own_share(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return _share(cast, someone or cast.co_producer)


def other_share(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return _share(cast, person("Stranger", Role.CO_PRODUCER))


def own_activity(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"pk": _shared_with(cast, someone).pk}


def other_activity(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"pk": _strangers().pk}


ROWS = (
    Row("zones", Who.SIGNED_IN, FORM, own=own_zones, other=other_zones),
    Row("zones_wipe", Who.SIGNED_IN, POST, own=own_zones, other=other_zones, gives=302),
    Row("zones_shared", Who.SIGNED_IN, own=own_zones, other=other_zones),
    Row("zones_round", PLAN, own=own_zones, other=other_zones),
    Row("zones_open", PLAN, POST, own=own_zones, other=other_zones),
    Row("zones_close", PLAN, POST, own=own_zones, other=other_zones, gives=302),
    Row("zones_guess", PLAN, POST, own=own_zones, other=other_zones, gives=302),
    Row("zones_tell", PLAN, POST, own=own_zones, other=other_zones, gives=302),
    Row("zones_agree", PLAN, POST, own=own_zones, other=other_zones, gives=302),
    Row("adjustment_add", PLAN, POST, own=own_zones, other=other_zones),
    Row("adjustment", PLAN, FORM, own=own_adjustment, other=other_adjustment),
    Row("adjustment_done", PLAN, POST, own=own_adjustment, other=other_adjustment, gives=302),
    Row("join_zones", Who.PUBLIC, own=room_code, other=no_code, gives=302),
    Row("join_zones_session", Who.PUBLIC, FORM, own=room_session, other=room_of_others),
    Row("joined_zones", Who.PUBLIC, own=zones_link, other=no_link, gives=302),
    Row("joined_zones_session", Who.PUBLIC, FORM, own=link_session, other=link_of_others),
    Row("joined_zones_wipe", Who.PUBLIC, POST, own=link_session, other=link_of_others, gives=302),
    Row("helps_me", Who.SIGNED_IN, FORM, post_gives=302),
    Row("helps_me_share", Who.SIGNED_IN, POST),
    Row("helps_me_wipe", Who.SIGNED_IN, POST, gives=302),
    Row("helps_me_stop", Who.SIGNED_IN, POST, own=own_share, other=other_share, gives=302),
    Row("activity_cards", PLAN, own=own_activity, other=other_activity),
)
