"""Writing the next version: one draft, clause by clause; publishing it ends the one before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max

from reviews.differences import Said
from reviews.enums import TRANSITIONS, Level, VersionState
from reviews.models import Clause, ClauseText, StatementVersion
from reviews.services import papers
from safeguarding import audit, clock, context, transitions
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, authorise
from safeguarding.statement.models import Value

COPIED = ("clause", "order", "level", "number", "words", "strength")
MOST_CLAUSES = 600  # headings counted too


class Full(Exception):
    """The statement has as many clauses as it may have."""


class NothingToPublish(Exception):
    """The draft says what the statement says already, or nothing at all."""


def said_in(statement: StatementVersion | None) -> list[Said]:
    """Its clauses in order, as they are compared."""
    return [said_by(text) for text in statement.texts.in_order()] if statement else []


def said_by(text: ClauseText) -> Said:
    return Said(
        serial=text.clause.serial,
        words=text.words,
        level=text.level,
        number=text.number,
        strength=text.strength,
        values=tuple(sorted(value.name for value in text.values.all())),
        features=tuple(text.features),
        reason=text.reason,
    )


def in_force() -> StatementVersion | None:
    return StatementVersion.objects.in_force(clock.now()).first()


@transaction.atomic
def begin(*, by: Person) -> StatementVersion:
    """The draft: the one that is there, or a copy of what stands."""
    authorise(by, Verb.EDIT_STATEMENT)
    return begun(by=by)


def begun(*, by: Person) -> StatementVersion:
    """The same, locked, for a caller that has authorised."""
    draft = StatementVersion.objects.select_for_update().drafts().first()
    if draft is not None:
        return draft
    stands, last = in_force(), StatementVersion.objects.aggregate(last=Max("number"))["last"] or 0
    draft = StatementVersion(number=last + 1, begun_at=clock.now(), begun_by=by)
    draft.save(force_insert=True)
    if stands is not None:
        _copy(stands, draft)
    audit.record("statement_draft_begun", by=by, about=draft)
    return draft


def _copy(stands: StatementVersion, draft: StatementVersion) -> None:
    """Every clause as it stands, with its values as they are worded today; the reasons belong to the old text."""
    told, links = list(stands.texts.in_order()), []
    today = {value: _current(value) for value in {value for text in told for value in text.values.all()}}
    copies = [
        ClauseText(**{name: getattr(text, name) for name in COPIED}, statement=draft, features=text.features)
        for text in told
    ]
    ClauseText.objects.bulk_create(copies)
    link = ClauseText.values.through
    for text, copy in zip(told, copies, strict=True):
        links += [link(clausetext=copy, value=today[value]) for value in text.values.all()]
    link._default_manager.bulk_create(links)


def _current(value: Value) -> Value:
    """The value as it is worded today; an ended one stays what it was."""
    while (later := Value.objects.filter(follows=value).first()) is not None:
        value = later
    return value


def locked(draft: StatementVersion) -> StatementVersion:
    """Its row, held until the transaction ends. Raises transitions.Conflict once it is published."""
    found = StatementVersion.objects.select_for_update().drafts().filter(pk=draft.pk).first()
    if found is None:
        raise transitions.Conflict(draft)
    return found


def new_clauses(number: int) -> list[Clause]:
    """Numbers that were never given. The caller holds the draft's row."""
    last = Clause.objects.aggregate(last=Max("serial"))["last"] or 0
    now = clock.now()
    return Clause.objects.bulk_create(
        [Clause(serial=last + step, made_at=now) for step in range(1, number + 1)]
    )


@transaction.atomic
def add(*, draft: StatementVersion, by: Person, after: ClauseText | None = None, **said: Any) -> ClauseText:
    """A new clause at the end, or after another. Raises Full."""
    authorise(by, Verb.EDIT_STATEMENT)
    draft = locked(draft)
    order = list(draft.texts.order_by("order"))
    if len(order) >= MOST_CLAUSES:
        raise Full
    values = said.pop("values", ())
    made = ClauseText(statement=draft, clause=new_clauses(1)[0], order=len(order) + 1, **said)
    made.save(force_insert=True)
    made.values.set(values)
    place = order.index(after) + 1 if after in order else len(order)
    _put_in_order([*order[:place], made, *order[place:]])
    audit.record("clause_added", by=by, about=made.clause, version=draft.number)
    return made


def _put_in_order(texts: Sequence[ClauseText]) -> None:
    for place, text in enumerate(texts, start=1):
        text.order = place
    ClauseText.objects.bulk_update(texts, ["order"])


@transaction.atomic
def change(*, text: ClauseText, by: Person, version: int, values: Iterable[Value], **said: Any) -> None:
    """Save what was said of one clause. Raises transitions.Conflict when somebody saved it first."""
    authorise(by, Verb.EDIT_STATEMENT)
    locked(text.statement)
    transitions.change(text, version=version, **said)
    text.values.set(values)
    audit.record("clause_changed", by=by, about=text.clause, version=text.statement.number)


def reword(*, text: ClauseText, by: Person, words: str, reason: str) -> None:
    """As a review decided; all else of the clause stays. The caller has authorised, and holds the draft's row."""
    transitions.change(text, version=text.version, words=words, reason=reason)
    audit.record("clause_changed", by=by, about=text.clause, version=text.statement.number)


@transaction.atomic
def move(*, text: ClauseText, by: Person, steps: int) -> None:
    """Up (below nought) or down, no further than the ends."""
    authorise(by, Verb.EDIT_STATEMENT)
    draft = locked(text.statement)
    order = list(draft.texts.order_by("order"))
    place = order.index(text)
    order.insert(min(max(place + steps, 0), len(order) - 1), order.pop(place))
    _put_in_order(order)
    audit.record("clause_moved", by=by, about=text.clause, version=draft.number)


@transaction.atomic
def take_away(*, text: ClauseText, by: Person) -> None:
    """Out of the draft. Its number stays, and every version that has it. Twice is once."""
    authorise(by, Verb.EDIT_STATEMENT)
    draft = locked(text.statement)
    if ClauseText.objects.filter(pk=text.pk).exists():
        ClauseText.objects.get(pk=text.pk).delete()
        _put_in_order(list(draft.texts.order_by("order")))
        audit.record("clause_taken_away", by=by, about=text.clause, version=draft.number)


@transaction.atomic
def publish(*, draft: StatementVersion, by: Person, summary: str) -> StatementVersion:
    """From now on this is the statement. Its files are asked for in the same transaction.

    Raises NothingToPublish, and transitions.Conflict when somebody published it first.
    """
    authorise(by, Verb.EDIT_STATEMENT)
    draft = StatementVersion.objects.select_for_update().get(pk=draft.pk)
    now, stands = clock.now(), in_force()
    if not draft.texts.exclude(level__gt=Level.WORDS).exists() or says_the_same(draft, stands):
        raise NothingToPublish
    if stands is not None:
        StatementVersion.objects.filter(pk=stands.pk, valid_to=None).update(valid_to=now)
    transitions.move(
        draft,
        to=VersionState.PUBLISHED,
        table=TRANSITIONS,
        summary=summary,
        published_by=by,
        valid_from=now,
    )
    audit.record("statement_published", by=by, about=draft, number=draft.number)
    with context.oneself(by):
        papers.ask(statement=draft, by=by)
    return draft


def says_the_same(draft: StatementVersion, stands: StatementVersion | None) -> bool:
    """Whether nobody would read anything else: the reasons aside."""
    told = [[_without_reason(said) for said in said_in(version)] for version in (draft, stands)]
    return told[0] == told[1]


def _without_reason(said: Said) -> Said:
    return Said(**{**said.__dict__, "reason": ""})
