"""One's own account, and what was kept when a session ended."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from safeguarding import clock
from safeguarding.access import found, person_of
from safeguarding.people import kept
from safeguarding.people.kept import KeptWords
from safeguarding.permissions import NEED_SECOND_FACTOR, verbs_of


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    return render(request, "people/account.html", {"person": person_of(request)})


@require_safe
def welcome(request: HttpRequest) -> HttpResponse:
    """The first page after accepting an invitation: what is yours to do, and the one thing left."""
    person = person_of(request)
    needs_factor = bool(NEED_SECOND_FACTOR & verbs_of(person)) and not person.used_second_factor
    return render(request, "people/welcome.html", {"person": person, "needs_factor": needs_factor})


@require_safe
def kept_words(request: HttpRequest) -> HttpResponse:
    """Only ever the person's own, whatever they may read otherwise."""
    mine = KeptWords.objects.of(person_of(request), clock.now())
    return render(request, "people/kept_words.html", {"kept": mine, "private": True})


@require_POST
def throw_away_words(request: HttpRequest, pk: UUID) -> HttpResponse:
    person = person_of(request)
    mine = KeptWords.objects.of(person, clock.now())
    kept.throw_away(words=found(mine, by=person, pk=pk), by=person)
    return redirect("kept_words")
