"""A text that somebody brings: taken apart, matched to the clauses of the draft, and only then taken over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from reviews import matching, starter
from reviews.enums import ChangeState
from reviews.models import Clause, ClauseText, StatementVersion, TextImport
from reviews.services import drafting
from safeguarding import audit, clock, transitions
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, authorise
from safeguarding.statement.models import Value
from safeguarding.word import Block


@dataclass(frozen=True)
class Row:
    """One block of the text, and the clause that it is taken for."""

    place: int
    block: Block
    text: ClauseText | None

    @property
    def state(self) -> ChangeState:
        if self.text is None:
            return ChangeState.NEW
        told = (self.text.words, self.text.level, self.text.number)
        is_same = told == (self.block.words, self.block.level, self.block.number)
        return ChangeState.SAME if is_same else ChangeState.CHANGED


@dataclass(frozen=True)
class Preview:
    rows: Sequence[Row]
    gone: Sequence[ClauseText]


@transaction.atomic
def bring(*, draft: StatementVersion, by: Person, blocks: Sequence[Block]) -> TextImport:
    """Keep the text beside the draft, each block with the clause that it seems to be."""
    authorise(by, Verb.EDIT_STATEMENT)
    texts = draft.texts.in_order()
    clauses = {text.clause.serial: (text.level, text.words) for text in texts}
    made = TextImport(
        statement=draft,
        brought_by=by,
        brought_at=clock.now(),
        blocks=[[block.words, block.level, block.number] for block in blocks],
        matches=matching.match(blocks, clauses),
    )
    made.save(force_insert=True)
    audit.record("statement_text_brought", by=by, about=draft, blocks=len(blocks))
    return made


def preview(brought: TextImport) -> Preview:
    """The blocks in order, then the clauses that none of them is."""
    texts = {text.clause.serial: text for text in brought.statement.texts.in_order()}
    rows = [
        Row(place, Block(*block), texts.get(serial))
        for place, (block, serial) in enumerate(zip(brought.blocks, brought.matches, strict=True))
    ]
    found = set(brought.matches)
    return Preview(rows, [text for serial, text in texts.items() if serial not in found])


@transaction.atomic
def rematch(*, brought: TextImport, by: Person, place: int, serial: int | None) -> None:
    """Say which clause a block is. Another block that was taken for it becomes a new one.

    Raises transitions.Conflict once somebody took the text over.
    """
    authorise(by, Verb.EDIT_STATEMENT)
    brought = _waiting(brought)
    matches = [None if each == serial else each for each in brought.matches]
    matches[place] = serial
    TextImport.objects.filter(pk=brought.pk).update(matches=matches)
    audit.record("statement_text_matched", by=by, about=brought.statement, place=place)


def _waiting(brought: TextImport) -> TextImport:
    locked = TextImport.objects.select_for_update().select_related("statement").get(pk=brought.pk)
    if locked.taken_at is not None:
        raise transitions.Conflict(locked)
    return locked


@transaction.atomic
def take_over(*, brought: TextImport, by: Person) -> None:
    """The draft says what the text says, in its order. Raises transitions.Conflict, drafting.Full.

    A clause that goes on keeps its number, strength, values and features.
    """
    authorise(by, Verb.EDIT_STATEMENT)
    drafting.locked(brought.statement)
    brought = _waiting(brought)
    rows = preview(brought).rows
    if len(rows) > drafting.MOST_CLAUSES:
        raise drafting.Full
    brought.statement.texts.exclude(pk__in=[row.text.pk for row in rows if row.text]).delete()
    fresh = iter(drafting.new_clauses(sum(row.text is None for row in rows)))
    kept = [_with(row, row.text) for row in rows if row.text is not None]
    ClauseText.objects.bulk_update(kept, ["order", "words", "level", "number", "version"])
    ClauseText.objects.bulk_create([_new(row, brought, next(fresh)) for row in rows if row.text is None])
    TextImport.objects.filter(pk=brought.pk).update(taken_at=clock.now())
    audit.record("statement_text_taken_over", by=by, about=brought.statement, blocks=len(rows))


@transaction.atomic
def begin_with_example(*, draft: StatementVersion, by: Person) -> None:
    """The text that ships with this software, into a draft that says nothing yet; else nothing happens."""
    authorise(by, Verb.EDIT_STATEMENT)
    draft = drafting.locked(draft)
    if draft.texts.exists():
        return
    values = {value.name: value for value in Value.objects.current(clock.now())}
    clauses, link = drafting.new_clauses(len(starter.ROWS)), ClauseText.values.through
    texts, links = [], []
    for order, (row, clause) in enumerate(zip(starter.ROWS, clauses, strict=True), start=1):
        said = {"level": row.level, "number": row.number, "words": row.words, "strength": row.strength}
        text = ClauseText(statement=draft, clause=clause, order=order, features=list(row.features), **said)
        texts.append(text)
        links += [link(clausetext=text, value=values[name]) for name in row.values if name in values]
    ClauseText.objects.bulk_create(texts)
    link._default_manager.bulk_create(links)
    audit.record("statement_example_taken", by=by, about=draft, blocks=len(texts))


def _with(row: Row, text: ClauseText) -> ClauseText:
    text.order, text.words = row.place + 1, row.block.words
    text.level, text.number, text.version = row.block.level, row.block.number, text.version + 1
    return text


def _new(row: Row, brought: TextImport, clause: Clause) -> ClauseText:
    return _with(row, ClauseText(statement=brought.statement, clause=clause, version=0))
