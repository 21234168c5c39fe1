"""Actions, the page for the day, looking back and feeding back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from riskassessment.enums import Place
from riskassessment.models import Action, Activity, Assessment, Pause
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
    other_assessment,
    own_assessment,
)
from tests.access.rows_series import _series
from tests.access.table import Row, Who
from tests.cast import Cast, person
from tests.planning.conftest import contributed

FORM, POST = ("GET", "POST"), ("POST",)
PLAN = (Verb.PLAN_ACTIVITIES,)


def _sessions(someone: Person | None) -> tuple[Activity, Activity]:
    """Two later sessions of a stranger's series, over; they have a place in the first of these two only."""
    first = _strangers()
    organiser = _assess(first).activity.organiser
    assert organiser is not None
    mine, other = _series(first).sessions.exclude(pk=first.pk).order_by("starts_at")
    for session in (mine, other):
        columns = {"starts_at": clock.now() - timedelta(hours=3)}
        activities.change(activity=session, by=organiser, version=session.version, **columns)
    if someone is not None:
        activities.give_place(activity=mine, person=someone, place=Place.FACILITATES, by=organiser)
    return mine, other


def own_session(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"pk": _sessions(someone)[0].pk}


def other_session(cast: Cast, someone: Person | None) -> dict[str, Any] | None:
    """A place in one session of a series opens no other; those who oversee see them all."""
    if someone and can(someone, Verb.OVERSEE_ACTIVITIES):
        return None
    return {"pk": _sessions(someone)[1].pk}


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
    return the_day.say_missed(activity=assessment.activity, by=by, once=uuid4(), to="watcher").pk


def other_missed(cast: Cast, someone: Person | None) -> dict[str, Any]:
    """Also in an activity of theirs: somebody else watches there."""
    activity = _shared_with(cast, someone)
    watcher = person("Watcher", Role.CO_PRODUCER)
    activities.give_place(activity=activity, person=watcher, place=Place.WATCHES, by=cast.facilitator)
    return {"pk": _missed(_assess(activity), cast.facilitator)}


def _pause(session: Activity) -> Pause:
    assert session.organiser is not None
    said = {"paused": False, "offered": "Tea", "chose": "break", "wanted": "call"}
    return the_day.note_pause(activity=session, by=session.organiser, once=uuid4(), **said)  # type: ignore[arg-type]


def own_pause(cast: Cast, someone: Person | None) -> dict[str, Any]:
    """They noted it, or they facilitate there."""
    mine, _other = _sessions(someone)
    pause = _pause(mine)
    Pause.objects.filter(pk=pause.pk).update(by=someone or cast.facilitator)
    return {"pk": pause.pk}


def other_pause(cast: Cast, someone: Person | None) -> dict[str, Any] | None:
    if someone and can(someone, Verb.OVERSEE_ACTIVITIES):
        return None
    return {"pk": _pause(_sessions(someone)[1]).pk}


def guest_of_the_past(cast: Cast, someone: Person | None) -> dict[str, Any]:
    assessment = _past(_assess(_shared_with(cast, None)))
    joining.open_code(assessment=assessment, by=cast.facilitator)
    return {"token": contributed(assessment, cast)[1]}


def guests_session(cast: Cast, someone: Person | None) -> dict[str, Any]:
    """One that their plan holds for."""
    assessment = _past(_assess(_shared_with(cast, None)))
    return {"token": contributed(assessment, cast)[1], "pk": assessment.activity_id}


def others_session(cast: Cast, someone: Person | None) -> dict[str, Any]:
    """A guest's link opens no session of another plan."""
    return {"token": contributed(_assess(_shared_with(cast, None)), cast)[1], "pk": _sessions(None)[0].pk}


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
    Row("day", Who.SIGNED_IN, own=own_session, other=other_session),
    Row("day_worker", Who.SIGNED_IN, own=own_session, other=other_session),
    Row("day_note", Who.SIGNED_IN, POST, own=own_session, other=other_session),
    Row("day_missed", Who.SIGNED_IN, POST, own=own_session, other=other_session),
    Row("day_pause", Who.SIGNED_IN, POST, own=own_session, other=other_session),
    Row("pause_done", Who.SIGNED_IN, POST, own=own_pause, other=other_pause, gives=302),
    Row("missed", Who.SIGNED_IN, own=own_session, other=other_session),
    Row("missed_seen", Who.SIGNED_IN, POST, own=own_missed, other=other_missed, gives=302),
    Row("joined_day", Who.PUBLIC, own=my_link, other=no_link),
    Row("joined_day_worker", Who.PUBLIC, own=my_link, other=no_link),
    Row("joined_missed", Who.PUBLIC, POST, own=my_link, other=no_link),
    Row("after", Who.SIGNED_IN, own=own_session, other=other_session),
    Row("after_mine", Who.SIGNED_IN, FORM, own=own_session, other=other_session, post_gives=302),
    Row("after_take_back", Who.SIGNED_IN, POST, own=own_session, other=other_session, gives=302),
    Row("after_write", PLAN, FORM, own=own_session, other=other_session, post_gives=302),
    Row("after_care", PLAN, FORM, own=own_session, other=other_session, post_gives=302),
    Row("joined_after", Who.PUBLIC, own=guest_of_the_past, other=no_link, gives=302),
    Row("joined_session", Who.PUBLIC, FORM, own=guests_session, other=others_session, post_gives=302),
    Row("joined_session_take_back", Who.PUBLIC, POST, own=guests_session, other=others_session, gives=302),
    Row("feedback", Who.SIGNED_IN, own=own_assessment, other=other_assessment),
    Row("feedback_publish", PLAN, POST, own=own_assessment, other=other_assessment, gives=302),
)
