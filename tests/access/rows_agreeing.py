"""Agreeing on a plan, its versions, invitations, and all of it by a guest's own link."""

from __future__ import annotations

from typing import Any

from riskassessment.enums import Stance
from riskassessment.models import Agreement, Assessment, PlanInvitation
from riskassessment.services import agreeing, assessing, inviting, joining
from riskassessment.services.agreeing import Said
from riskassessment.services.assessing import Page
from riskassessment.services.inviting import Typed
from riskassessment.services.rounds import Voice
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can
from tests.access.rows_planning import my_link, no_link, other_assessment, own_assessment
from tests.access.table import Row, Who
from tests.cast import Cast
from tests.planning.conftest import begun, contributed

FORM, POST = ("GET", "POST"), ("POST",)
PLAN = (Verb.PLAN_ACTIVITIES,)
Maybe = Person | None


def _put(assessment: Assessment) -> Assessment:
    """Put to the group by whoever organises it."""
    organiser = assessment.activity.organiser
    assert organiser is not None
    assessing.save(assessment=assessment, by=organiser, page=Page(passages={"good": ("Poems", 0)}))
    agreeing.put(assessment=assessment, by=organiser, version=assessment.version)
    return assessment


def _of(kwargs: dict[str, Any]) -> Assessment:
    return Assessment.objects.select_related("activity__organiser", "key").get(pk=kwargs["pk"])


def own_put(cast: Cast, someone: Maybe) -> dict[str, Any]:
    return {"pk": _put(_of(own_assessment(cast, someone))).pk}


def _theirs(cast: Cast, someone: Maybe) -> Assessment | None:
    kwargs = other_assessment(cast, someone)
    return _put(_of(kwargs)) if kwargs else None


def other_put(cast: Cast, someone: Maybe) -> dict[str, Any] | None:
    assessment = _theirs(cast, someone)
    return {"pk": assessment.pk} if assessment else None


def an_answer(cast: Cast, someone: Maybe) -> dict[str, str]:
    """To the version that the plan was put as: begun as 1, saved once."""
    return {"version": "2", "stance": Stance.AGREE}


def _objection(assessment: Assessment, by: Person) -> Agreement:
    frozen = assessment.frozen_versions.get()
    said = Said(Stance.OBJECT, "The stairs.")
    return agreeing.give(frozen=frozen, voice=Voice(person=by), said=said)


def own_objection(cast: Cast, someone: Maybe) -> dict[str, Any]:
    """Their own: each has a place in it."""
    assessment = _put(_of(own_assessment(cast, someone)))
    return {"pk": _objection(assessment, someone or cast.facilitator).pk}


def other_objection(cast: Cast, someone: Maybe) -> dict[str, Any] | None:
    assessment = _theirs(cast, someone)
    if assessment is None:
        return None
    assert assessment.activity.organiser is not None
    return {"pk": _objection(assessment, assessment.activity.organiser).pk}


def _change(assessment: Assessment) -> dict[str, Any]:
    organiser = assessment.activity.organiser
    assert organiser is not None
    page = Page(passages={"good": ("Poems.", 1)}, small=True)
    assessing.save(assessment=assessment, by=organiser, page=page)
    return {"pk": assessment.changes.get().pk}


def own_change(cast: Cast, someone: Maybe) -> dict[str, Any]:
    return _change(_put(_of(own_assessment(cast, someone))))


def other_change(cast: Cast, someone: Maybe) -> dict[str, Any] | None:
    assessment = _theirs(cast, someone)
    return _change(assessment) if assessment else None


def own_version(cast: Cast, someone: Maybe) -> dict[str, Any]:
    return own_put(cast, someone) | {"version": 2}


def no_version(cast: Cast, someone: Maybe) -> dict[str, Any] | None:
    """Not frozen, or of somebody else's plan."""
    if someone and can(someone, Verb.OVERSEE_ACTIVITIES):
        return own_put(cast, someone) | {"version": 1}
    return (other_put(cast, someone) or {}) | {"version": 2}


def own_versions(cast: Cast, someone: Maybe) -> dict[str, Any]:
    return own_version(cast, someone) | {"other": 2}


def no_versions(cast: Cast, someone: Maybe) -> dict[str, Any] | None:
    return own_version(cast, someone) | {"other": 1}


def _invited(assessment: Assessment) -> dict[str, Any]:
    organiser = assessment.activity.organiser
    assert organiser is not None
    inviting.invite(assessment=assessment, by=organiser, people=[Typed("kim@example.org")])
    return {"pk": assessment.invitations.get().pk}


def own_invitation(cast: Cast, someone: Maybe) -> dict[str, Any]:
    return _invited(_of(own_assessment(cast, someone)))


def other_invitation(cast: Cast, someone: Maybe) -> dict[str, Any] | None:
    kwargs = other_assessment(cast, someone)
    return _invited(_of(kwargs)) if kwargs else None


def invited_link(cast: Cast, someone: Maybe) -> dict[str, Any]:
    kwargs = _invited(_put(begun(cast)))
    return {"token": inviting.token_of(PlanInvitation.objects.get(pk=kwargs["pk"]))}


def _guests_objection(cast: Cast, assessment: Assessment) -> tuple[str, Agreement]:
    token = contributed(assessment, cast)[1]
    guest = joining.guest_of(token)
    assert guest is not None
    said = Said(Stance.OBJECT, "The stairs.")
    frozen = assessment.frozen_versions.get()
    return token, agreeing.give(frozen=frozen, voice=Voice(guest=guest), said=said)


def my_objection(cast: Cast, someone: Maybe) -> dict[str, Any]:
    token, agreement = _guests_objection(cast, _put(begun(cast)))
    return {"token": token, "pk": agreement.pk}


def their_objection(cast: Cast, someone: Maybe) -> dict[str, Any]:
    """My own link does not reach what a guest of another plan answered."""
    _token, theirs = _guests_objection(cast, _put(begun(cast, title="Another")))
    token, _mine = _guests_objection(cast, _put(begun(cast)))
    return {"token": token, "pk": theirs.pk}


ROWS = (
    Row("agreeing", Who.SIGNED_IN, FORM, own=own_put, other=other_put, post=an_answer, post_gives=302),
    Row("plan_put", PLAN, POST, own=own_assessment, other=other_assessment, gives=302),
    Row("agreement_spoken", PLAN, FORM, own=own_put, other=other_put),
    Row("agreement_conclude", PLAN, POST, own=own_put, other=other_put, gives=302),
    Row("plan_go_ahead", (*PLAN, Verb.OVERSEE_ACTIVITIES), FORM, own=own_put, other=other_put),
    Row("mail_stop", Who.SIGNED_IN, POST, own=own_assessment, other=other_assessment, gives=302),
    Row("could_not", Who.SIGNED_IN, FORM, own=own_assessment, other=other_assessment, post_gives=302),
    Row("objection_answer", PLAN, FORM, own=own_objection, other=other_objection),
    Row("objection_reply", Who.SIGNED_IN, POST, own=own_objection, other=other_objection, gives=302),
    Row("change_challenge", Who.SIGNED_IN, POST, own=own_change, other=other_change, gives=302),
    Row("plan_versions", Who.SIGNED_IN, own=own_put, other=other_put),
    Row("plan_compare_now", Who.SIGNED_IN, own=own_version, other=no_version),
    Row("plan_compare", Who.SIGNED_IN, own=own_versions, other=no_versions),
    Row("invited", PLAN, FORM, own=own_assessment, other=other_assessment),
    Row("plan_invite_places", PLAN, POST, own=own_assessment, other=other_assessment, gives=302),
    Row("plan_invite_again", PLAN, POST, own=own_assessment, other=other_assessment, gives=302),
    Row("could_not_typed", PLAN, FORM, own=own_assessment, other=other_assessment),
    Row("invitation_withdraw", PLAN, POST, own=own_invitation, other=other_invitation, gives=302),
    Row("joined_write", Who.PUBLIC, FORM, own=invited_link, other=no_link),
    Row(
        "joined_agree",
        Who.PUBLIC,
        FORM,
        own=invited_link,
        other=no_link,
        post=an_answer,
        post_gives=302,
    ),
    Row("joined_reply", Who.PUBLIC, POST, own=my_objection, other=their_objection, gives=302),
    Row("joined_could_not", Who.PUBLIC, FORM, own=my_link, other=no_link, post_gives=302),
    Row("joined_no_mail", Who.PUBLIC, POST, own=invited_link, other=no_link, gives=302),
)
