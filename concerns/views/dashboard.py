"""The lead's day: what needs me, then the list; and finding a concern by its reference or by a name."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from concerns import listing, needs, rows
from concerns.models import Concern
from concerns.references import as_reference
from concerns.services import names, opening
from safeguarding import clock
from safeguarding.access import needs as asks_for
from safeguarding.access import person_of
from safeguarding.permissions import READING

SOUGHT = "sought"  # in the session: keyed hashes of the words looked for, never the words
MOST_FOUND = 50
MOST_WORDS = 8


@require_safe
@asks_for(*READING)
def concerns(request: HttpRequest) -> HttpResponse:
    person, now = person_of(request), clock.now()
    asked = listing.Listing.read(request.GET)
    found, waiting = asked.concerns(person, now), needs.of(person, now)
    page = asked.page(found)
    count = len(page.rows) if page.is_whole else listing.capped_count(found)
    told: dict[str, Any] = {"page": page, "rows": rows.as_rows(page.rows, now), "private": True}
    told |= {"needs": waiting, "needs_count": listing.in_words(waiting.count)}
    told |= {"count": listing.in_words(count), "filters": rows.filters(asked)}
    return render(request, "concerns/dashboard/list.html", told)


@require_POST
@asks_for(*READING)
def find(request: HttpRequest) -> HttpResponse:
    """A reference leads to its record. Anything else is a name: only its keyed hashes are kept."""
    typed = request.POST.get("sought", "")
    reference = as_reference(typed)
    if reference and Concern.objects.visible_to(person_of(request)).filter(reference=reference).exists():
        return redirect("concern", reference=reference)
    request.session[SOUGHT] = [token.hex() for token in names.sought(" ".join(typed.split()[:MOST_WORDS]))]
    return redirect("concerns_found")


@require_safe
@asks_for(*READING)
def found(request: HttpRequest) -> HttpResponse:
    """What the last search found, for this session only."""
    person, now = person_of(request), clock.now()
    tokens = [bytes.fromhex(token) for token in request.session.get(SOUGHT, [])]
    matches: list[Concern] = []
    if tokens:
        matches = list(
            Concern.objects.visible_to(person).named(tokens).newest_first().as_rows()[: MOST_FOUND + 1]
        )
        opening.note_search(by=person, tokens=tokens, found=len(matches))
    told = {
        "rows": rows.as_rows(matches[:MOST_FOUND], now),
        "more": len(matches) > MOST_FOUND,
        "private": True,
    }
    return render(request, "concerns/dashboard/found.html", told)
