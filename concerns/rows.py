"""The list of concerns as words, and the words that narrow it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import TextChoices
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from concerns import ages
from concerns.enums import HowSoon, Kind, NextStep, State
from concerns.listing import SHOW, SORT, WHOSE, Listing
from concerns.models import Concern

NO_REFERENCE = "0000-0000"


class Row(NamedTuple):
    """One line of the list, as words, in the order its template unpacks. No narrative, no name but the handler's."""

    reference: str
    href: str
    age: str
    how_soon: str
    state: str
    is_overdue: bool
    whose: str
    next_step: str
    is_due: bool


class Wording:
    """The words that rows share, looked up once for a page and not once for each row."""

    def __init__(self, now: datetime) -> None:
        self.now, self.today = now, now.date()
        self.states, self.steps = labels(State), labels(NextStep)
        self.soon = labels(HowSoon) | {HowSoon.NOT_SURE: _("today (not sure)")}
        self.nobody, self.overdue = _("nobody yet"), _("overdue")
        self.address = reverse("concern", kwargs={"reference": NO_REFERENCE})

    def row(self, concern: Concern) -> Row:
        late, day = concern.is_overdue(self.now), concern.next_step_on
        step = self.steps.get(concern.next_step, "")
        return Row(
            reference=concern.reference,
            href=self.address.replace(NO_REFERENCE, concern.reference),
            age=ages.span(self.now - concern.raised_at),
            how_soon=self.soon[concern.how_soon],
            state=self.overdue if late else self.states[concern.state],
            is_overdue=late,
            whose=concern.handler or self.nobody,  # type: ignore[attr-defined]
            next_step=f"{step}, {day:%-d %b}" if step and day else step,
            is_due=day is not None and day <= self.today,
        )


def as_rows(concerns: Sequence[Concern], now: datetime) -> list[Row]:
    wording = Wording(now)
    return [wording.row(concern) for concern in concerns]


def labels(kind: type[TextChoices]) -> dict[str, str]:
    return {value: str(label) for value, label in kind.choices}


def filters(asked: Listing) -> SafeString:
    """The filters as words. The same for every page of a listing, so a process draws each once."""
    return _filters(replace(asked, after=None, before=None), get_language())


@lru_cache(maxsize=256)
def _filters(asked: Listing, language: str) -> SafeString:
    is_narrowed = bool(asked.soon or asked.kind or asked.sort)
    told = {"groups": words_of(asked), "is_narrowed": is_narrowed}
    return render_to_string("concerns/dashboard/filters.html", told)


def words_of(asked: Listing) -> dict[str, dict[str, Any]]:
    """The filters as words, each with its address; the one in use is marked."""
    return {
        "show": _group(asked, "show", _("Show"), {key: word for key, (word, _narrow) in SHOW.items()}),
        "whose": _group(asked, "whose", _("Whose"), WHOSE),
        "soon": _group(asked, "soon", _("How soon"), {"": _("any time"), **labels(HowSoon)}),
        "kind": _group(asked, "kind", _("Kind"), {"": _("any kind"), **labels(Kind)}),
        "sort": _group(asked, "sort", _("Order"), {key: word for key, (word, _column) in SORT.items()}),
    }


def _group(asked: Listing, name: str, label: str, words: Mapping[str, Any]) -> dict[str, Any]:
    chosen = getattr(asked, name)
    links = [
        {"text": word, "href": asked.address(**{name: key}), "current": chosen == key}
        for key, word in words.items()
    ]
    return {"id": name, "label": label, "words": links}
