"""Series and their sessions, the calendar, copies of plans, and plans to take away."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from riskassessment.enums import Paper, Rhythm
from riskassessment.models import Activity, Series
from riskassessment.services import activities, checking, feeds, papers, series
from safeguarding import clock, context
from safeguarding.exports import Export, ExportFile, ExportState
from safeguarding.people.models import Person
from safeguarding.permissions import Role
from tests.access.rows_planning import (
    FORM,
    PLAN,
    POST,
    _assess,
    _shared_with,
    _strangers,
    other_activity,
    other_assessment,
    own_activity,
    own_assessment,
)
from tests.access.table import Kwargs, Row, Who
from tests.cast import Cast, person
from tests.planning.conftest import agreed


def _starts() -> datetime:
    return (clock.now() + timedelta(days=2)).replace(hour=14, minute=0, second=0, microsecond=0)


def _series(first: Activity) -> Series:
    assert first.organiser is not None
    Activity.objects.filter(pk=first.pk).update(starts_at=_starts())
    first.refresh_from_db()
    return series.begin(activity=first, by=first.organiser, rhythm=Rhythm.WEEKS)


def own_dated(cast: Cast, someone: Person | None) -> Kwargs:
    activity = _shared_with(cast, someone)
    activities.change(activity=activity, by=cast.facilitator, version=1, starts_at=_starts())
    return {"pk": activity.pk}


def own_series(cast: Cast, someone: Person | None) -> Kwargs:
    return {"pk": _series(_shared_with(cast, someone)).pk}


def other_series(cast: Cast, someone: Person | None) -> Kwargs:
    return {"pk": _series(_strangers()).pk}


def _session(first: Activity) -> Activity:
    """One whose plan is agreed, and in which something is different."""
    assert first.organiser is not None
    agreed(_assess(first), first.organiser)
    session = _series(first).sessions.exclude(pk=first.pk).order_by("starts_at").first()
    assert session is not None
    checking.answer(activity=session, by=first.organiser, different="Another room.")
    return session


def own_session(cast: Cast, someone: Person | None) -> Kwargs:
    return {"pk": _session(_shared_with(cast, someone)).pk}


def a_month(cast: Cast, someone: Person | None) -> Kwargs:
    return {"year": 2031, "month": 5}


def no_month(cast: Cast, someone: Person | None) -> Kwargs:
    return {"year": 2031, "month": 13}


def a_feed(cast: Cast, someone: Person | None) -> Kwargs:
    return {"token": feeds.make(by=cast.facilitator, detail="title")}


def no_feed(cast: Cast, someone: Person | None) -> Kwargs:
    return {"token": "nobody"}


def _ready(activity: Activity, by: Person, paper: str) -> Export:
    with context.oneself(by):
        export = papers.ask(activity=activity, by=by, paper=paper, purpose="look")
    with context.system():
        Export.objects.filter(pk=export.pk).update(state=ExportState.READY, ended_at=export.created_at)
        file = ExportFile(export=export, ending="txt", media_type="text/plain")
        file.seal(b"A plan.")
        file.save()
    return export


def own_document(cast: Cast, someone: Person | None) -> Kwargs:
    return {"pk": _ready(_shared_with(cast, someone), someone or cast.facilitator, Paper.FULL).pk}


def anothers_document(cast: Cast, someone: Person | None) -> Kwargs:
    """Of an activity that they see, asked for by somebody else."""
    another = person("Another", Role.FACILITATOR)
    activity = _shared_with(cast, someone)
    activities.give_place(activity=activity, person=another, place="takes_part", by=cast.facilitator)
    return {"pk": _ready(activity, another, Paper.FULL).pk}


def own_file(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {**own_document(cast, someone), "ending": "txt"}


def anothers_file(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {**anothers_document(cast, someone), "ending": "txt"}


ROWS = (
    Row("series_begin", PLAN, FORM, own=own_dated, other=other_activity),
    Row("series_end", PLAN, POST, own=own_series, other=other_series, gives=302),
    Row("session_same", PLAN, POST, own=own_session, other=other_activity, gives=302),
    Row("session_different", PLAN, FORM, own=own_session, other=other_activity),
    Row("session_agree", PLAN, POST, own=own_session, other=other_activity, gives=302),
    Row("activity_cancel", PLAN, FORM, own=own_activity, other=other_activity, post_gives=302),
    Row("activity_bring_back", PLAN, POST, own=own_activity, other=other_activity, gives=302),
    Row("calendar", Who.SIGNED_IN, gives=302),
    Row("calendar_month", Who.SIGNED_IN, own=a_month, other=no_month),
    Row("calendar_feed", Who.SIGNED_IN, FORM),
    Row("calendar_feed_end", Who.SIGNED_IN, POST, gives=302),
    Row(
        "calendar_ics",
        Who.PUBLIC,
        own=a_feed,
        other=no_feed,
        public_cache="the calendar program of its owner asks by ETag whether anything has changed",
    ),
    Row("assessment_copy", PLAN, FORM, own=own_activity, other=other_activity),
    Row("assessment_register", PLAN, FORM, own=own_assessment, other=other_assessment, post_gives=302),
    Row("documents", Who.SIGNED_IN, FORM, own=own_activity, other=other_activity),
    Row("document", Who.SIGNED_IN, own=own_document, other=anothers_document),
    Row("document_file", Who.SIGNED_IN, own=own_file, other=anothers_file),
)
