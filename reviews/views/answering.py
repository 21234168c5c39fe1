"""Suggestions for those who signed in: their own list, and for those who answer, everybody's."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reviews.forms.suggestions import AnswerForm, HeardForm, TypeInForm, groups
from reviews.models import Clause
from reviews.services import drafting, suggesting
from reviews.services.suggesting import Said
from reviews.views.fetching import seen_suggestion, seen_suggestions
from reviews.views.heard import kept_heard
from safeguarding.access import form_page, needs, person_of
from safeguarding.permissions import Verb, can

PAGE = 25  # suggestions on one page


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """What waits comes first by itself; everything is one press away."""
    edits, shows_all = _edits(request), request.GET.get("show") == "all"
    things = seen_suggestions(request).newest_first()
    things = things if shows_all or not edits else things.waiting()
    page = Paginator(things, PAGE).get_page(request.GET.get("page"))
    told = {"page": page, "edits": edits, "shows_all": shows_all, "private": True}
    return render(request, "reviews/suggestions.html", told)


def _edits(request: HttpRequest) -> bool:
    person = person_of(request)
    return person.used_second_factor and can(person, Verb.EDIT_STATEMENT)


@form_page
@needs(Verb.EDIT_STATEMENT)
def suggestion_type_in(request: HttpRequest) -> HttpResponse:
    stands = drafting.in_force()
    texts = list(stands.texts.in_order()) if stands else []
    data = request.POST if request.method == "POST" else None
    form = TypeInForm(data, initial={"once": uuid4()}, texts=texts)
    if form.is_valid():
        return _typed_in(request, form)
    return render(request, "reviews/type_in.html", {"form": form})


def _typed_in(request: HttpRequest, form: TypeInForm) -> HttpResponse:
    """With the code to hand over: it is shown this once."""
    given = form.cleaned_data
    clause = Clause.objects.filter(serial=given["clause"]).first()
    said = Said(given["words"], given["name"], clause)
    by = person_of(request)
    made = suggesting.type_in(said=said, once=given["once"], by=by, channel=given["channel"])
    told: dict[str, Any] = {"suggestion": made, "private": True}
    told["groups"] = groups(suggesting.code_for(given["once"]))
    told["find"] = f"{settings.SITE_URL}{reverse('suggestion_find')}"
    return render(request, "reviews/typed_in.html", told)


@require_safe
def suggestion(request: HttpRequest, pk: UUID) -> HttpResponse:
    shown, person = seen_suggestion(request, pk), person_of(request)
    told = {"suggestion": shown, "edits": _edits(request), "private": True}
    told |= {"is_mine": shown.person_id == person.pk, "answer_form": AnswerForm(), "form": HeardForm()}
    return render(request, "reviews/suggestion.html", told)


@form_page
@needs(Verb.EDIT_STATEMENT)
def suggestion_answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    shown = seen_suggestion(request, pk)
    form = AnswerForm(request.POST if request.method == "POST" else None, initial={"once": uuid4()})
    if form.is_valid():
        suggesting.answer(suggestion=shown, by=person_of(request), **form.cleaned_data)
        messages.success(
            request, _("Answered. Whoever suggested it reads it by their code or in their list.")
        )
        return redirect("suggestions")
    return render(request, "reviews/answer.html", {"form": form, "suggestion": shown, "private": True})


@require_POST
def suggestion_mark(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Whoever made it, from their own list."""
    shown, person = seen_suggestion(request, pk), person_of(request)
    if shown.person_id != person.pk:
        raise PermissionDenied
    form = HeardForm(request.POST)
    if kept_heard(request, form, shown, by=person):
        return redirect("suggestions")
    told = {"suggestion": shown, "is_mine": True, "form": form, "private": True}
    return render(request, "reviews/suggestion.html", told)


@require_POST
def suggestion_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Whoever made it, from their own list."""
    shown, person = seen_suggestion(request, pk), person_of(request)
    if shown.person_id != person.pk:
        raise PermissionDenied
    suggesting.take_back(suggestion=shown, by=person)
    messages.success(request, _("You took it back. Your words are gone."))
    return redirect("suggestions")
