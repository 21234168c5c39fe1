"""What went from a concern to the suggestions: shown to a visit that showed the receipt, and to nobody else so."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from concerns.services import following_up, passing_on
from concerns.views.visit import followed_up
from reviews.forms.suggestions import HeardForm
from reviews.models import Suggestion
from reviews.services import suggesting
from reviews.views.heard import kept_heard
from safeguarding.access import form_page


@form_page
@login_not_required
def passed_on(request: HttpRequest) -> HttpResponse:
    """Without a receipt, or where nothing went on: back to where the receipt leads."""
    found = _theirs(request)
    if found is None:
        return redirect("follow_up")
    form = HeardForm(request.POST if request.method == "POST" else None)
    if kept_heard(request, form, found):
        return redirect("passed_on")
    told = {"suggestion": found, "form": form, "shows": _shows_words(request), "private": True}
    return render(request, "reviews/passed_on.html", told)


@require_POST
@login_not_required
def passed_on_take_back(request: HttpRequest) -> HttpResponse:
    """The page that it leads to says that the words are gone."""
    found = _theirs(request)
    if found is not None:
        suggesting.take_back(suggestion=found)
    return redirect("passed_on")


def _theirs(request: HttpRequest) -> Suggestion | None:
    concern_id = followed_up(request)
    return suggesting.find_by(passing_on.way_there(concern_id)) if concern_id else None


def _shows_words(request: HttpRequest) -> bool:
    """As on the page of the receipt: their own words only if they chose to be shown them."""
    concern_id = followed_up(request)
    standing = following_up.standing(concern_id) if concern_id else None
    return standing is not None and standing.reporter.show_words
