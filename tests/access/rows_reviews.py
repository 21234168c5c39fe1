"""The statement, its draft, and what people suggest."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from reviews.models import StatementFile, StatementVersion
from reviews.services import importing, suggesting
from safeguarding.people.models import Person
from safeguarding.permissions import Role, Verb
from safeguarding.word import Block
from tests.access.table import Row, Who
from tests.cast import Cast, person
from tests.statement.conftest import drafted, published, suggested

FORM, POST = ("GET", "POST"), ("POST",)
EDIT = (Verb.EDIT_STATEMENT,)
NO_NUMBER = 4711


def _there(cast: Cast) -> StatementVersion:
    """One that stands, the same for all the rows that one test walks."""
    return StatementVersion.objects.published().first() or published(cast)


def a_version(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"version": _there(cast).number}


def the_draft_by_number(cast: Cast, someone: Person | None) -> dict[str, Any]:
    """A draft is not found among what is published."""
    return {"version": drafted(cast, "Not yet.").number}


def a_stand(cast: Cast, someone: Person | None) -> dict[str, Any]:
    _there(cast)
    return {}


def two_versions(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"version": _there(cast).number, "other": _there(cast).number}


def draft_and_version(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"version": _there(cast).number, "other": drafted(cast, "Not yet.").number}


def a_file(cast: Cast, someone: Person | None) -> dict[str, Any]:
    kept = {"media_type": "text/plain", "content": b"x", "made_at": timezone.now()}
    StatementFile.objects.get_or_create(statement=_there(cast), ending="txt", defaults=kept)
    return {"version": _there(cast).number, "ending": "txt"}


def no_file(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"version": _there(cast).number, "ending": "exe"}


def a_clause(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"serial": _there(cast).texts.in_order()[0].clause.serial}


def no_clause(cast: Cast, someone: Person | None) -> dict[str, Any]:
    _there(cast)
    return {"serial": NO_NUMBER}


def a_draft(cast: Cast, someone: Person | None) -> dict[str, Any]:
    drafted(cast, "Not yet.")
    return {}


def in_the_draft(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"serial": drafted(cast, "Not yet.").texts.in_order()[0].clause.serial}


def not_in_the_draft(cast: Cast, someone: Person | None) -> dict[str, Any]:
    drafted(cast, "Not yet.")
    return {"serial": NO_NUMBER}


def a_text(cast: Cast, someone: Person | None) -> dict[str, Any]:
    draft = drafted(cast, "Not yet.")
    return {"pk": importing.bring(draft=draft, by=cast.administrator, blocks=[Block("Now.")]).pk}


def a_text_taken_over(cast: Cast, someone: Person | None) -> dict[str, Any]:
    made = importing.bring(draft=drafted(cast, "x"), by=cast.administrator, blocks=[Block("Now.")])
    importing.take_over(brought=made, by=cast.administrator)
    return {"pk": made.pk}


def a_row(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return a_text(cast, someone) | {"place": 0}


def no_row(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return a_text(cast, someone) | {"place": NO_NUMBER}


def a_code(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"token": suggested()[1]}


def no_code(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"token": "AAAA-AAAA-AAAA"}


def mine(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"pk": suggested(by=someone or cast.co_producer)[0].pk}


def an_answered_one(cast: Cast, someone: Person | None) -> dict[str, Any]:
    made = suggested(by=someone or cast.co_producer)[0]
    suggesting.answer(suggestion=made, by=cast.administrator, answer="done")
    return {"pk": made.pk}


def a_strangers(cast: Cast, someone: Person | None) -> dict[str, Any] | None:
    """Those who answer see everybody's."""
    if someone == cast.administrator:
        return None
    return {"pk": suggested(by=person("Stranger", Role.CO_PRODUCER))[0].pk}


def none_at_all(cast: Cast, someone: Person | None) -> dict[str, Any]:
    return {"pk": cast.lead.pk}


ROWS = (
    Row("statement", Who.PUBLIC, own=a_stand),
    Row("statement_versions", Who.PUBLIC, own=a_stand),
    Row("statement_version", Who.PUBLIC, own=a_version, other=the_draft_by_number),
    Row("statement_compare", Who.PUBLIC, own=two_versions, other=draft_and_version),
    Row("statement_file", Who.PUBLIC, own=a_file, other=no_file),
    Row("statement_make_files", EDIT, POST, own=a_version, other=the_draft_by_number, gives=302),
    Row("statement_changes", Who.SIGNED_IN, FORM, own=a_stand),
    Row("clause", Who.PUBLIC, own=a_clause, other=no_clause),
    Row("draft", EDIT),
    Row("draft_begin", EDIT, POST, gives=302),
    Row("draft_changes", EDIT, own=a_draft),
    Row("draft_publish", EDIT, FORM, own=a_draft),
    Row("draft_bring", EDIT, FORM, own=a_draft),
    Row("draft_example", EDIT, POST, own=a_draft, gives=302),
    Row("brought", EDIT, FORM, own=a_text, other=a_text_taken_over, post_gives=302),
    Row("brought_row", EDIT, FORM, own=a_row, other=no_row, post_gives=302),
    Row("clause_add", EDIT, FORM, own=a_draft),
    Row("clause_edit", EDIT, FORM, own=in_the_draft, other=not_in_the_draft),
    Row("clause_move", EDIT, POST, own=in_the_draft, other=not_in_the_draft, gives=302),
    Row("clause_away", EDIT, POST, own=in_the_draft, other=not_in_the_draft, gives=302),
    Row("suggest_short", Who.PUBLIC, gives=302),
    Row("suggest", Who.PUBLIC, FORM),
    Row("suggest_about", Who.PUBLIC, FORM, own=a_clause, other=no_clause),
    Row("suggestion_find", Who.PUBLIC, FORM),
    Row("suggestion_shown", Who.PUBLIC, FORM, own=a_code, other=no_code),
    Row("suggestion_take_back", Who.PUBLIC, POST, own=a_code, gives=302),
    Row("suggestions", Who.SIGNED_IN),
    Row("suggestion_type_in", EDIT, FORM),
    Row("suggestion", Who.SIGNED_IN, own=mine, other=a_strangers),
    Row("suggestion_answer", EDIT, FORM, own=mine, other=none_at_all),
    Row("suggestion_withdraw", Who.SIGNED_IN, POST, own=mine, other=a_strangers, gives=302),
    Row("suggestion_mark", Who.SIGNED_IN, POST, own=an_answered_one, other=a_strangers),
)
