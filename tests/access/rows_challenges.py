"""Values not followed: said by anybody, answered by those it is not about, read by its writer."""

from __future__ import annotations

from datetime import date
from typing import Any

from reviews.services import challenging
from reviews.services.challenging import Booked
from reviews.weighing import Reply
from safeguarding.people.models import Person
from safeguarding.permissions import Role, Verb
from tests.access.table import Row, Who
from tests.cast import Cast, person
from tests.decisions.conftest import said

FORM, POST = ("GET", "POST"), ("POST",)
ANSWER = (Verb.ANSWER_CHALLENGES,)


def a_code(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"token": said()[1]}


def an_answered_code(cast: Cast, someone: Person | None) -> dict[str, Any]:
    made, code = said()
    challenging.answer(challenge=made, by=cast.lead, reply=Reply.CHANGE, words="Yes.")
    return {"token": code}


def no_code(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"token": "AAAA-AAAA-AAAA"}


def one(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"pk": said(by=someone or cast.co_producer)[0].pk}


def an_answered_one(cast: Cast, someone: Person | None) -> dict[str, Any]:
    made = said(by=someone or cast.co_producer)[0]
    challenging.answer(challenge=made, by=cast.lead, reply=Reply.CHANGE, words="Yes.")
    return {"pk": made.pk}


def about_them(cast: Cast, someone: Person | None) -> dict[str, Any]:
    """It does not exist for whom it is about; a stranger's does not for who answers none."""
    about = [someone] if someone else [cast.lead]
    return {"pk": said(about=about, by=person("Stranger", Role.CO_PRODUCER))[0].pk}


def an_action(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"pk": _booked(cast, said()[0])}


def an_action_about_them(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"pk": _booked(cast, said(about=[someone] if someone else [])[0])}


def _booked(cast: Cast, made: Any) -> Any:
    by = next(p for p in (cast.deputy, cast.lead) if made.is_visible_to(p))
    challenging.book(challenge=made, by=by, booked=Booked("Look at it", by, date(2030, 1, 1)))
    return made.actions.get().pk


ROWS = (
    Row("values_not_followed", Who.PUBLIC, FORM),
    Row("values_find", Who.PUBLIC, FORM),
    Row("values_shown", Who.PUBLIC, FORM, own=a_code, other=no_code),
    Row("values_shown_again", Who.PUBLIC, FORM, own=an_answered_code, other=no_code),
    Row("values_all", Who.SIGNED_IN),
    Row("values_challenge", Who.SIGNED_IN, own=one, other=about_them),
    Row("values_answer", ANSWER, FORM, own=one, other=about_them),
    Row("values_book", ANSWER, FORM, own=one, other=about_them),
    Row("values_mark", Who.SIGNED_IN, POST, own=an_answered_one, other=about_them),
    Row("values_again", Who.SIGNED_IN, FORM, own=an_answered_one, other=about_them),
    Row("values_done", ANSWER, POST, own=an_action, other=an_action_about_them, gives=302),
)
