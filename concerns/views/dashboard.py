"""The lead's day: what needs me, then the list; and finding a concern by its reference or by a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from concerns import ages, listing, needs
from concerns.enums import HowSoon, Kind, NextStep, State
from concerns.models import Concern
from concerns.references import as_reference
from concerns.services import names, opening
from safeguarding import clock
from safeguarding.access import needs as needs_verb
from safeguarding.access import person_of
from safeguarding.permissions import READING

SOUGHT = "sought"  # in the session: keyed hashes of the words looked for, never the words
MOST_FOUND = 50
MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list, as words. No narrative, and no name but the handler's."""

    reference: str
    href: str
    age: str
    how_soon: str
    state: str
    is_overdue: bool
    whose: str
    next_step: str
    is_due: bool


@require_safe
@needs_verb(*READING)
def concerns(request: HttpRequest) -> HttpResponse:
    person, now = person_of(request), clock.now()
    asked = listing.Listing.read(request.GET)
    found = asked.concerns(person, now)
    page = asked.page(found)
    count = len(page.rows) if page.is_whole else listing.capped_count(found)
    waiting = needs.of(person, now)
    told = {
        "needs": waiting,
        "needs_count": listing.in_words(waiting.count),
        "rows": as_rows(page.rows, now),
        "page": page,
        "count": listing.in_words(count),
        "groups": words_of(asked),
        "is_narrowed": bool(asked.soon or asked.kind or asked.sort),
        "private": True,
    }
    return render(request, "concerns/dashboard/list.html", told)


@require_POST
@needs_verb(*READING)
def find(request: HttpRequest) -> HttpResponse:
    """A reference leads to its record. Anything else is a name: only its keyed hashes are kept."""
    typed = request.POST.get("sought", "")
    reference = as_reference(typed)
    if reference and Concern.objects.visible_to(person_of(request)).filter(reference=reference).exists():
        return redirect("concern", reference=reference)
    request.session[SOUGHT] = [token.hex() for token in names.sought(typed)[:MOST_WORDS]]
    return redirect("concerns_found")


@require_safe
@needs_verb(*READING)
def found(request: HttpRequest) -> HttpResponse:
    """What the last search found, for this session only."""
    person, now = person_of(request), clock.now()
    tokens = [bytes.fromhex(token) for token in request.session.get(SOUGHT, [])]
    rows: list[Concern] = []
    if tokens:
        rows = list(
            Concern.objects.visible_to(person).named(tokens).newest_first().as_rows()[: MOST_FOUND + 1]
        )
        opening.note_search(by=person, tokens=tokens, found=len(rows))
    told = {"rows": as_rows(rows[:MOST_FOUND], now), "more": len(rows) > MOST_FOUND, "private": True}
    return render(request, "concerns/dashboard/found.html", told)


def as_rows(concerns: list[Concern], now: datetime) -> list[Row]:
    """Words are looked up once for the page, not once for each row."""
    states, soon = _labels(State), _labels(HowSoon)
    steps, nobody, overdue = _labels(NextStep), _("nobody yet"), _("overdue")
    base, today = reverse("concern", kwargs={"reference": "0000-0000"}), now.date()
    rows = []
    for concern in concerns:
        late = concern.is_overdue(now)
        day = concern.next_step_on
        step = steps.get(concern.next_step, "")
        rows.append(
            Row(
                reference=concern.reference,
                href=base.replace("0000-0000", concern.reference),
                age=ages.span(now - concern.raised_at),
                how_soon=soon[concern.how_soon],
                state=overdue if late else states[concern.state],
                is_overdue=late,
                whose=concern.assigned_to.preferred_name if concern.assigned_to else nobody,
                next_step=f"{step}, {day:%-d %b}" if step and day else step,
                is_due=day is not None and day <= today,
            )
        )
    return rows


def _labels(kind: Any) -> dict[str, str]:
    return {value: str(label) for value, label in kind.choices}


def words_of(asked: listing.Listing) -> dict[str, dict[str, Any]]:
    """The filters as words, each with its address; the one in use is marked."""
    choices: dict[str, tuple[str, dict[str, Any]]] = {
        "show": (_("Show"), {key: word for key, (word, _narrow) in listing.SHOW.items()}),
        "whose": (_("Whose"), listing.WHOSE),
        "soon": (_("How soon"), {"": _("any time"), **_labels(HowSoon)}),
        "kind": (_("Kind"), {"": _("any kind"), **_labels(Kind)}),
        "sort": (_("Order"), {key: word for key, (word, _column) in listing.SORT.items()}),
    }
    return {
        name: {
            "id": name,
            "label": label,
            "words": [
                {"text": word, "href": asked.address(**{name: key}), "current": getattr(asked, name) == key}
                for key, word in words.items()
            ],
        }
        for name, (label, words) in choices.items()
    }
