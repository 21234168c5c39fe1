"""Suggestions without an account: one answer long, with a code that leads back to what became of it."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reviews import limits as our_limits
from reviews.forms.suggestions import CodeForm, HeardForm, SuggestForm, grouped, groups
from reviews.models import Clause, ClauseText
from reviews.services import suggesting
from reviews.services.suggesting import Said
from reviews.views.fetching import in_force_text
from reviews.views.heard import kept_heard
from safeguarding import limits
from safeguarding.access import form_page, person_of
from safeguarding.people.models import Person


@require_safe
@login_not_required
def suggest_short(request: HttpRequest) -> HttpResponse:
    """The address that is easy to say aloud."""
    return redirect("suggest")


@form_page
@login_not_required
def suggest(request: HttpRequest) -> HttpResponse:
    return _suggest(request, None)


@form_page
@login_not_required
def suggest_about(request: HttpRequest, serial: int) -> HttpResponse:
    return _suggest(request, in_force_text(serial))


def _suggest(request: HttpRequest, text: ClauseText | None) -> HttpResponse:
    is_member, status = isinstance(request.user, Person), 200
    data = request.POST if request.method == "POST" else None
    form = SuggestForm(data, initial={"once": uuid4()}, signed_in=is_member)
    if form.is_valid():
        if not _too_often(request):
            return _suggested(request, form, text.clause if text else None)
        status = 429
        form.add_error(None, _("Too many came at once. Your words are still here. Send them in ten minutes."))
    told = {"form": form, "text": text}
    return render(request, "reviews/suggest.html", told, status=status)


def _too_often(request: HttpRequest) -> bool:
    here = limits.is_over(our_limits.SUGGESTED_HERE, limits.address_of(request))
    return limits.is_over(our_limits.SUGGESTED_ANYWHERE, "") or here


def _suggested(request: HttpRequest, form: SuggestForm, clause: Clause | None) -> HttpResponse:
    said = Said(form.cleaned_data["words"], form.cleaned_data["name"], clause)
    by = person_of(request) if form.cleaned_data.get("mine") else None
    once: UUID = form.cleaned_data["once"]
    suggesting.suggest(said=said, once=once, by=by)
    return redirect("suggestion_shown", grouped(suggesting.code_for(once)))


@form_page
@login_not_required
def suggestion_find(request: HttpRequest) -> HttpResponse:
    form, status = CodeForm(request.POST if request.method == "POST" else None), 200
    if form.is_valid():
        typed = form.cleaned_data["code"]
        if suggesting.find(typed) is not None:
            return redirect("suggestion_shown", grouped(suggesting.plain(typed)))
        status = 429 if _guessed_too_often(request) else 422
        form.add_error("code", _("We do not know this code. Check each letter and number."))
    return render(request, "reviews/find.html", {"form": form}, status=status)


def _guessed_too_often(request: HttpRequest) -> bool:
    """Counts a miss, here and everywhere."""
    here = limits.is_over(our_limits.SUGGESTION_GUESS_HERE, limits.address_of(request))
    return limits.is_over(our_limits.SUGGESTION_GUESS_ANYWHERE, "") or here


@form_page
@login_not_required
def suggestion_shown(request: HttpRequest, token: str) -> HttpResponse:
    """By one's own code: what one suggested, what became of it, and whether that answers it."""
    found = suggesting.find(token)
    if found is None:
        status = 429 if _guessed_too_often(request) else 404
        return render(request, "reviews/find.html", {"form": CodeForm(), "unknown": True}, status=status)
    form = HeardForm(request.POST if request.method == "POST" else None)
    if kept_heard(request, form, found):
        return redirect("suggestion_shown", token)
    told = {"suggestion": found, "form": form, "groups": groups(suggesting.plain(token)), "private": True}
    return render(request, "reviews/shown.html", told)


@require_POST
@login_not_required
def suggestion_take_back(request: HttpRequest, token: str) -> HttpResponse:
    """By one's own code. The page that it leads to says that the words are gone."""
    found = suggesting.find(token)
    if found is not None:
        suggesting.take_back(suggestion=found)
    return redirect("suggestion_shown", token)
