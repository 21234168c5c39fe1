"""What we recognise as harm, for everybody; looking back with a new word, for those who act on concerns."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from concerns.models import Concern
from concerns.services import opening
from reviews import figures
from reviews.forms.recognition import SeenForm, TermForm
from reviews.models import LookBack, RecognitionTerm
from reviews.services import recognising
from safeguarding.access import form_page, found, needs, person_of
from safeguarding.people.models import Person
from safeguarding.permissions import Verb, can
from safeguarding.transitions import NotAllowed

ACT = Verb.TRIAGE_CONCERNS
PAGE = 25  # concerns on one page


@require_safe
@login_not_required
def recognition(request: HttpRequest) -> HttpResponse:
    person = request.user
    adds = isinstance(person, Person) and can(person, ACT)
    rows = [(term, _figure(term.look_back)) for term in RecognitionTerm.objects.as_listed()]
    return render(request, "reviews/recognition/list.html", {"rows": rows, "adds": adds})


def _figure(look_back: LookBack) -> str:
    return figures.said(look_back.seen) if look_back.seen is not None else ""


@form_page
@needs(ACT)
def recognition_add(request: HttpRequest) -> HttpResponse:
    return _add(request, None)


@form_page
@needs(ACT)
def recognition_replace(request: HttpRequest, pk: UUID) -> HttpResponse:
    terms = RecognitionTerm.objects.all() if request.method == "POST" else RecognitionTerm.objects.standing()
    return _add(request, get_object_or_404(terms, pk=pk))


def _add(request: HttpRequest, replaces: RecognitionTerm | None) -> HttpResponse:
    initial: dict[str, Any] = {"once": uuid4()}
    if replaces is not None:
        initial |= {"name": replaces.name, "meaning": replaces.meaning}
    form = TermForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            term = recognising.add(by=person_of(request), replaces=replaces, **form.cleaned_data)
        except NotAllowed:
            form.add_error(None, _("Another word took its place meanwhile. Your words are still here."))
        else:
            messages.success(request, _("Added. Please look back with it, when you have the time."))
            return redirect("look_back", term.pk)
    return render(request, "reviews/recognition/add.html", {"form": form, "replaces": replaces})


def _look_back(pk: UUID) -> LookBack:
    return get_object_or_404(LookBack.objects.select_related("term__replaced_by"), term=pk)


@require_safe
@needs(ACT)
def look_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is left of what this person may see. It can be left and come back to."""
    it, person = _look_back(pk), person_of(request)
    every, left = recognising.all_for(it, person).count(), recognising.left_for(it, person)
    page = Paginator(left.as_rows(), PAGE).get_page(request.GET.get("page"))
    told = {"look_back": it, "page": page, "every": every, "done": every - page.paginator.count}
    if it.is_closed:
        told |= {"seen": figures.said(it.seen or 0), "differently": figures.said(it.differently or 0)}
    return render(request, "reviews/recognition/look_back.html", told | {"private": True})


@form_page
@needs(ACT)
def look_back_concern(request: HttpRequest, pk: UUID, reference: str) -> HttpResponse:
    """Its own words first, and that they were read is noted as for any reading."""
    it, person = _look_back(pk), person_of(request)
    if it.is_closed and request.method != "POST":
        raise Http404
    concern = found(recognising.all_for(it, person).to_read(), by=person, reference=reference)
    form = SeenForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _marked(form, it, concern, person):
        return redirect("look_back", pk)
    opening.note_reading(concern=concern, by=person)
    told = {"look_back": it, "concern": concern, "form": form, "private": True}
    return render(request, "reviews/recognition/concern.html", told)


def _marked(form: SeenForm, it: LookBack, concern: Concern, by: Person) -> bool:
    differently, words = form.cleaned_data["seen"] == "differently", form.cleaned_data["words"]
    try:
        recognising.mark(look_back=it, concern=concern, by=by, differently=differently, words=words)
    except NotAllowed:
        form.add_error(None, _("This look-back was closed meanwhile. Your words are still here."))
        return False
    return True


@require_POST
@needs(ACT)
def look_back_close(request: HttpRequest, pk: UUID) -> HttpResponse:
    try:
        recognising.close(look_back=_look_back(pk), by=person_of(request))
    except NotAllowed:
        raise Http404 from None
    messages.success(request, _("This look-back is closed."))
    return redirect("look_back", pk)
