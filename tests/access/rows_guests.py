"""By a guest's own link as by an account; what was typed in for somebody; ending early; mail again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from riskassessment.enums import Place, Stance
from riskassessment.models import Agreement, Assessment, Change, Contribution, GoAhead
from riskassessment.services import activities, agreeing, joining
from riskassessment.services.agreeing import Said
from safeguarding import clock
from safeguarding.people.models import Person
from safeguarding.permissions import Verb
from tests.access.rows_agreeing import (
    _change,
    _of,
    _put,
    _theirs,
    invited_link,
    other_put,
    own_put,
)
from tests.access.rows_planning import (
    _assess,
    _shared_with,
    my_link,
    no_link,
    other_assessment,
    own_assessment,
)
from tests.access.table import Row, Who
from tests.cast import Cast
from tests.planning.conftest import begun, contributed

FORM, POST = ("GET", "POST"), ("POST",)
PLAN = (Verb.PLAN_ACTIVITIES,)
Maybe = Person | None


def _guests_change(cast: Cast, assessment: Assessment) -> tuple[str, Change]:
    change = Change.objects.get(pk=_change(_put(assessment))["pk"])
    return contributed(assessment, cast)[1], change


def my_change(cast: Cast, someone: Maybe) -> dict[str, Any]:
    token, change = _guests_change(cast, begun(cast))
    return {"token": token, "pk": change.pk}


def their_change(cast: Cast, someone: Maybe) -> dict[str, Any]:
    """My own link reaches no line of another plan."""
    _token, theirs = _guests_change(cast, begun(cast, title="Another"))
    return {"token": _guests_change(cast, begun(cast))[0], "pk": theirs.pk}


def _typed(assessment: Assessment, by: Person) -> Contribution:
    said, name = [joining.Said("worry", "The stairs.")], ""
    joining.type_in(assessment=assessment, by=by, said=said, attribution="unnamed", name=name, once=uuid4())
    return assessment.contributions.get()


def _typist(cast: Cast, assessment: Assessment, someone: Maybe) -> Person:
    """Somebody who facilitates beside the organiser, where their role lets them."""
    if someone is not None and someone != cast.facilitator:
        activities.give_place(
            activity=assessment.activity, person=someone, place=Place.FACILITATES, by=cast.facilitator
        )
    is_leading = someone is not None and assessment.activity.is_led_by(someone)
    return someone if someone is not None and is_leading else cast.facilitator


def own_typed(cast: Cast, someone: Maybe) -> dict[str, Any]:
    assessment = _assess(_shared_with(cast, someone))
    return {"pk": _typed(assessment, _typist(cast, assessment, someone)).pk}


def other_typed(cast: Cast, someone: Maybe) -> dict[str, Any] | None:
    kwargs = other_assessment(cast, someone)
    if kwargs is None:
        return None
    assessment = _of(kwargs)
    assert assessment.activity.organiser is not None
    return {"pk": _typed(assessment, assessment.activity.organiser).pk}


def _entered(assessment: Assessment, by: Person) -> Agreement:
    said = Said(Stance.AGREE)
    return agreeing.give_for(frozen=assessment.frozen_versions.get(), by=by, said=said)


def own_entered(cast: Cast, someone: Maybe) -> dict[str, Any]:
    assessment = _put(_assess(_shared_with(cast, someone)))
    return {"pk": _entered(assessment, _typist(cast, assessment, someone)).pk}


def other_entered(cast: Cast, someone: Maybe) -> dict[str, Any] | None:
    assessment = _theirs(cast, someone)
    if assessment is None:
        return None
    assert assessment.activity.organiser is not None
    return {"pk": _entered(assessment, assessment.activity.organiser).pk}


def own_ahead(cast: Cast, someone: Maybe) -> dict[str, Any]:
    return {"pk": _ahead(_of(own_put(cast, someone)), cast).pk}


def other_ahead(cast: Cast, someone: Maybe) -> dict[str, Any] | None:
    assessment = _theirs(cast, someone)
    return {"pk": _ahead(assessment, cast).pk} if assessment else None


def _ahead(assessment: Assessment, cast: Cast) -> Assessment:
    today = timezone.localdate(clock.now())
    GoAhead.objects.create(
        frozen=assessment.frozen_versions.get(),
        reason="It is booked.",
        until=today + timedelta(days=5),
        given_on=today,
        at=clock.now(),
        by=cast.lead,
    )
    return assessment


AHEAD = (*PLAN, Verb.OVERSEE_ACTIVITIES)
ROWS = (
    Row("joined_depth", Who.PUBLIC, FORM, own=my_link, other=no_link),
    Row("joined_challenge", Who.PUBLIC, POST, own=my_change, other=their_change, gives=302),
    Row("joined_note", Who.PUBLIC, POST, own=my_link, other=no_link),
    Row("joined_take_back", Who.PUBLIC, POST, own=my_link, other=no_link, gives=302),
    Row("joined_mail", Who.PUBLIC, POST, own=invited_link, other=no_link, gives=302),
    Row("mail_again", Who.SIGNED_IN, POST, own=own_assessment, other=other_assessment, gives=302),
    Row("agreement_take_back", Who.SIGNED_IN, POST, own=own_put, other=other_put, gives=302),
    Row("ahead_end", AHEAD, FORM, own=own_ahead, other=other_ahead),
    Row("contribution_typed", PLAN, FORM, own=own_typed, other=other_typed),
    Row("contribution_typed_back", PLAN, POST, own=own_typed, other=other_typed, gives=302),
    Row("contribution_link", PLAN, POST, own=own_typed, other=other_typed),
    Row("agreement_typed", PLAN, FORM, own=own_entered, other=other_entered),
    Row("agreement_typed_back", PLAN, POST, own=own_entered, other=other_entered, gives=302),
    Row("agreement_link", PLAN, POST, own=own_entered, other=other_entered),
)
