"""A statement that stands, a draft of the next, and suggestions."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from reviews.models import ClauseText, StatementVersion, Suggestion
from reviews.services import drafting, suggesting
from reviews.services.suggesting import Said
from tests.cast import Cast

FIRST = ("Nobody has to tell their story.", "We plan together.", "We look back twice a year.")


def drafted(cast: Cast, *words: str, **said: Any) -> StatementVersion:
    """A draft with these clauses at its end."""
    draft = drafting.begin(by=cast.administrator)
    for each in words:
        drafting.add(draft=draft, by=cast.administrator, words=each, **said)
    return draft


def published(cast: Cast, *words: str, summary: str = "We wrote it.", **said: Any) -> StatementVersion:
    draft = drafted(cast, *(words or FIRST), **said)
    return drafting.publish(draft=draft, by=cast.administrator, summary=summary)


def text_of(version: StatementVersion, words: str) -> ClauseText:
    return version.texts.in_order().get(words=words)


def rewrite(text: ClauseText, cast: Cast, words: str, **said: Any) -> None:
    """Everything else of the clause stays."""
    kept = {name: getattr(text, name) for name in ("level", "number", "strength", "features", "reason")}
    values = said.pop("values", list(text.values.all()))
    drafting.change(
        text=text,
        by=cast.administrator,
        version=text.version,
        values=values,
        **kept | {"words": words} | said,
    )


def suggested(words: str = "Say it shorter.", **said: Any) -> tuple[Suggestion, str]:
    """A visitor's suggestion, and the code that leads back to it."""
    once, by = uuid4(), said.pop("by", None)
    made = suggesting.suggest(said=Said(words, **said), once=once, by=by)
    return made, suggesting.code_for(once)
