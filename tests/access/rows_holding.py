"""Holding a review: anybody who signed in takes part, two hold it, guests come by a code and their own link."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from reviews.models import ReviewCycle, ReviewRecordFile
from reviews.services import drafting, gathering, promising, recording, settling, taking_part
from reviews.services.recording import Told
from reviews.services.settling import Choice
from reviews.services.taking_part import Said
from safeguarding import clock
from safeguarding.people.models import Person
from tests.access.rows_cycles import a_cycle, hold, not_open
from tests.access.rows_reviews import a_version
from tests.access.table import Row, Who
from tests.cast import Cast

FORM, POST = ("GET", "POST"), ("POST",)


def held(cast: Cast, someone: Person | None) -> ReviewCycle:
    """By whoever asks, with a statement to hold it about; by somebody else where nobody is signed in."""
    a_version(cast, someone)
    cycle, holder = a_cycle(), someone or cast.co_producer
    hold(cycle, holder, cast)
    return cycle


def theirs(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"pk": held(cast, someone).pk}


def with_code(cast: Cast, someone: Person | None) -> dict[str, Any]:
    cycle = held(cast, someone)
    gathering.open_code(cycle=cycle, by=someone or cast.co_producer)
    return {"pk": cycle.pk}


def not_theirs(cast: Cast, someone: Person | None) -> dict[str, Any]:
    """Of a review that somebody else holds, these pages do not exist."""
    cycle = a_cycle(days_ago=8)
    hold(cycle, cast.lead if someone != cast.lead else cast.deputy, cast)
    return {"pk": cycle.pk}


def a_serial(cast: Cast, someone: Person | None) -> dict[str, Any]:
    cycle = held(cast, someone)
    return {"pk": cycle.pk, "serial": _text().clause.serial}


def _text() -> Any:
    stands = drafting.in_force()
    assert stands is not None
    return stands.texts.in_order()[0]


def no_serial(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"pk": held(cast, someone).pk, "serial": 4711}


def a_decision(cast: Cast, someone: Person | None) -> dict[str, Any]:
    cycle, by, clause = held(cast, someone), someone or cast.co_producer, _text().clause
    seen = len(settling.earlier(cycle, clause))
    made = settling.decide(cycle=cycle, by=by, clause=clause, choice=Choice("keep"), seen=seen)
    return {"pk": cycle.pk, "entry": made.pk}


def no_decision(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"pk": held(cast, someone).pk, "entry": cast.lead.pk}


def a_voice(cast: Cast, someone: Person | None) -> dict[str, Any]:
    cycle, by, once = held(cast, someone), someone or cast.co_producer, uuid4()
    taking_part.say(cycle=cycle, by=by, said=[Said(_text().clause, "keep")], once=once)
    return {"pk": cycle.pk, "entry": gathering.begun(cycle).voices.filter(by__person=by).latest("at").pk}


def a_strangers_voice(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return a_voice(cast, cast.deputy if someone != cast.deputy else cast.lead)


def a_code(cast: Cast, someone: Person | None) -> dict[str, Any]:
    cycle = held(cast, someone)
    return {"code": gathering.open_code(cycle=cycle, by=someone or cast.co_producer).code}


def no_code(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"code": "AAAAAA"}


def a_link(cast: Cast, someone: Person | None) -> dict[str, Any]:
    cycle, by, once = held(cast, someone), someone or cast.co_producer, uuid4()
    code = gathering.open_code(cycle=cycle, by=by)
    taking_part.say_with_code(code=code, said=[Said(_text().clause, "keep")], once=once)
    return {"token": taking_part.token_for(once)}


def no_link(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"token": "0" * 64}


def a_guests_voice(cast: Cast, someone: Person | None) -> dict[str, Any]:
    token = a_link(cast, someone)["token"]
    guest = taking_part.guest_of(token)
    assert guest is not None
    return {"token": token, "pk": guest.voices.get().pk}


def another_guests_voice(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return a_guests_voice(cast, someone) | a_link(cast, someone)


def a_promise(cast: Cast, someone: Person | None) -> dict[str, Any]:
    cycle, by = held(cast, someone), someone or cast.co_producer
    made = promising.make(cycle=cycle, by=by, words="Pictures.", owner="one of us", due_on=cycle.closes_on)
    return {"token": promising.token_of(made.pk)}


def a_record(cast: Cast, someone: Person | None) -> dict[str, Any]:
    """Of a review of its own: nothing more is written in one that is out."""
    cycle, by = a_cycle(days_ago=100), someone or cast.co_producer
    hold(cycle, by, cast)
    told = Told(held_on=cycle.opens_on, summary="We kept it.", said_did="")
    record = recording.of(cycle) or recording.publish(cycle=cycle, by=by, told=told)
    kept = {"media_type": "text/plain", "content": b"x", "made_at": clock.now()}
    ReviewRecordFile.objects.get_or_create(record=record, ending="txt", defaults=kept)
    return {"pk": cycle.pk}


def a_file(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return a_record(cast, someone) | {"ending": "txt"}


def no_file(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return a_record(cast, someone) | {"ending": "exe"}


ROWS = (
    Row("review_agenda", Who.SIGNED_IN, own=theirs, other=not_open),
    Row("review_code", Who.SIGNED_IN, POST, own=theirs, other=not_theirs, gives=302),
    Row("review_code_end", Who.SIGNED_IN, POST, own=theirs, other=not_theirs, gives=302),
    Row("review_poster", Who.SIGNED_IN, own=with_code, other=not_theirs),
    Row("review_show", Who.SIGNED_IN, POST, own=theirs, other=not_theirs, gives=302),
    Row("review_say", Who.SIGNED_IN, FORM, own=theirs, other=not_open),
    Row("review_type_in", Who.SIGNED_IN, FORM, own=theirs, other=not_theirs),
    Row("review_mine", Who.SIGNED_IN, FORM, own=theirs, other=not_open),
    Row("review_take_back", Who.SIGNED_IN, POST, own=a_voice, other=a_strangers_voice, gives=302),
    Row("review_ask", Who.SIGNED_IN, POST, own=theirs, other=not_open, gives=302),
    Row("review_decide", Who.SIGNED_IN, FORM, own=a_serial, other=no_serial),
    Row(
        "review_who", Who.SIGNED_IN, FORM, own=theirs, other=not_theirs, post_gives=302
    ),  # nothing has to be written
    Row(
        "review_look", Who.SIGNED_IN, FORM, own=a_decision, other=no_decision, post_gives=302
    ),  # not sure of any
    Row("review_agreement", Who.SIGNED_IN, FORM, own=theirs, other=not_theirs),
    Row("review_objection", Who.SIGNED_IN, POST, own=theirs, other=not_theirs),
    Row("review_promise", Who.SIGNED_IN, FORM, own=theirs, other=not_theirs),
    Row("review_publish", Who.SIGNED_IN, FORM, own=theirs, other=not_theirs),
    Row("review_record", Who.PUBLIC, own=a_record, other=not_theirs),
    Row("review_record_make_files", Who.SIGNED_IN, POST, own=a_record, other=not_theirs, gives=302),
    Row("review_record_file", Who.PUBLIC, own=a_file, other=no_file),
    Row("join_review", Who.PUBLIC, FORM, own=a_code, other=no_code),
    Row("reviewed", Who.PUBLIC, own=a_link, other=no_link),
    Row("reviewed_write", Who.PUBLIC, FORM, own=a_link, other=no_link),
    Row("reviewed_ask", Who.PUBLIC, POST, own=a_link, other=no_link, gives=302),
    Row("reviewed_agree", Who.PUBLIC, FORM, own=a_link, other=no_link),
    Row("reviewed_take_back", Who.PUBLIC, POST, own=a_guests_voice, other=another_guests_voice, gives=302),
    Row("promised", Who.PUBLIC, FORM, own=a_promise, other=no_link),
)
