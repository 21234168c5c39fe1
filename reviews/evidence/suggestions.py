"""What people suggested, in words that somebody else has read; and whether they were answered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from reviews.enums import Heard, SuggestionKind
from reviews.evidence import words
from reviews.evidence.section import Asked, Line, Section
from reviews.models import Suggestion
from reviews.packs import Source
from reviews.services import passing_words


def gather(asked: Asked) -> Section:
    things = words.since(_there(), "at", asked)
    note = words.waiting([(Source.SUGGESTION, things)]) if things.exists() else _("Nothing came.")
    return Section("suggestions", _("What people suggested"), tuple(_lines(things)), note)


def _there() -> QuerySet[Any]:
    """What its writer took back has no words."""
    return Suggestion.objects.filter(kind=SuggestionKind.SUGGESTION).exclude(words_sealed=None)


def _lines(things: QuerySet[Any]) -> Iterator[Line]:
    """Words that were read; and of each clause, once, that somebody suggested something about it."""
    told: set[int] = set()
    for suggestion, said in passing_words.passed(Source.SUGGESTION, _whole(things)):
        serial = suggestion.clause.serial if suggestion.clause else None
        yield Line(f"{said} ({_answered(suggestion)})", serial)
        told |= {serial} if serial else set()
    about = (
        things.filter(clause__isnull=False)
        .order_by("clause__serial")
        .values_list("clause__serial", flat=True)
    )
    for serial in about.distinct():
        if serial not in told:
            yield Line(
                _("Somebody suggested something about this clause. The words are not read yet."), serial
            )


def _whole(things: QuerySet[Any]) -> QuerySet[Any]:
    return things.select_related("key", "clause").prefetch_related("answers").order_by("at", "pk")


def _answered(suggestion: Suggestion) -> str:
    """Which answer it got, never its words."""
    answer = suggestion.answer
    if answer is None:
        return _("not answered")
    said = {"answer": answer.get_answer_display().partition(",")[0]}
    if answer.heard == Heard.NO:
        return _("answered: %(answer)s; they say that this is no answer") % said
    return _("answered: %(answer)s") % said
