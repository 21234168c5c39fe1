"""What we have learnt: read by everybody, written by anybody of ours, checked by those who may."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from reviews.enums.learning import Outcome
from reviews.models import LearningDifference
from reviews.services import correcting, drafting, recognising
from safeguarding.people.models import Person
from safeguarding.permissions import READING, Role, Verb
from safeguarding.statement.models import Value, WayOfWorking
from tests.access.rows_planning import PLAN, other_activity, own_activity
from tests.access.rows_triage import a_concern, closed
from tests.access.table import Row, Who
from tests.cast import Cast, person
from tests.learning.conftest import checked, published, written
from tests.statement.conftest import published as published_statement

FORM, POST = ("GET", "POST"), ("POST",)
CHECK, ACT = (Verb.CHECK_LEARNING,), (Verb.TRIAGE_CONCERNS,)


def _somebody() -> Person:
    """Who is none of the cast."""
    found = Person.objects.filter(preferred_name="Stranger").first()
    return found or person("Stranger", Role.CO_PRODUCER)


def out(cast: Cast, someone: Person | None) -> dict[str, Any]:
    """Published, for everybody."""
    return {"pk": published(_somebody(), cast.lead).public_id}


def out_by_them(cast: Cast, someone: Person | None) -> dict[str, Any]:
    writer = someone or cast.co_producer
    return {"pk": published(writer, cast.deputy if writer == cast.lead else cast.lead).public_id}


def not_out(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"pk": written(cast.lead).public_id}


def not_said_by_them(cast: Cast, someone: Person | None) -> dict[str, Any] | None:
    """Whoever checks may say so of each."""
    return None if someone and Role.CO_PRODUCER not in someone.roles else out(cast, someone)


def nothing_there(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"pk": uuid4()}


def a_kind(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"kind": "near_miss"}


def no_kind(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"kind": "blame"}


def a_value(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"pk": Value.objects.all()[0].pk}


def a_way(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"pk": WayOfWorking.objects.all()[0].pk}


def a_clause(cast: Cast, someone: Person | None) -> dict[str, Any]:
    stands = drafting.in_force() or published_statement(cast)
    return {"serial": stands.texts.in_order()[0].clause.serial}


def no_clause(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"serial": 4711}


def not_closed(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"reference": a_concern(cast, someone).reference}


def mine(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"pk": written(someone or cast.co_producer).pk}


def mine_come_back(cast: Cast, someone: Person | None) -> dict[str, Any]:
    writer = someone or cast.co_producer
    checker = cast.deputy if writer == cast.lead else cast.lead
    return {"pk": checked(written(writer), checker, outcome=Outcome.NOT_YET, why="A place.").pk}


def a_strangers(cast: Cast, someone: Person | None) -> dict[str, Any] | None:
    """Those who check see what waits."""
    theirs = someone and {Role.LEAD, Role.DEPUTY, Role.ALTERNATE, Role.ADMINISTRATOR} & set(someone.roles)
    return None if theirs else {"pk": written(_somebody()).pk}


def anybody_elses(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"pk": written(_somebody()).pk}


def words_beside(cast: Cast, someone: Person | None) -> dict[str, Any]:
    writer = _somebody()
    said = correcting.say_difference(
        point=published(writer, cast.lead), by=writer, answer="yes", words="Better."
    )
    return {"pk": said.pk}


def words_of_their_own(cast: Cast, someone: Person | None) -> dict[str, Any]:
    words_beside(cast, someone)
    LearningDifference.objects.update(by=someone or cast.lead)
    return {"pk": LearningDifference.objects.all()[0].pk}


def a_term(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"pk": recognising.add(name="A word", meaning="It hurts.", by=cast.lead, once=uuid4()).pk}


def a_concern_to_look_at(cast: Cast, someone: Person | None) -> dict[str, Any]:
    concern = a_concern(cast, someone)
    return a_term(cast, someone) | {"reference": concern.reference}


def no_concern(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return a_term(cast, someone) | {"reference": "AAAA-AAAA"}


ROWS = (
    Row("learning", Who.PUBLIC),
    Row("learning_kind", Who.PUBLIC, own=a_kind, other=no_kind),
    Row("learning_value", Who.PUBLIC, own=a_value, other=nothing_there),
    Row("learning_way", Who.PUBLIC, own=a_way, other=nothing_there),
    Row("learning_clause", Who.PUBLIC, own=a_clause, other=no_clause),
    Row("learning_point", Who.PUBLIC, own=out, other=not_out),
    Row("learning_take_back", CHECK, FORM, own=out, other=not_out),
    Row("learning_correct", CHECK, FORM, own=out, other=not_out),
    Row("learning_difference", Who.SIGNED_IN, FORM, own=out_by_them, other=not_out),
    Row("learning_ask", CHECK),
    Row("learning_difference_show", CHECK, POST, own=words_beside, other=words_of_their_own, gives=302),
    Row("learning_write", Who.SIGNED_IN, FORM),
    Row("learning_write_concern", READING, FORM, own=closed, other=not_closed),
    Row("learning_write_activity", PLAN, FORM, own=own_activity, other=other_activity),
    Row("learning_mine", Who.SIGNED_IN),
    Row("learning_work", Who.SIGNED_IN, own=mine, other=a_strangers),
    Row("learning_rewrite", Who.SIGNED_IN, FORM, own=mine_come_back, other=anybody_elses),
    Row("learning_view", Who.SIGNED_IN, FORM, own=mine, other=a_strangers),
    Row("learning_to_check", CHECK),
    Row("learning_check", CHECK, FORM, own=anybody_elses, other=mine),
    Row("recognition", Who.PUBLIC),
    Row("recognition_add", ACT, FORM),
    Row("recognition_replace", ACT, FORM, own=a_term, other=nothing_there),
    Row("look_back", ACT, own=a_term, other=nothing_there),
    Row("look_back_concern", ACT, FORM, own=a_concern_to_look_at, other=no_concern),
    Row("look_back_close", ACT, POST, own=a_term, other=nothing_there, gives=302),
    Row("reflections", Who.SIGNED_IN),
    Row("reflection_add", Who.SIGNED_IN, FORM),
)
