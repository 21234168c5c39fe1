"""Actions, the page for the day, looking back and feeding back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from riskassessment.enums import Place
from riskassessment.models import Action, Assessment, Pause
from riskassessment.services import actions, activities, joining, the_day
from safeguarding import clock
from safeguarding.outbox import OutboxMessage
from safeguarding.people.models import Person
from safeguarding.permissions import Role, Verb, can
from tests.access.rows_planning import (
    _assess,
    _shared_with,
    _strangers,
    my_link,
    no_link,
    other_activity,
    other_assessment,
    own_activity,
    own_assessment,
)
from tests.access.table import Row, Who
from tests.cast import Cast, person
from tests.planning.conftest import contributed

FORM, POST = ("GET", "POST"), ("POST",)
PLAN = (Verb.PLAN_ACTIVITIES,)


def planned_activity(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"pk": _assess(_shared_with(cast, someone)).activity_id}


def past_activity(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"pk": _past(_assess(_shared_with(cast, someone))).activity_id}


def _past(assessment: Assessment) -> Assessment:
    activity, organiser = assessment.activity, assessment.activity.organiser
    assert organiser is not None
    columns = {"starts_at": clock.now() - timedelta(hours=3)}
    activities.change(activity=activity, by=organiser, version=activity.version, **columns)
    return assessment


def _action(assessment: Assessment, who: Person | None) -> Action:
    organiser = assessment.activity.organiser
    assert organiser is not None
    return actions.add(assessment=assessment, by=organiser, what="Ask for a room", who=who)


def own_action(cast: Cast, someone: Person | None) -> dict[str, Any]:
    """Given to them; also to those who have no place in its activity."""
    return {"pk": _action(_assess(_shared_with(cast, None)), someone).pk}


def led_action(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"pk": _action(_assess(_shared_with(cast, someone)), None).pk}


def other_action(cast: Cast, someone: Person | None) -> dict[str, Any] | None:
    """Those who oversee see every action: for them, none is somebody else's."""
    if someone and can(someone, Verb.OVERSEE_ACTIVITIES):
        return None
    return {"pk": _action(_assess(_strangers()), None).pk}


def mailed_link(cast: Cast, someone: Person | None) -> dict[str, Any]:
    """Only whoever reads the owner's mail has it."""
    _action(_assess(_shared_with(cast, None)), cast.co_producer)
    text = OutboxMessage.objects.get(kind=actions.YOURS).text or ""
    return {"token": text.partition("/actions/yours/")[2].partition("/")[0]}


def own_missed(cast: Cast, someone: Person | None) -> dict[str, Any]:
    """Its writer wished that whoever watches hears it."""
    activity = _shared_with(cast, someone)
    if someone is not None:
        activities.give_place(activity=activity, person=someone, place=Place.WATCHES, by=cast.facilitator)
    return {"pk": _missed(_assess(activity), cast.facilitator)}


def _missed(assessment: Assessment, by: Person) -> Any:
    return the_day.say_missed(assessment=assessment, by=by, once=uuid4(), to="watcher").pk


def other_missed(cast: Cast, someone: Person | None) -> dict[str, Any]:
    """Also in an activity of theirs: somebody else watches there."""
    activity = _shared_with(cast, someone)
    watcher = person("Watcher", Role.CO_PRODUCER)
    activities.give_place(activity=activity, person=watcher, place=Place.WATCHES, by=cast.facilitator)
    return {"pk": _missed(_assess(activity), cast.facilitator)}


def _pause(assessment: Assessment, by: Person) -> Pause:
    said = {"paused": False, "offered": "Tea", "chose": "break", "wanted": "call"}
    return the_day.note_pause(assessment=assessment, by=by, once=uuid4(), **said)  # type: ignore[arg-type]


def own_pause(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"pk": _pause(_assess(_shared_with(cast, someone)), someone or cast.facilitator).pk}


def other_pause(cast: Cast, someone: Person | None) -> dict[str, Any] | None:
    if someone and can(someone, Verb.OVERSEE_ACTIVITIES):
        return None
    assessment = _assess(_strangers())
    assert assessment.activity.organiser is not None
    return {"pk": _pause(assessment, assessment.activity.organiser).pk}


def guest_of_the_past(cast: Cast, someone: Person | None) -> dict[str, Any]:
    assessment = _past(_assess(_shared_with(cast, None)))
    joining.open_code(assessment=assessment, by=cast.facilitator)
    return {"token": contributed(assessment, cast)[1]}


ROWS = (
    Row("my_actions", Who.SIGNED_IN),
    Row("reminders", Who.SIGNED_IN, POST, gives=302),
    Row("action_by_link", Who.PUBLIC, FORM, own=mailed_link, other=no_link, post_gives=302),
    Row("action", Who.SIGNED_IN, own=own_action, other=other_action),
    Row("action_change", PLAN, FORM, own=led_action, other=other_action),
    Row("action_answer", Who.SIGNED_IN, POST, own=own_action, other=other_action, gives=302),
    Row("action_done", Who.SIGNED_IN, POST, own=own_action, other=other_action, gives=302),
    Row("action_unmet", Who.SIGNED_IN, POST, own=own_action, other=other_action),
    Row("action_add", PLAN, FORM, own=own_assessment, other=other_assessment),
    Row("day", Who.SIGNED_IN, own=own_activity, other=other_activity),
    Row("day_worker", Who.SIGNED_IN, own=own_activity, other=other_activity),
    Row("day_note", Who.SIGNED_IN, POST, own=planned_activity, other=other_activity),
    Row("day_missed", Who.SIGNED_IN, POST, own=planned_activity, other=other_activity),
    Row("day_pause", Who.SIGNED_IN, POST, own=planned_activity, other=other_activity),
    Row("pause_done", Who.SIGNED_IN, POST, own=own_pause, other=other_pause, gives=302),
    Row("missed", Who.SIGNED_IN, own=planned_activity, other=other_activity),
    Row("missed_seen", Who.SIGNED_IN, POST, own=own_missed, other=other_missed, gives=302),
    Row("joined_day", Who.PUBLIC, own=my_link, other=no_link),
    Row("joined_day_worker", Who.PUBLIC, own=my_link, other=no_link),
    Row("joined_missed", Who.PUBLIC, POST, own=my_link, other=no_link),
    Row("after", Who.SIGNED_IN, own=past_activity, other=other_activity),
    Row("after_mine", Who.SIGNED_IN, FORM, own=past_activity, other=other_activity, post_gives=302),
    Row("after_take_back", Who.SIGNED_IN, POST, own=past_activity, other=other_activity, gives=302),
    Row("after_write", PLAN, FORM, own=past_activity, other=other_activity, post_gives=302),
    Row("after_care", PLAN, FORM, own=past_activity, other=other_activity, post_gives=302),
    Row("joined_after", Who.PUBLIC, FORM, own=guest_of_the_past, other=no_link, post_gives=302),
    Row("joined_after_take_back", Who.PUBLIC, POST, own=guest_of_the_past, other=no_link, gives=302),
    Row("feedback", Who.SIGNED_IN, own=own_assessment, other=other_assessment),
    Row("feedback_publish", PLAN, POST, own=own_assessment, other=other_assessment, gives=302),
)
