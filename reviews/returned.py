"""Our own Word file, brought back: only its clauses, as they stand in the statement.

Whoever edits the statement in an office program begins with the file that we made. Its opening lines, and how
binding each clause is, are ours: brought back as words they would make each clause look changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import dropwhile

from reviews.documents.statement import about, line, page_of
from reviews.enums import Strength
from reviews.models import ClauseText, StatementVersion
from safeguarding.word import Block
from safeguarding.word.writing import opening


def clauses_of(blocks: Sequence[Block]) -> list[Block]:
    """The blocks as they are, unless the first is the title of a version that we published."""
    version = _version_that_begins(blocks[0].words) if blocks else None
    if version is None:
        return list(blocks)
    page = page_of(version)
    ours = {page["title"], *opening(page), about().heading, *(words.text for words in about().words)}
    said = {line(text): text for text in version.texts.in_order()}
    return [_clause(block, said) for block in dropwhile(lambda block: block.words in ours, blocks)]


def _version_that_begins(title: str) -> StatementVersion | None:
    found = re.search("[0-9]{1,6}", title)
    version = StatementVersion.objects.published().filter(number=int(found[0])).first() if found else None
    return version if version is not None and page_of(version)["title"] == title else None


def _clause(block: Block, said: dict[str, ClauseText]) -> Block:
    """As it stood in that version, or, if it was edited, by the numbers that stood there."""
    text = said.get(block.words)
    if text is not None:
        return Block(text.words, text.level, text.number)
    words = _without_binding(block.words)
    number, _space, rest = words.partition(" ")
    level = max(block.level - 1, 0)  # a heading is one deeper in the file, below the title
    is_numbered = any(text.number == number for text in said.values())
    return Block(rest, level, number) if is_numbered else Block(words, level)


def _without_binding(words: str) -> str:
    endings = (f" ({label})" for label in Strength.labels)
    return next((words.removesuffix(end) for end in endings if words.endswith(end)), words)
