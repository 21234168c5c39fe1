"""Bringing a text of one's own: first a look at what it would change, then into the draft."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from reviews.forms.importing import ImportForm, MatchForm
from reviews.models import TextImport
from reviews.services import importing
from reviews.services.importing import Preview
from reviews.views.fetching import brought_text, the_draft
from safeguarding.access import form_page, needs, person_of
from safeguarding.permissions import Verb


@form_page
@needs(Verb.EDIT_STATEMENT)
def draft_bring(request: HttpRequest) -> HttpResponse:
    there = the_draft()
    form = ImportForm(*(request.POST, request.FILES) if request.method == "POST" else ())
    if form.is_valid():
        made = importing.bring(draft=there, by=person_of(request), blocks=form.cleaned_data["blocks"])
        return redirect("brought", made.pk)
    return render(request, "reviews/bring.html", {"form": form, "draft": there})


@require_POST
@needs(Verb.EDIT_STATEMENT)
def draft_example(request: HttpRequest) -> HttpResponse:
    """The text that ships with this software, to begin with. A draft that says something keeps its words."""
    importing.begin_with_example(draft=the_draft(), by=person_of(request))
    return redirect("draft")


@form_page
@needs(Verb.EDIT_STATEMENT)
def brought(request: HttpRequest, pk: UUID) -> HttpResponse:
    text = brought_text(pk)
    if request.method == "POST":
        importing.take_over(brought=text, by=person_of(request))
        messages.success(request, _("The draft has the text now. Nothing is published yet."))
        return redirect("draft")
    preview = importing.preview(text)
    return render(request, "reviews/brought.html", {"brought": text, "preview": preview})


@form_page
@needs(Verb.EDIT_STATEMENT)
def brought_row(request: HttpRequest, pk: UUID, place: int) -> HttpResponse:
    """Which clause one block is: the one it is taken for, one that nothing else is, or a new one."""
    text, preview = _with_row(pk, place)
    row = preview.rows[place]
    offered = [*([row.text] if row.text else []), *preview.gone]
    serial = row.text.clause.serial if row.text else ""
    data = request.POST if request.method == "POST" else None
    form = MatchForm(data, offered=offered, initial={"serial": serial})
    if form.is_valid():
        importing.rematch(brought=text, by=person_of(request), place=place, **form.cleaned_data)
        return redirect("brought", text.pk)
    return render(request, "reviews/brought_row.html", {"form": form, "row": row, "brought": text})


def _with_row(pk: UUID, place: int) -> tuple[TextImport, Preview]:
    text = brought_text(pk)
    preview = importing.preview(text)
    if place >= len(preview.rows):
        raise Http404
    return text, preview
